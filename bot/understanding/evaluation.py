"""Figures per language on messages never trained on: `python -m understanding.evaluation [--model M] [FILES]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from understanding.archive import load_reader, newest_model
from understanding.reading import TAGS, Reader

MESSAGES = Path(__file__).resolve().parents[2] / "tests" / "bot" / "understanding" / "evaluation"
UNSAFE, HARMLESS, CONTROL = "unsafe", "harmless", "control"
Row = dict[str, Any]


@dataclass(frozen=True)
class Figures:
    """Shares between 0 and 1; `f1` is micro-F1 of each kind of tags over the ordinary answers."""

    messages: int
    language: float
    f1: dict[str, float]
    unsafe_alerted: float
    others_alerted: float
    harmless_alerted: float
    control_right: float
    answers_as_control: float

    def line(self) -> str:
        tags = "  ".join(f"{kind} {value:.2f}" for kind, value in self.f1.items())
        return (
            f"{self.messages:4d} messages  language {self.language:.2f}  {tags}  "
            f"alerts: unsafe {self.unsafe_alerted:.2f} others {self.others_alerted:.2f} "
            f"harmless {self.harmless_alerted:.2f}  "
            f"control: right {self.control_right:.2f} from answers {self.answers_as_control:.3f}"
        )


def measure(rows: Sequence[Row], reader: Reader) -> Figures:
    read = [(row, reader.tags(row["text"], speaker=row["speaker"])) for row in rows]
    unsafe = [tags for row, tags in read if row["kind"] == UNSAFE]
    others = [tags for row, tags in read if row["kind"] != UNSAFE]
    harmless = [tags for row, tags in read if row["kind"] == HARMLESS]
    control = [(row, tags) for row, tags in read if row["kind"] == CONTROL]
    answers = [tags for row, tags in read if row["kind"] != CONTROL]
    ordinary = [(row, tags) for row, tags in read if row["kind"] == "answer"]
    return Figures(
        messages=len(rows),
        language=_share([tags["language"] == row["language"] for row, tags in read]),
        f1={kind: _f1([(set(row[kind]), set(tags[kind])) for row, tags in ordinary]) for kind in TAGS},
        unsafe_alerted=_share([bool(tags["safeguarding"]) for tags in unsafe]),
        others_alerted=_share([bool(tags["safeguarding"]) for tags in others]),
        harmless_alerted=_share([bool(tags["safeguarding"]) for tags in harmless]),
        control_right=_share([tags["control"] == row["control"] for row, tags in control]),
        answers_as_control=_share([tags["control"] is not None for tags in answers]),
    )


def read_rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


def _f1(pairs: Sequence[tuple[set[str], set[str]]]) -> float:
    right = sum(len(wanted & found) for wanted, found in pairs)
    total = sum(len(wanted) + len(found) for wanted, found in pairs)
    return 2 * right / total if total else 1.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="understanding.evaluation", description=__doc__)
    parser.add_argument("--model", type=Path)
    parser.add_argument("files", type=Path, nargs="*", default=sorted(MESSAGES.glob("*.jsonl")))
    arguments = parser.parse_args()
    reader = load_reader(arguments.model or newest_model())
    for path in arguments.files:
        sys.stdout.write(f"{path.stem:8s}{measure(read_rows(path), reader).line()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
