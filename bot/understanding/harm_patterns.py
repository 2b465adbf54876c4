"""The readable part of the screen: bot/data/safeguarding/<language>.yml, all languages pooled into one lexicon.

prefixes  [beginnings]           written together with the next word
sets      {name: [words]}        words that may stand for one another; sets of one name are shared by all languages,
                                 so that "tata hits me" is caught
says      {code: [patterns]}     alert wherever they stand
veiled    {code: [patterns]}     alert unless the sentence is set in a film, a game, a lesson, a joke
harmless  [patterns]             sayings and denials: what reaches into one alerts nobody, unless it says more
setting   [patterns]             words that set a sentence in a film, a game, a lesson, a joke
hints     [patterns]             matters of danger: not read any more, the model may speak anywhere

A line of patterns may hold several, separated by commas.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from understanding.lexicon import Lexicon, split_patterns
from understanding.matching import Found, find
from understanding.sentences import sentence_around
from understanding.spans import Extent, Span
from understanding.tokens import Token, tokenize

PATTERNS = Path(__file__).resolve().parent.parent / "data" / "safeguarding"
SAYS, VEILED, HARMLESS, SETTING = "says", "veiled", "harmless", "setting"
CONFIDENCE = {SAYS: 0.98, VEILED: 0.85}


@dataclass(frozen=True)
class Hit:
    kind: str
    code: str
    extent: Extent


class HarmReading(NamedTuple):
    hits: list[Span]
    harmless: list[Extent]


class HarmPatterns:
    def __init__(self, lexicon: Lexicon, digest: str) -> None:
        self._lexicon = lexicon
        self.digest = digest

    def read(self, text: str) -> HarmReading:
        tokens = tokenize(text)
        found = [_hit(hit, tokens) for hit in find(tokens, self._lexicon)]
        harmless = [hit.extent for hit in found if hit.kind == HARMLESS]
        settings = [sentence_around(text, hit.extent) for hit in found if hit.kind == SETTING]
        alarming = [hit for hit in found if hit.kind in CONFIDENCE and not _excused(hit.extent, harmless)]
        spans = [
            Span(hit.code, *hit.extent, CONFIDENCE[hit.kind])
            for hit in alarming
            if hit.kind == SAYS or not _touches(hit.extent, settings)
        ]
        return HarmReading(spans, harmless)


def _hit(found: Found, tokens: Sequence[Token]) -> Hit:
    kind, _, code = found.concept.partition(":")
    return Hit(kind, code, Extent(tokens[found.first].start, tokens[found.last].end))


def _excused(extent: Extent, harmless: Iterable[Extent]) -> bool:
    """A harmless saying that lies wholly inside what alarms excuses nothing: "husband [beats me]"."""
    return any(saying.overlaps(extent) and (saying == extent or not extent.holds(saying)) for saying in harmless)


def _touches(extent: Extent, others: Iterable[Extent]) -> bool:
    return any(other.overlaps(extent) for other in others)


def load_harm_patterns(folder: Path = PATTERNS) -> HarmPatterns:
    lexicon = Lexicon()
    paths = sorted(folder.glob("*.yml"))
    for path in paths:
        _add(lexicon, yaml.load(path.read_text(encoding="utf-8"), Loader=_loader()))  # noqa: S506 (strings only, so that "no" stays a word)
    return HarmPatterns(lexicon, hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest())


def _loader() -> type[Any]:
    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _add(lexicon: Lexicon, content: dict[str, Any]) -> None:
    lexicon.prefixes += tuple(content.get("prefixes", ()))
    for name, words in content.get("sets", {}).items():
        lexicon.add_set(name, words)
    for kind in (SAYS, VEILED):
        for code, lines in content.get(kind, {}).items():
            _add_all(lexicon, f"{kind}:{code}", lines)
    for kind in (HARMLESS, SETTING):
        _add_all(lexicon, f"{kind}:", content.get(kind, ()))


def _add_all(lexicon: Lexicon, meaning: str, lines: Iterable[str]) -> None:
    for line in lines:
        for pattern in split_patterns(line):
            lexicon.add(meaning, pattern)
