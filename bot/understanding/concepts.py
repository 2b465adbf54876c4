"""The concepts of all languages: `inventory.tsv` and a `<language>.tsv` each, and for each the sayings per code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from understanding.errors import ModelError
from understanding.lexicon import read_groups, read_lexicon
from understanding.matching import HARM, Concept, ConceptMatcher
from understanding.taxonomy import load_taxonomy
from understanding.tokens import Token

INVENTORY = "inventory.tsv"
LATIN_ALONE = frozenset({"en"})  # of the lexicons asked besides the language's own: of no use to "میں ٹھیک ہوں"
_LATIN = re.compile("[A-Za-z]")
LENGTH_OF_A_CODE = 2  # letters: other files of the folder have longer names
DATA = Path(__file__).resolve().parent.parent / "data"
LEXICONS = DATA / "lexicon"
SAYINGS = DATA / "sayings"
SAYING = "saying"


class Concepts:
    """A language's lexicon is read when its first message comes: a school speaks a few of fourteen."""

    def __init__(self, lexicons: Mapping[str, Sequence[Path]], groups: Mapping[str, str], digest: str) -> None:
        self._lexicons = lexicons
        self._matchers: dict[str, ConceptMatcher] = {}
        self.groups = groups
        self.digest = digest

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process reads the lexicons itself."""
        return Concepts, (self._lexicons, self.groups, self.digest)

    @property
    def languages(self) -> list[str]:
        return sorted(self._lexicons)

    def require(self, digest: object) -> None:
        """A model weighs the concepts of the lexicons it was trained with; with others its weights mean nothing."""
        if digest != self.digest:
            raise ModelError("The lexicons have changed since the model was trained: train again.")

    def find(self, text: str, tokens: Sequence[Token], languages: Iterable[str] | None = None) -> list[Concept]:
        """With the lexicons of these languages; with every lexicon when none of them has one."""
        latin = _LATIN.search(text) is not None
        asked = [language for language in languages or () if latin or language not in LATIN_ALONE]
        chosen = [language for language in asked if language in self._lexicons]
        found = {
            concept
            for language in dict.fromkeys(chosen or self.languages)
            for concept in self._matcher(language).concepts(text, tokens)
        }
        return sorted(found, key=lambda concept: (concept.start, concept.end, concept.mark))

    def read_all(self) -> None:
        """Now, for a process that shall answer every message equally fast."""
        for language in self.languages:
            self._matcher(language)

    def _matcher(self, language: str) -> ConceptMatcher:
        matcher = self._matchers.get(language)
        if matcher is None:
            matcher = ConceptMatcher(read_lexicon(*self._lexicons[language]), self.groups)
            self._matchers[language] = matcher
        return matcher


@lru_cache(4)
def load_concepts(folder: Path = LEXICONS, sayings: Path = SAYINGS) -> Concepts:
    """Once a process: the tagger, the screen and the control reader share it."""
    lexicons: dict[str, list[Path]] = {}
    for path in (*sorted(folder.glob("*.tsv")), *sorted(sayings.glob("*.tsv"))):
        if len(path.stem) == LENGTH_OF_A_CODE:
            lexicons.setdefault(path.stem, []).append(path)
    read = [folder / INVENTORY, *(path for paths in lexicons.values() for path in paths)]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in read)).hexdigest()
    return Concepts(lexicons, {**read_groups(folder / INVENTORY), **_groups_of_codes()}, digest)


def _groups_of_codes() -> dict[str, str]:
    """A saying's concept is the code that it says."""
    taxonomy = load_taxonomy()
    groups = {code: SAYING for kind in ("factors", "feelings", "voice") for code in taxonomy.codes(kind)}
    return {**groups, **dict.fromkeys(taxonomy.codes("safeguarding"), f"{HARM}{SAYING}")}
