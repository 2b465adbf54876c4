"""Long texts are cut where a reader would pause, and each part costs three segments at most."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.services.talk.filling import END_ISOLATE, ISOLATE
from api.services.texting.splitting import split

SENTENCE = "Tell me about the last few days, at home and at school. "
ARABIC = "أخبرني عن الأيام القليلة الماضية في البيت والمدرسة. "
LINK = "https://voice.school.test/parent/" + "a" * 43
NAME = f"{ISOLATE}السيدة أحمد{END_ISOLATE}"


def unnumbered(parts: list[str]) -> list[str]:
    return [part.partition(") ")[2] for part in parts]


def test_a_short_text_stays_whole_and_has_no_number() -> None:
    assert split("Hello.", "text") == ["Hello."]


def test_nothing_to_say_is_no_message() -> None:
    assert split("  \n", "text") == split("", "whatsapp") == []


def test_a_long_text_is_cut_between_sentences_and_numbered() -> None:
    parts = split(SENTENCE * 20, "text")

    assert [part[:6] for part in parts] == ["(1/3) ", "(2/3) ", "(3/3) "]
    assert all(part.endswith("school.") for part in parts)
    assert " ".join(unnumbered(parts)) == (SENTENCE * 20).strip()


@pytest.mark.parametrize(("text", "places"), [(SENTENCE * 40, 3 * 153), (ARABIC * 40, 3 * 67)])
def test_a_part_takes_three_segments_at_most(text: str, places: int) -> None:
    parts = split(text, "text")

    assert len(parts) > 3
    assert max(map(len, parts)) <= places


def test_a_letter_of_another_alphabet_is_not_cut_in_two() -> None:
    parts = split("\N{SMILING FACE WITH OPEN MOUTH}" * 300, "text")

    assert all(len(part.encode("utf-16-le")) // 2 <= 3 * 67 for part in parts)
    assert "".join(unnumbered(parts)) == "\N{SMILING FACE WITH OPEN MOUTH}" * 300


def test_marks_that_look_the_same_make_no_text_twice_as_long() -> None:
    assert split("It’s “fine” – for now…", "text") == ['It\'s "fine" - for now...']
    assert split("It’s “fine”", "whatsapp") == ["It’s “fine”"]


def test_a_sentence_too_long_for_one_message_is_cut_between_words() -> None:
    assert all(not part.endswith("wor") for part in split("word " * 400, "text"))
    assert " ".join(unnumbered(split("word " * 400, "text"))) == ("word " * 400).strip()


@pytest.mark.parametrize("before", range(380, 460, 9))
def test_no_address_is_torn_apart(before: int) -> None:
    parts = split(f"{'a' * (before - 30)} {'b ' * 15}{LINK} and more words after it. {SENTENCE}", "text")

    assert sum(LINK in part for part in parts) == 1


@pytest.mark.parametrize("before", range(20, 200, 13))
def test_a_name_within_a_text_from_right_to_left_stays_in_one_piece(before: int) -> None:
    parts = split(f"{'كلمة ' * (before // 5)}{NAME} {ARABIC * 3}", "text")

    assert sum(NAME in part for part in parts) == 1
    assert all(part.count(ISOLATE) == part.count(END_ISOLATE) for part in parts)


def test_a_quotation_longer_than_a_message_keeps_its_direction_in_each() -> None:
    parts = split(f"قلت {ISOLATE}{'كلمة ' * 90}{END_ISOLATE}.", "text")

    assert len(parts) > 2
    assert all(part.count(ISOLATE) == part.count(END_ISOLATE) == 1 for part in parts[1:-1])


def test_a_telephone_number_stays_in_one_piece() -> None:
    number = f"{ISOLATE}NSPCC\xa00808\xa0800\xa05000{END_ISOLATE}"
    for before in range(80, 100):
        parts = split("word " * before + number + " more words. " + SENTENCE, "text")
        assert sum("NSPCC 0808 800 5000" in part for part in parts) == 1


@given(st.text(alphabet="ab .?\n’é€عم\u0a38\u2068\u2069😀", max_size=900))
@settings(max_examples=40, deadline=None)
def test_no_letter_is_lost_and_no_part_is_too_long(text: str) -> None:
    parts = split(text, "text")
    said = "".join(unnumbered(parts) if len(parts) > 1 else parts)

    assert only_letters(said) == only_letters(text)
    assert all(len(part.encode("utf-16-le")) // 2 <= 3 * 153 for part in parts)


def only_letters(text: str) -> str:
    return "".join(letter for letter in text.replace("’", "'") if letter not in f" \n{ISOLATE}{END_ISOLATE}")
