from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from understanding.__main__ import tagged
from understanding.archive import load_reader, newest_model
from understanding.control import ControlReader
from understanding.errors import ModelError
from understanding.evaluation import MESSAGES, read_rows
from understanding.examples import Example
from understanding.language import LanguageIdentifier
from understanding.reading import Reader
from understanding.safeguarding import Screen
from understanding.spans import Span
from understanding.text import folded

SHORT_BY_NATURE = {"two-words"}  # of the language alone
UNSAFE = "dad hits me with his belt"
FIELDS = {"id", "text", "language", "factors", "feelings", "voice", "safeguarding", "control", "spans"}


class BrokenTagger:
    def tag(self, *_: Any, **__: Any) -> list[Span]:
        raise RuntimeError


def line(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def test_a_line_in_is_the_same_line_out_with_tags(reader: Reader) -> None:
    out = tagged(line(id="1", text="i feel sad at lunch"), reader)
    assert set(out) == FIELDS
    assert (out["id"], out["text"]) == ("1", "i feel sad at lunch")


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (b"{", "not_json"),
        (b"\xff\n", "not_json"),
        (b"[]", "not_an_object"),
        (line(id="7"), "no_text"),
        (line(id="7", text=None), "no_text"),
        (line(id="7", text="a", language=4), "bad_field"),
    ],
)
def test_a_bad_line_in_is_an_error_out(reader: Reader, bad: bytes, error: str) -> None:
    out = tagged(bad, reader)
    assert out["error"] == error
    assert "text" not in out


def test_half_a_surrogate_pair_is_read_and_can_be_written(reader: Reader) -> None:
    assert json.dumps(tagged(b'{"id": 1, "text": "sad \\ud83d"}', reader))


def test_a_broken_tagger_silences_no_alert(
    screen: Screen, language: LanguageIdentifier, control: ControlReader
) -> None:
    broken = Reader(screen, language, control, BrokenTagger())  # type: ignore[arg-type]
    assert broken.read(UNSAFE).safeguarding


def test_the_log_of_a_broken_tagger_holds_no_words(
    screen: Screen, language: LanguageIdentifier, control: ControlReader, caplog: pytest.LogCaptureFixture
) -> None:
    Reader(screen, language, control, BrokenTagger()).read(UNSAFE)  # type: ignore[arg-type]
    assert "RuntimeError" in caplog.text
    assert "belt" not in caplog.text


def test_the_parts_are_read_out_of_a_model_archive(model: Path, reader: Reader, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "model.tar.gz", "w:gz") as archive:
        for part in model.iterdir():
            archive.add(part, f"components/train_{part.name}1")
    assert load_reader(newest_model(tmp_path)).tags(UNSAFE) == reader.tags(UNSAFE)


def test_no_model_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        newest_model(tmp_path)


def test_no_message_is_used_to_train_and_to_evaluate(examples: list[Example]) -> None:
    trained = {folded(example.text) for example in examples}
    rows = [row for path in MESSAGES.glob("*.jsonl") for row in read_rows(path) if row["kind"] not in SHORT_BY_NATURE]
    assert not [row["id"] for row in rows if folded(row["text"]) in trained]
