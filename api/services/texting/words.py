"""Words that steer text messages: stop, start, help, call (bot/data/interview/texting.yml)."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from api.services.folding import folded
from api.yaml_files import read_yaml

Steering = Literal["stop", "start", "help", "call"]
EVERYWHERE = "en"  # telephone networks know its words whatever the language
KEPT = {"L", "M", "N"}  # letters, marks on them, numbers


@dataclass(frozen=True)
class SteeringWords:
    meant: Mapping[str, Mapping[str, str]]  # language -> folded word -> what it does

    @classmethod
    def read(cls, file: Path) -> Self:
        languages = read_yaml(file)["languages"]
        return cls({code: _by_word(entry) for code, entry in languages.items()})

    def in_message(self, text: str, languages: Iterable[str], *, has_stopped: bool) -> Steering | None:
        """None for words that tell something. "Yes" starts again whoever has stopped, and is an answer otherwise."""
        bare = _bare(text)
        looked_up = (self.meant.get(code, {}).get(bare) for code in (*languages, EVERYWHERE))
        found = next((what for what in looked_up if what), None)
        if found == "again":
            found = "start" if has_stopped else None
        return found  # type: ignore[return-value]


def _by_word(entry: Mapping[str, list[str]]) -> dict[str, str]:
    return {_bare(word): what for what, words in entry.items() for word in words}


def _bare(text: str) -> str:
    """Without capitals, accents and marks; the Turkish i without a dot is an i."""
    letters = (each if unicodedata.category(each)[0] in KEPT else " " for each in folded(text).replace("ı", "i"))
    return " ".join("".join(letters).split())
