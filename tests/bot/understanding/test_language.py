from __future__ import annotations

import pytest
from understanding.language import LanguageIdentifier

SENTENCES = [
    ("en", "i dont like going in because it is loud"),
    ("cy", "dw i ddim yn hoffi mynd i'r ysgol"),
    ("pl", "nie lubie szkoly bo jest glosno"),
    ("ro", "nu vreau sa merg la scoala"),
    ("uk", "я не хочу йти до школи"),
    ("ar", "ما بدي روح عالمدرسة"),
    ("ur", "مجھے سکول جانا اچھا نہیں لگتا"),
    ("pa", "ਮੈਨੂੰ ਸਕੂਲ ਜਾਣਾ ਪਸੰਦ ਨਹੀਂ"),
    ("bn", "আমি স্কুলে যেতে চাই না"),
    ("so", "waan necbahay inaan dugsiga aado"),
    ("pt", "não gosto de ir para a escola"),
    ("es", "no me gusta ir al colegio"),
    ("fr", "je n'aime pas aller à l'école"),
    ("tr", "okula gitmek istemiyorum"),
]


@pytest.mark.parametrize(("code", "text"), SENTENCES)
def test_an_everyday_sentence_is_recognised(language: LanguageIdentifier, code: str, text: str) -> None:
    assert language.identify(text, None).code == code


@pytest.mark.parametrize(("code", "text"), [row for row in SENTENCES if row[0] != "en"])
def test_another_language_than_the_recorded_one_is_proposed(language: LanguageIdentifier, code: str, text: str) -> None:
    assert language.identify(text, "en").proposed == code


@pytest.mark.parametrize("text", ["", "🤷", "ok", "Kraków", "maths", "no", "12", "Ahmed"])
def test_a_text_too_short_to_tell_keeps_the_recorded_language(language: LanguageIdentifier, text: str) -> None:
    guess = language.identify(text, "pl")
    assert (guess.code, guess.proposed) == ("pl", None)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ur", "mujhe school nahi jana kyun ke wahan shor hota hai"),
        ("pa", "main school nahi jana chaunda menu dar lagda"),
        ("bn", "ami schoole jete chai na amar bhoy lage"),
        ("ar", "ana ma bade rou7 3al madrase"),
    ],
)
def test_a_language_typed_in_latin_letters_is_not_taken_for_another(
    language: LanguageIdentifier, code: str, text: str
) -> None:
    assert language.identify(text, None).code == code


def test_the_answer_is_the_same_every_time(language: LanguageIdentifier) -> None:
    assert len({language.identify("la mama no se", None) for _ in range(20)}) == 1
