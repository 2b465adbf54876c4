"""The concepts of all languages that have a lexicon: a folder with `inventory.tsv` and one `<language>.tsv` each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from understanding.errors import ModelError
from understanding.lexicon import read_groups, read_lexicon
from understanding.matching import Concept, ConceptMatcher
from understanding.tokens import Token

INVENTORY = "inventory.tsv"
LEXICONS = Path(__file__).resolve().parent.parent / "data" / "lexicon"


class Concepts:
    def __init__(self, matchers: Mapping[str, ConceptMatcher], groups: Mapping[str, str], digest: str) -> None:
        self._matchers = matchers
        self.groups = groups
        self.digest = digest

    @property
    def languages(self) -> list[str]:
        return sorted(self._matchers)

    def require(self, digest: object) -> None:
        """A model weighs the concepts of the lexicons it was trained with; with others its weights mean nothing."""
        if digest != self.digest:
            raise ModelError("The lexicons have changed since the model was trained: train again.")

    def find(self, text: str, tokens: Sequence[Token], language: str | None) -> list[Concept]:
        """With the language's own lexicon; with every lexicon when there is none or the language is not known."""
        if language is not None and language in self._matchers:
            return self._matchers[language].concepts(text, tokens)
        found = {concept for matcher in self._matchers.values() for concept in matcher.concepts(text, tokens)}
        return sorted(found, key=lambda concept: (concept.start, concept.end, concept.mark))


@lru_cache(4)
def load_concepts(folder: Path = LEXICONS) -> Concepts:
    """Read once a process: the tagger and the control reader share it."""
    groups = read_groups(folder / INVENTORY)
    paths = [path for path in sorted(folder.glob("*.tsv")) if len(path.stem) == 2]
    matchers = {path.stem: ConceptMatcher(read_lexicon(path), groups) for path in paths}
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in [folder / INVENTORY, *paths])).hexdigest()
    return Concepts(matchers, groups, digest)
