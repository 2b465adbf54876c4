"""The shared truth of bot/data/interview, read once. Labels are English sources; catalogs translate them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from api.models import Audience
from api.services.replies.promise_kinds import PromiseKinds
from api.services.signposts import Signposts
from api.services.texting.words import SteeringWords
from api.yaml_files import read_yaml


@dataclass(frozen=True)
class Taxonomy:
    domains: tuple[str, ...]
    kinds: dict[str, str]  # code -> factors, feelings, voice, safeguarding or control
    labels: dict[str, str]  # code of a domain or of the above -> English source
    # what a code means, for who cannot read the words; nothing unsafe has one, because nobody interprets it
    gists: dict[str, str] = field(default_factory=dict)
    valences: dict[str, int] = field(default_factory=dict)  # of feelings: 1 good, -1 hard

    @classmethod
    def read(cls, file: Path) -> Self:
        content = read_yaml(file)
        kinds = ("factors", "feelings", "voice", "safeguarding", "control")
        codes = {entry["code"]: kind for kind in kinds for entry in content[kind]}
        domains = tuple(entry["code"] for entry in content["domains"])
        entries = [entry for kind in ("domains", *kinds) for entry in content[kind]]
        labels, gists = ({e["code"]: e[name] for e in entries if name in e} for name in ("label", "gist"))
        valences = {entry["code"]: entry["valence"] for entry in content["feelings"]}
        return cls(domains, codes, labels, gists, valences)

    def domain(self, codes: Iterable[str]) -> str | None:
        """Of the first factor among the codes."""
        return next((code.split(".")[0] for code in codes if self.kinds.get(code) == "factors"), None)

    def domain_rank(self, codes: Iterable[str]) -> int:
        domain = self.domain(codes)
        return self.domains.index(domain) if domain in self.domains else len(self.domains)


@dataclass(frozen=True)
class Reaching:
    """How a carer may wish to be reached."""

    channels: tuple[str, ...]
    hours: dict[str, tuple[int, int]]  # part of the day -> minutes of the day, from and until
    ways: tuple[str, ...]
    rhythm: tuple[int, ...]  # messages in seven days that nobody asked for

    @classmethod
    def read(cls, file: Path) -> Self:
        content = read_yaml(file)
        channels, ways, rhythm = (
            tuple(entry["code"] for entry in content[part]) for part in ("channels", "ways", "rhythm")
        )
        hours = {entry["code"]: (entry["from"], entry["until"]) for entry in content["hours"]}
        return cls(channels, hours, ways, tuple(map(int, rhythm)))


@dataclass(frozen=True)
class Catalog:
    taxonomy: Taxonomy
    signposts: Signposts
    guides: dict[str, Any]
    promises: PromiseKinds
    reaching: Reaching
    steering: SteeringWords

    def guides_for(self, audience: Audience) -> dict[str, str]:
        """Names of guides, and what staff call them in English."""
        return {
            name: entry["for_staff"] for name, entry in self.guides["guides"].items() if entry["audience"] == audience
        }

    @property
    def guide_names(self) -> dict[str, str]:
        """Of all guides, as staff call them in English."""
        return {name: entry["for_staff"] for name, entry in self.guides["guides"].items()}

    @property
    def patterns(self) -> dict[str, str]:
        return {entry["code"]: entry["label"] for entry in self.guides["patterns"]}

    @classmethod
    def read(cls, folder: Path) -> Self:
        return cls(
            Taxonomy.read(folder / "taxonomy.yml"),
            Signposts.read(folder / "signposts.yml"),
            read_yaml(folder / "guides.yml"),
            PromiseKinds.read(folder / "promises.yml"),
            Reaching.read(folder / "reaching.yml"),
            SteeringWords.read(folder / "texting.yml"),
        )
