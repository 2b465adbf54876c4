"""`make evaluate`: how well messages are understood that nobody trained on, per language and per code.

The sets (tests/bot/understanding/evaluation/<language>.jsonl) were written by other hands than the training messages,
before these were seen. Kinds of messages: answer, unsafe, lookalike, ordinary, control, like-control; and, for the
language alone, everyday, two-words, romanised.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from understanding.archive import load_reader, newest_model
from understanding.reading import TAGS, Reader
from understanding.taxonomy import load_taxonomy
from understanding.text import without_accents

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = ROOT / "tests" / "bot" / "understanding" / "evaluation"
PAGE = ROOT / "docs" / "understanding.md"
BEGIN, END = "<!-- figures: make evaluate -->", "<!-- end of figures -->"
UNSAFE, LOOKALIKE, CONTROL = "unsafe", "lookalike", "control"
OF_LANGUAGE_ALONE = ("everyday", "two-words", "romanised")
CERTAINTY = 1.96  # standard deviations: 95 %
Row = dict[str, Any]


@dataclass(frozen=True)
class Read:
    """A message of the set and what was made of it."""

    row: Row
    tags: Row

    @property
    def alerted(self) -> bool:
        return bool(self.tags["safeguarding"])


@dataclass(frozen=True)
class Share:
    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, of 95 %."""
        if not self.of:
            return 0.0, 1.0
        square = CERTAINTY**2
        middle = (self.value + square / (2 * self.of)) / (1 + square / self.of)
        inner = self.value * (1 - self.value) / self.of + square / (4 * self.of**2)
        half = CERTAINTY * inner**0.5 / (1 + square / self.of)
        return middle - half, middle + half


@dataclass(frozen=True)
class Figures:
    """`f1` is micro-F1 of each kind of tags over all messages but those for the language alone."""

    messages: int
    f1: dict[str, float]
    unsafe_alerted: Share
    lookalikes_alerted: Share
    others_alerted: Share
    control_right: Share
    answers_as_control: Share
    language: dict[str, Share]


def read_rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def read_all(rows: Iterable[Row], reader: Reader) -> list[Read]:
    return [Read(row, reader.tags(row["text"], speaker=row.get("speaker"))) for row in rows]


def measure(read: Sequence[Read], reader: Reader) -> Figures:
    said = [one for one in read if one.row["kind"] not in OF_LANGUAGE_ALONE]
    others = [one for one in said if one.row["kind"] not in (UNSAFE, LOOKALIKE)]
    answers = [one for one in said if one.row["kind"] != CONTROL]
    control = [one for one in said if one.row["kind"] == CONTROL]
    return Figures(
        messages=len(said),
        f1={kind: _f1(Counts.of(answers, kind)) for kind in TAGS},
        unsafe_alerted=_share(one.alerted for one in said if one.row["kind"] == UNSAFE),
        lookalikes_alerted=_share(one.alerted for one in said if one.row["kind"] == LOOKALIKE),
        others_alerted=_share(one.alerted for one in others),
        control_right=_share(one.tags["control"] == one.row["control"] for one in control),
        answers_as_control=_share(one.tags["control"] is not None for one in answers),
        language=_language(read, reader),
    )


def _language(read: Sequence[Read], reader: Reader) -> dict[str, Share]:
    def right(one: Read) -> bool:
        return bool(one.tags["language"] == one.row["language"])

    def bare(one: Read) -> bool:
        return bool(reader.language_of(without_accents(one.row["text"].lower())) == one.row["language"])

    by_kind = {kind: [one for one in read if one.row["kind"] == kind] for kind in OF_LANGUAGE_ALONE}
    return {
        **{kind: _share(right(one) for one in found) for kind, found in by_kind.items()},
        "without accents": _share(bare(one) for one in by_kind["everyday"]),
    }


@dataclass(frozen=True)
class Counts:
    """Of codes: rightly found, found, meant."""

    right: Counter[str]
    found: Counter[str]
    meant: Counter[str]

    @classmethod
    def of(cls, read: Iterable[Read], kind: str) -> Counts:
        counts = cls(Counter(), Counter(), Counter())
        for one in read:
            meant, found = set(one.row[kind]), set(one.tags[kind])
            counts.right.update(meant & found)
            counts.found.update(found)
            counts.meant.update(meant)
        return counts


def _f1(counts: Counts) -> float:
    total = counts.found.total() + counts.meant.total()
    return 2 * counts.right.total() / total if total else 1.0


def _share(hits: Iterable[bool]) -> Share:
    listed = list(hits)
    return Share(sum(listed), len(listed))


def tables(read: dict[str, list[Read]], reader: Reader) -> Iterator[str]:
    """In Markdown: per language, per code, and what control is confused with."""
    everything = [one for found in read.values() for one in found]
    yield from _per_language(
        {**{code: measure(found, reader) for code, found in read.items()}, "all": measure(everything, reader)}
    )
    yield ""
    yield from _per_code(everything)
    yield ""
    yield from _confusions(everything)


def _per_language(figures: dict[str, Figures]) -> Iterator[str]:
    yield (
        "| language | messages | factors | feelings | voice | unsafe that alert (95 %) | look-alikes | others |"
        " control right | answers as control | language: everyday | without accents | two words | romanised |"
    )
    yield "|---|" + "---:|" * 13
    for name, f in figures.items():
        low, high = f.unsafe_alerted.interval
        cells = [
            *(f"{f.f1[kind]:.2f}" for kind in TAGS),
            f"{f.unsafe_alerted.value:.2f} ({low:.2f}–{high:.2f})",
            *(f"{share.value:.3f}" for share in (f.lookalikes_alerted, f.others_alerted)),
            f"{f.control_right.value:.2f}",
            f"{f.answers_as_control.value:.3f}",
            *(_or_nothing(f.language[kind]) for kind in ("everyday", "without accents", "two-words", "romanised")),
        ]
        yield f"| {name} | {f.messages} | " + " | ".join(cells) + " |"


def _or_nothing(share: Share) -> str:
    return f"{share.value:.3f}" if share.of else ""


def _per_code(read: Sequence[Read]) -> Iterator[str]:
    yield "| code | messages | precision | recall | F1 |"
    yield "|---|---:|---:|---:|---:|"
    answers = [one for one in read if one.row["kind"] not in (CONTROL, *OF_LANGUAGE_ALONE)]
    for kind in (*TAGS, "safeguarding"):
        counts = Counts.of(answers, kind)
        for code in load_taxonomy().codes(kind):
            precision, recall = (
                Share(counts.right[code], counts.found[code]),
                Share(counts.right[code], counts.meant[code]),
            )
            total = counts.found[code] + counts.meant[code]
            f1 = 2 * counts.right[code] / total if total else 0.0
            yield f"| {code} | {counts.meant[code]} | {precision.value:.2f} | {recall.value:.2f} | {f1:.2f} |"


def _confusions(read: Sequence[Read]) -> Iterator[str]:
    yield "| meant | messages | right | taken for an answer | taken for |"
    yield "|---|---:|---:|---:|---|"
    for code in load_taxonomy().codes(CONTROL):
        found = Counter(one.tags[CONTROL] for one in read if one.row["kind"] == CONTROL and one.row[CONTROL] == code)
        others = ", ".join(f"{name} {n}" for name, n in found.most_common() if name not in (code, None))
        yield f"| {code} | {found.total()} | {found[code]} | {found[None]} | {others} |"


def write(page: Path, lines: Sequence[str]) -> None:
    """Between the marks of the page."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n" + "\n".join(lines) + f"\n\n{END}{after}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="understanding.evaluation", description=__doc__)
    parser.add_argument("--model", type=Path, help="a folder or a Rasa archive; default: the newest in bot/models")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/understanding.md")
    parser.add_argument("files", type=Path, nargs="*", default=sorted(MESSAGES.glob("*.jsonl")))
    chosen = parser.parse_args()
    reader = load_reader(chosen.model or newest_model())
    read = {path.stem: read_all(read_rows(path), reader) for path in chosen.files}
    lines = list(tables(read, reader))
    sys.stdout.write("\n".join(lines) + "\n")
    if chosen.write:
        write(PAGE, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
