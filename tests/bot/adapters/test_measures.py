"""What must hold of every conversation, whoever speaks; reader, interview and wordings are the real ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from adapters import measures
from adapters.rehearsal import Held, Product, read_speakers
from interview.moves import SCAFFOLD
from interview.wording import FOLLOW_UP
from understanding.archive import load_reader
from understanding.evaluation import BEGIN, END

KINDS = ("chatty", "terse", "upset", "mixed language", "card-only")
MOST_TURNS = 45  # the longest takes 38: a pupil who taps through every picture and face of the whole guide


@pytest.fixture(scope="module")
def product(model: Path) -> Product:
    return Product(load_reader(model))


@pytest.fixture(scope="module")
def held(product: Product) -> list[Held]:
    return list(measures.all_held(product, read_speakers()))


def of_kind(kind: str, held: list[Held]) -> Iterator[Held]:
    return (one for one in held if one.speaker.kind == kind)


def name(held: Held) -> tuple[str, str, str, str | None]:
    return held.speaker.kind, held.speaker.language, held.guide, held.band


def test_every_kind_of_speaker_meets_every_guide(product: Product, held: list[Held]) -> None:
    met = {(one.speaker.kind, one.guide) for one in held}
    assert met == {(kind, guide) for kind in KINDS for guide in product.guides.by_name}


def test_every_prompt_shown_is_open(held: list[Held]) -> None:
    assert [prompt.text for one in held for prompt in measures.prompts(one) if not measures.is_open(prompt)] == []


def test_no_question_comes_twice(held: list[Held]) -> None:
    assert [(name(one), again.text) for one in held for again in measures.repeated(one)] == []


def test_everybody_reaches_the_end(held: list[Held]) -> None:
    """Nobody says anything unsafe, so an alert is no end either."""
    assert [name(one) for one in held if not measures.reached_the_end(one) or one.turns > MOST_TURNS] == []


def test_a_chatty_speaker_is_followed_up_in_their_own_words(held: list[Held]) -> None:
    for one in of_kind("chatty", held):
        quoted = [prompt.quoted for prompt in measures.follow_ups(one)]
        assert quoted, name(one)
        assert all(any(words in text for text in one.said) for words in quoted)


def test_taps_alone_are_enough(held: list[Held]) -> None:
    for one in of_kind("card-only", held):
        assert one.said == ()
        asked = [prompt.move for prompt in measures.prompts(one) if prompt.move.topic]
        offers = any(move.kind == SCAFFOLD or move.multiple for move in asked)
        assert any(measures.topics_told(one)) == offers, name(one)


def test_the_youngest_tell_of_every_topic_by_taps(held: list[Held]) -> None:
    young = [one for one in of_kind("card-only", held) if one.band == "5-7"]
    assert young
    assert all(all(measures.topics_told(one)) for one in young)


def test_a_mixed_speaker_is_spoken_to_in_the_language_that_was_offered(held: list[Held]) -> None:
    languages = {one.shown[-1].language for one in of_kind("mixed language", held)}
    assert languages == {"ur", "pl", "so"}


def test_a_question_that_stands_again_is_not_asked_twice(held: list[Held]) -> None:
    upset = next(of_kind("upset", held))
    stood = [one.text for one in upset.shown if one.move.kind in measures.PROMPTS]
    assert len(stood) > len(measures.prompts(upset)) == len(set(stood))


def test_the_same_question_in_other_words_is_counted_as_asked_twice(held: list[Held]) -> None:
    one = held[0]
    prompt = measures.prompts(one)[0]
    again = replace(prompt, move=replace(prompt.move, variation=1), text="in other words")
    assert measures.repeated(replace(one, shown=(*one.shown, again))) == [again]


def test_a_follow_up_counts_by_its_quotation(held: list[Held]) -> None:
    one = next(of_kind("chatty", held))
    follow_up = measures.follow_ups(one)[0]
    later = replace(follow_up.move, variation=99)
    of_other_words, of_the_same = replace(follow_up, move=later, quoted="other words"), replace(follow_up, move=later)
    assert later.response == FOLLOW_UP
    assert measures.repeated(replace(one, shown=(*one.shown, of_other_words))) == []
    assert measures.repeated(replace(one, shown=(*one.shown, of_the_same))) == [of_the_same]


def test_the_tables_name_every_kind_and_stand_between_their_marks(held: list[Held], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold figures\n{END}\nafter\n", encoding="utf-8")
    measures.write(page, list(measures.tables(held)))
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert all(f"\n| {kind} | " in text for kind in (*KINDS, "check_in 5-7", "first_day", "all"))
    assert "old figures" not in text
