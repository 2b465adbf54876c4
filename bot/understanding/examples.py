"""Labelled messages of Rasa's NLU YAML. Codes stand in the example's metadata, or on the words that carry them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from understanding.spans import Span

ANSWER = "answer"
# Rasa's own way of marking words: [words]{"entity": "feeling", "value": "sad"}
_MARKED = re.compile(r"\[(?P<words>[^\]]+)\](?P<note>\{[^}]+\})")


@dataclass(frozen=True)
class Example:
    text: str
    language: str
    intent: str = ANSWER
    codes: frozenset[str] = frozenset()
    marked: tuple[Span, ...] = ()
    refusal: bool = False
    tagged: bool = True  # False: written for control alone, its factors and feelings were never labelled
    speaker: str | None = None  # pupil or parent, where it is known


def example_of(
    text: str, intent: str, entities: Iterable[Mapping[str, Any]], metadata: Mapping[str, Any] | None
) -> Example:
    """From the parts of a Rasa Message. Metadata of its block (`intent`): language, refusal, untagged; of its own
    (`example`): codes, refusal, speaker."""
    of_block = (metadata or {}).get("intent") or {}
    of_example = (metadata or {}).get("example") or {}
    marked = tuple(Span(str(e["value"]), int(e["start"]), int(e["end"])) for e in entities)
    codes = frozenset(of_example.get("codes", ())) | {span.code for span in marked}
    refused = bool(of_example.get("refusal", of_block.get("refusal")))
    return Example(
        text,
        str(of_block.get("language", "")),
        intent,
        codes,
        marked,
        refused,
        tagged=not of_block.get("untagged"),
        speaker=of_example.get("speaker"),
    )


def read_examples(folder: Path) -> list[Example]:
    """All examples below the folder, in the order of the file names."""
    return [example for path in sorted(folder.rglob("*.yml")) for example in _examples_of(path)]


def _examples_of(path: Path) -> Iterator[Example]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())  # noqa: S506 (a safe loader, in C where built)
    for block in content.get("nlu", ()):
        if "intent" not in block:
            continue
        for entry in _entries(block["examples"]):
            text, entities = _without_marks(entry["text"].strip())
            metadata = {"intent": block.get("metadata"), "example": entry.get("metadata")}
            yield example_of(text, block["intent"], entities, metadata)


def _loader() -> type[Any]:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _entries(examples: str | list[dict[str, Any]]) -> list[dict[str, Any]]:
    if isinstance(examples, str):  # Rasa's short form: one "- text" a line
        return [{"text": line.strip()[2:]} for line in examples.splitlines() if line.strip().startswith("- ")]
    return examples


def _without_marks(text: str) -> tuple[str, list[dict[str, Any]]]:
    entities: list[dict[str, Any]] = []
    plain, last = "", 0
    for match in _MARKED.finditer(text):
        plain += text[last : match.start()]
        start = len(plain)
        plain += match["words"]
        entities.append({**json.loads(match["note"]), "start": start, "end": len(plain)})
        last = match.end()
    return plain + text[last:], entities
