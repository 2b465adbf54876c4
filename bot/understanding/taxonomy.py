"""The closed vocabulary of codes (bot/data/interview/taxonomy.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

TAXONOMY = Path(__file__).resolve().parent.parent / "data" / "interview" / "taxonomy.yml"
KINDS = ("factors", "feelings", "voice", "safeguarding", "control")
# What Rasa calls an entity of each kind.
ENTITY = {"factors": "factor", "feelings": "feeling", "voice": "voice", "safeguarding": "safeguarding"}


class Taxonomy:
    def __init__(self, codes: Mapping[str, list[str]]) -> None:
        self._codes = codes
        self._kinds = {code: kind for kind, listed in codes.items() for code in listed}

    def codes(self, kind: str) -> list[str]:
        return self._codes[kind]

    def kind_of(self, code: str) -> str:
        return self._kinds[code]

    def knows(self, code: str) -> bool:
        return code in self._kinds


@lru_cache(2)
def load_taxonomy(path: Path = TAXONOMY) -> Taxonomy:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Taxonomy({kind: [entry["code"] for entry in content[kind]] for kind in KINDS})
