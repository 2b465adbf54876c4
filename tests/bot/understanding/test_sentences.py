from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from understanding.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I like art. I hate PE!", 2),
        ("Idę do szkoły? Nie wiem… może", 3),
        ("بطني يوجعني. ليش؟ ما بعرف", 3),
        ("مجھے ڈر لگتا ہے۔ میں نہیں جاتا", 2),
        ("আমি যাই না। ভয় লাগে।", 2),
        ("first line\nsecond line", 2),
        ("i hate the corridor 😡 mum is nice though", 2),
    ],
)
def test_a_sentence_ends_at_its_mark_in_every_script(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize("text", ["we start at 8.30 every day", "p.e. is bad", "Mr. Khan shouts", "i ❤️ art"])
def test_a_point_inside_a_word_a_time_or_a_title_ends_nothing(text: str) -> None:
    assert len(sentences(text)) == 1


def test_a_long_text_without_marks_is_cut_and_nothing_is_lost() -> None:
    text = "and then we went, " * 40
    assert len(sentences(text)) > 3
    assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")


@given(st.text(max_size=300))
def test_every_word_stands_in_exactly_one_sentence(text: str) -> None:
    spans = sentence_spans(text)
    for word in re.finditer(r"\w+", text):
        assert sum(start <= word.start() and word.end() <= end for start, end in spans) == 1


@given(st.text(max_size=300))
def test_sentences_stand_in_order_and_never_overlap(text: str) -> None:
    spans = sentence_spans(text)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize("text", ["a." * 4000, "a 🙂 " * 2000, "?!" * 4000])
def test_thousands_of_marks_are_split_and_lose_no_word(text: str) -> None:
    """A cost that grows with the square of the length once held up the screen for twenty seconds."""
    spans = sentence_spans(text)
    assert sum(text[start:end].count("a") for start, end in spans) == text.count("a")


@pytest.mark.parametrize("text", ["...", "…", "?!", " - ", "،"])
def test_silence_is_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []


def test_a_sign_that_tells_something_is_a_sentence() -> None:
    assert sentence_spans("🙂") == [(0, 1)]
