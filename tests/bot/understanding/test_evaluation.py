"""The evaluation, and the level below which understanding must not fall again."""

from __future__ import annotations

from pathlib import Path

import pytest
from understanding.evaluation import (
    BEGIN,
    END,
    MESSAGES,
    Figures,
    Read,
    Share,
    measure,
    read_all,
    read_rows,
    tables,
    write,
)
from understanding.language import LANGUAGES
from understanding.reading import Reader
from understanding.taxonomy import load_taxonomy


@pytest.fixture(scope="module")
def read(reader: Reader) -> list[Read]:
    return [one for code in LANGUAGES for one in read_all(read_rows(MESSAGES / f"{code}.jsonl"), reader)]


@pytest.fixture(scope="module")
def figures(read: list[Read], reader: Reader) -> Figures:
    return measure(read, reader)


def test_few_harmless_messages_alert(figures: Figures) -> None:
    assert figures.others_alerted.value <= 0.03
    assert figures.lookalikes_alerted.value <= 0.13


def test_what_is_unsafe_alerts_as_often_as_it_once_did(figures: Figures) -> None:
    assert figures.unsafe_alerted.value >= 0.62


def test_tags_and_requests_are_understood_as_well_as_they_once_were(figures: Figures) -> None:
    assert figures.f1["factors"] >= 0.54
    assert figures.f1["feelings"] >= 0.42
    assert figures.control_right.value >= 0.78
    assert figures.answers_as_control.value <= 0.015


def test_the_language_of_a_sentence_is_known_with_and_without_accents(figures: Figures) -> None:
    assert figures.language["everyday"].value >= 0.99
    assert figures.language["without accents"].value >= 0.98


def test_every_code_is_evaluated_in_every_language() -> None:
    codes = {code for kind in ("factors", "safeguarding") for code in load_taxonomy().codes(kind)}
    for language in LANGUAGES:
        rows = read_rows(MESSAGES / f"{language}.jsonl")
        assert codes <= {code for row in rows for kind in ("factors", "safeguarding") for code in row[kind]}


def test_an_interval_is_wide_when_few_were_asked() -> None:
    low, high = Share(9, 10).interval
    assert (round(low, 2), round(high, 2)) == (0.6, 0.98)
    assert Share(0, 0).interval == (0.0, 1.0)


def test_the_tables_stand_between_their_marks(read: list[Read], reader: Reader, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write(page, list(tables({"cy": read[:50]}, reader)))
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| cy | " in text
    assert "old" not in text
