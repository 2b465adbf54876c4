"""What can be promised and what becomes of it, as promises.yml names it. Sentences are English sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from api.i18n import Translator
from api.models import Audience, Outcome
from api.services.talk.filling import END_ISOLATE, ISOLATE
from api.yaml_files import read_yaml

NEEDS_OWN_WORDS = "other"


@dataclass(frozen=True)
class PromiseKinds:
    kinds: Mapping[str, Mapping[str, str]]
    outcomes: Mapping[str, Mapping[str, str]]

    @classmethod
    def read(cls, file: Path) -> Self:
        content: dict[str, Any] = read_yaml(file)
        kinds = {entry["kind"]: entry for entry in content["promises"]}
        return cls(kinds, {entry["outcome"]: entry for entry in content["outcomes"]})

    def for_staff(self, kind: str, translator: Translator) -> str:
        return translator.pgettext("promise", self._of(kind)["staff"])

    def promised(self, kind: str, audience: Audience, adult: str, translator: Translator) -> str:
        """The sentence as the speaker reads it; the adult's name keeps its own reading direction in it."""
        return translator.pgettext(f"promise/{audience}", self._of(kind)[audience], adult=_isolated(adult))

    def became(self, outcome: Outcome, audience: Audience, adult: str, translator: Translator) -> str:
        return translator.pgettext(f"outcome/{audience}", self.outcomes[outcome][audience], adult=_isolated(adult))

    def _of(self, kind: str) -> Mapping[str, str]:
        """A kind that is no longer offered still has its own words beside it."""
        return self.kinds.get(kind, self.kinds[NEEDS_OWN_WORDS])


def _isolated(name: str) -> str:
    return f"{ISOLATE}{name}{END_ISOLATE}"
