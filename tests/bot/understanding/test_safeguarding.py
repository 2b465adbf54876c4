from __future__ import annotations

import pytest
from understanding.harm_patterns import HarmPatterns, load_harm_patterns
from understanding.safeguarding import Screen

FORCED = [
    "I am forced to have sex and I am only 12 years old",
    "i am forced 2 have sex n im only 12",
    "Im being forsed to hav sex",
    "he makes me have sex with him",
    "Zmuszają mnie do seksu i mam tylko 12 lat",
    "zmuszaja mnie do seksu a mam dopiero 12 lat",
    "jestem zmuszana do uprawiania seksu",
    "أنا مجبرة على ممارسة الجنس وعمري 12 سنة فقط",
    "يجبروني على الجنس وعمري ١٢ سنه",
    "my wujek zmusza me do sex",
    "ana majboura 3al jins w 3omri 12",
]
DISCLOSED = [
    ("self_harm", "i dont want to live anymore"),
    ("self_harm", "nie chce juz zyc"),
    ("self_harm", "ما بدي عيش"),
    ("physical_abuse", "dad hits me with his belt"),
    ("physical_abuse", "tata bije mnie pasem"),
    ("physical_abuse", "بابا بيضربني بالحزام"),
    ("domestic_abuse", "my dad beats my mum"),
    ("neglect", "the fridge is empty and mums been gone since friday"),
    ("honour_based", "they are forcing me to marry my cousin"),
    ("online_harm", "a man on discord wants to meet me"),
    ("exploitation", "i have to carry packages for the olders"),
    ("missing", "i slept in the park last night"),
    ("adult_at_risk", "my husband locks me in when he goes out"),
]
HARMLESS = [
    "dad beat me at chess",
    "i nearly died laughing",
    "my mum will kill me if i lose another coat",
    "in the film he gets stabbed",
    "nobody hits me at home",
    "we had sex education today and everyone giggled",
    "umieram z nudów",
    "serce mi bije ze strachu przed sprawdzianem",
    "ميت جوع متى الغدا",
    "متت من الضحك",
    "i hate maths and the corridor is loud",
]


@pytest.fixture(scope="module")
def patterns() -> HarmPatterns:
    return load_harm_patterns()


@pytest.mark.parametrize("text", FORCED)
def test_forced_sex_is_caught_in_every_offered_language_and_spelling(screen: Screen, text: str) -> None:
    assert "sexual_abuse" in {span.code for span in screen.screen(text)}


@pytest.mark.parametrize(("code", "text"), DISCLOSED)
def test_what_is_not_safe_is_caught(screen: Screen, code: str, text: str) -> None:
    assert code in {span.code for span in screen.screen(text)}


@pytest.mark.parametrize("text", HARMLESS)
def test_a_saying_a_game_or_a_denial_alerts_nobody(screen: Screen, text: str) -> None:
    assert screen.screen(text) == []


@pytest.mark.parametrize("text", FORCED + [text for _, text in DISCLOSED])
def test_the_patterns_alone_catch_it_when_no_model_is_loaded(patterns: HarmPatterns, text: str) -> None:
    assert Screen(patterns).screen(text)


def test_a_disclosure_inside_a_long_answer_is_caught_with_its_words(screen: Screen) -> None:
    text = "school is ok and i like art. " * 10 + "my uncle touches me. " + "lunch is loud. " * 10
    hit = next(span for span in screen.screen(text) if span.code == "sexual_abuse")
    assert "uncle touches me" in text[hit.start : hit.end]
    assert hit.end - hit.start < 60


def test_every_hit_points_into_the_text(screen: Screen) -> None:
    for text in FORCED:
        assert all(0 <= span.start < span.end <= len(text) for span in screen.screen(text))
