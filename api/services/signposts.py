"""Human help for each country, as bot/data/interview/signposts.yml names it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from api.models import Audience
from api.yaml_files import read_yaml


@dataclass(frozen=True)
class Signposts:
    countries: dict[str, dict[str, Any]]

    @classmethod
    def read(cls, file: Path) -> Self:
        return cls(read_yaml(file)["countries"])

    def places(self, country: str, audience: Audience) -> dict[str, str]:
        """`helpline` and `emergency`; a parent's own where the country names one."""
        entry = self.countries.get(country, self.countries["default"])
        own = entry.get(audience, {})
        return {place: own.get(place, entry[place]) for place in ("helpline", "emergency")}
