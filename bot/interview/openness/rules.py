"""The rules of one language: bot/data/openness/<language>.ini, lists of phrases, compiled into one pattern each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from configparser import ConfigParser, Error
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from interview.openness.text import folded

FOLDER = Path(__file__).resolve().parents[2] / "data" / "openness"
# The vowel signs of Indic scripts are no letters to `re`: a word may not end before one.
PART_OF_A_WORD = r"\w\u0300-\u036f\u0900-\u0dff"
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class Rules:
    """What each list means is told in bot/data/openness/README.md."""

    fillers: re.Pattern[str]
    invites: re.Pattern[str]
    tells: re.Pattern[str]
    picks: re.Pattern[str]
    open_words: re.Pattern[str]
    word_answers: re.Pattern[str]
    why: re.Pattern[str]
    yes_no_first: re.Pattern[str]
    yes_no_anywhere: re.Pattern[str]
    alternatives: re.Pattern[str]
    joins: re.Pattern[str]
    tags: re.Pattern[str]
    disguised: re.Pattern[str]
    leading: re.Pattern[str]
    open_anyway: re.Pattern[str]
    subordinate: re.Pattern[str]
    lead_ins: re.Pattern[str]
    to_me: re.Pattern[str]
    tells_last: bool = False


class RulesError(ValueError):
    """A file of rules cannot be used; the message says which and what."""


def languages() -> list[str]:
    return sorted(file.stem for file in FOLDER.glob("*.ini"))


@lru_cache(64)
def rules_of(language: str) -> Rules | None:
    """None for a language that nobody wrote rules for."""
    file = FOLDER / f"{language}.ini"
    if language not in languages():
        return None
    return compiled(read(file), file.name)


def read(file: Path) -> dict[str, list[str]]:
    """Sections of phrases, one a line."""
    parser = ConfigParser(allow_no_value=True, delimiters=("\0",), comment_prefixes=("#",), strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as it is written
    try:
        parser.read_string(file.read_text(encoding="utf-8"))
    except Error as problem:
        raise RulesError(f"{file.name} cannot be read: {problem}.") from None
    return {name: list(parser[name]) for name in parser.sections()}


def compiled(content: Mapping[str, Sequence[str]], name: str) -> Rules:
    known = {field.name for field in fields(Rules)}
    unknown = set(content) - known
    if unknown:
        raise RulesError(f"{name}: nothing is called {', '.join(sorted(unknown))}.")
    lists = {key: pattern(content.get(key) or (), name) for key in known - {"tells_last"}}
    return Rules(**lists, tells_last="tells_last" in content)


def pattern(phrases: Sequence[str], name: str) -> re.Pattern[str]:
    """Whole words; the longest phrase first. A phrase may hold the syntax of `re`; a space stands for any space."""
    if not phrases:
        return NEVER
    ordered = sorted(phrases, key=len, reverse=True)
    parts = [_spaced(_folded(phrase.strip())) for phrase in ordered]
    try:
        return re.compile(rf"(?<![{PART_OF_A_WORD}])(?:{'|'.join(parts)})(?![{PART_OF_A_WORD}])")
    except re.error as problem:
        raise RulesError(f"{name}: a phrase cannot be read: {problem}.") from None


def _spaced(phrase: str) -> str:
    return re.sub(r"\s+", r"\\s+", phrase.replace(" ?", r"\s?"))


def _folded(phrase: str) -> str:
    """As texts are folded, but the letters after a backslash (`\\w`, `\\S`) stay what they are."""
    return "".join(part if part.startswith("\\") else folded(part) for part in re.split(r"(\\.)", phrase))
