"""What a person typed, before it is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import EmptyTurn, TooLong
from api.services.talk.words import LONGEST, clean, clean_and_check

ANY_TEXT = st.text(st.characters())  # with lone surrogates and controls


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\x1bb\x7f", "ab"),
        ("one\r\ntwo\tthree", "one\ntwo\tthree"),
        ("\u202eevil\u2066 turn", "evil turn"),
        ("half \ud83d character", "half \ufffd character"),
        ("  spaces around \n", "spaces around"),
        ("🙂", "🙂"),
        ("سلام\u200c", "سلام\u200c"),
        ("<script>alert(1)</script> /restart", "<script>alert(1)</script> /restart"),
    ],
)
def test_only_what_cannot_be_read_is_taken_away(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(ANY_TEXT)
def test_clean_words_can_be_stored_and_stay_as_they_are(typed: str) -> None:
    words = clean(typed)

    assert words.encode().decode() == words
    assert clean(words) == words
    assert "\x00" not in words


@pytest.mark.parametrize("typed", ["", " \n", "\x00", "\u202e"])
def test_nothing_is_not_an_answer(typed: str) -> None:
    with pytest.raises(EmptyTurn):
        clean_and_check(typed)


def test_length_is_counted_in_characters() -> None:
    assert clean_and_check("🙂" * LONGEST)

    with pytest.raises(TooLong):
        clean_and_check("a" * (LONGEST + 1))
