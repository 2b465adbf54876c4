"""Reading bot/data/interview. What cannot be used is said in a sentence that names the file and the place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from interview import wording
from interview.cards import Card
from interview.guide import Guide, GuideError, Language, Question, Topic
from interview.guide_checks import check
from interview.moves import Label
from interview.vocabulary import Vocabulary

Entry = Mapping[str, Any]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast


@dataclass(frozen=True)
class Guides:
    by_name: Mapping[str, Guide]
    languages: tuple[Language, ...]

    def __getitem__(self, name: str) -> Guide:
        return self.by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self.by_name


@dataclass(frozen=True)
class Shared:
    """What all guides have in common."""

    vocabulary: Vocabulary
    questions: list[Question]
    labels: Mapping[str, Label]
    patterns: Mapping[str, Label]
    cards: tuple[Card, ...]
    places: Mapping[str, Label]
    reaching: Mapping[str, Label]


def load_guides(folder: Path | str) -> Guides:
    """Everything in bot/data/interview that an interview needs. Raises GuideError with a sentence."""
    folder = Path(folder)
    plans = read_yaml(folder, "guides.yml")
    vocabulary = vocabulary_of(read_yaml(folder, "taxonomy.yml"))
    questions = [question_of(name, entry) for name, entry in part(read_yaml(folder, "questions.yml"), "questions")]
    pictures = read_yaml(folder, "cards.yml")
    shared = Shared(
        vocabulary,
        questions,
        labels_of(plans, "choices", "choice"),
        labels_of(plans, "patterns", "pattern"),
        cards_of(pictures),
        labels_of(pictures, "places", "place"),
        reaching_of(read_yaml(folder, "reaching.yml")),
    )
    guides = {name: guide_of(name, entry, shared) for name, entry in part(plans, "guides")}
    return Guides(guides, languages_of(read_yaml(folder, "languages.yml")))


def read_yaml(folder: Path, name: str) -> Entry:
    try:
        content = yaml.load((folder / name).read_text(encoding="utf-8"), LOADER)  # noqa: S506 - both loaders are safe
    except FileNotFoundError:
        raise GuideError(f"There is no {name} in {folder}.") from None
    except yaml.YAMLError as error:
        raise GuideError(f"{name} is not YAML: {error}") from error
    if not isinstance(content, dict):
        raise GuideError(f"{name} is empty or is not a list of names and values.")
    return content


def part(content: Entry, name: str) -> Iterable[tuple[str, Entry]]:
    """The named entries of one part of a file."""
    entries = content.get(name)
    if not isinstance(entries, dict) or not entries:
        raise GuideError(f"There are no {name}: the part “{name}” is missing or empty.")
    for key, entry in entries.items():
        if not isinstance(entry, dict):
            raise GuideError(f"“{key}” under {name} is empty.")
        yield str(key), entry


def text(entry: Entry, key: str, whose: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise GuideError(f"{whose[:1].upper()}{whose[1:]} has no {key}.")
    return value


def vocabulary_of(taxonomy: Entry) -> Vocabulary:
    def codes(kind: str) -> list[str]:
        return [text(entry, "code", f"an entry under {kind} in taxonomy.yml") for entry in taxonomy.get(kind) or []]

    feelings = {
        entry["code"]: Label(text(entry, "label", f"the feeling “{entry['code']}”"), "feeling")
        for entry in taxonomy.get("feelings") or []
    }
    kinds = [frozenset(codes(kind)) for kind in ("factors", "voice", "safeguarding", "control")]
    return Vocabulary(kinds[0], feelings, *kinds[1:])


def labels_of(content: Entry, name: str, context: str) -> dict[str, Label]:
    return {
        text(entry, "code", f"an entry under {name}"): Label(text(entry, "label", f"an entry under {name}"), context)
        for entry in content.get(name) or []
    }


def cards_of(content: Entry) -> tuple[Card, ...]:
    return tuple(
        Card(
            text(entry, "card", "an entry under cards"),
            Label(text(entry, "label", "a card"), "card"),
            text(entry, "says", f"the card “{entry['card']}”"),
            frozenset(entry.get("bands") or []),
        )
        for entry in content.get("cards") or []
    )


REACHING = {"reach": "channels", "hours": "hours", "way": "ways", "rhythm": "rhythm"}
"""What a choice begins with, and the part of reaching.yml that names it."""


def reaching_of(content: Entry) -> dict[str, Label]:
    return {
        f"{kind}:{code}": label
        for kind, name in REACHING.items()
        for code, label in labels_of(content, name, "reach").items()
    }


def languages_of(content: Entry) -> tuple[Language, ...]:
    names = ("code", "name", "english", "script", "direction", "status")
    return tuple(
        Language(*(text(entry, name, "a language in languages.yml") for name in names))
        for entry in content.get("languages") or []
    )


OPTIONAL = ("topic", "audience", "other_form", "offers", "invites", "by_taps", "again")


def question_of(response: str, entry: Entry) -> Question:
    whose = f"the question “{response}”"
    optional = {key: entry.get(key) for key in OPTIONAL}
    return Question(response, text(entry, "kind", whose), text(entry, "explained_by", whose), **optional)


def guide_of(name: str, entry: Entry, shared: Shared) -> Guide:
    topics = tuple(topic_of(topic, name) for topic in entry.get("topics") or [])
    codes = {topic.code for topic in topics}
    audience = text(entry, "audience", f"the guide “{name}”")
    own = {q.response: q for q in shared.questions if (q.topic in codes if q.topic else q.audience in (None, audience))}
    guide = Guide(
        name,
        audience,
        tuple(entry.get("opening") or []),
        topics,
        own,
        shared.labels,
        shared.vocabulary,
        shared.patterns,
        shared.cards,
        shared.places,
        shared.reaching,
        wording.AGAIN,
        chooses_after=entry.get("chooses_after"),
    )
    check(guide)
    return guide


def topic_of(entry: Entry, guide: str) -> Topic:
    code = text(entry, "topic", f"a topic of the guide “{guide}”")
    whose = f"the topic “{code}” of the guide “{guide}”"
    return Topic(
        code,
        Label(text(entry, "label", whose), "topic"),
        asks=f"utter_ask_{code}",
        thanks=f"utter_thank_{code}",
        section=text(entry, "section", whose),
        covers=frozenset(entry.get("covers") or []),
        can_start=bool(entry.get("can_start")),
        bands=frozenset(entry.get("bands") or []),
        each_time=bool(entry.get("each_time")),
        follow_ups=int(entry.get("follow_ups", 2)),
        answered_by=frozenset(entry.get("answered_by") or []),
    )
