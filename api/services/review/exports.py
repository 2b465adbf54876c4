"""What a document of one conversation holds: what its reader may see, and not a line more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlmodel import Session

from api.access import Opened
from api.models import now
from api.services.catalog import Taxonomy
from api.services.review import summaries
from api.services.review.summaries import Item, SummaryView
from api.services.talk import transcript
from api.services.talk.questions import ShownView
from api.services.talk.transcript import Page

VERSION = 1  # of the JSON: tests/contract/export.schema.json
STATUSES = ("said", "skipped", "refused", "dont_know", "left_out", "not_reached")
MARKED = ("factors", "feelings")


@dataclass(frozen=True)
class SummaryExport:
    opened: Opened
    view: SummaryView | None
    labels: Mapping[str, str]  # English sources by code
    kinds: Mapping[str, str]

    def marks(self, item: Item) -> Sequence[str]:
        """Codes that stand beside a line. A picked face needs none: its name is the line."""
        return [code for code in item.codes if item.quote and self.kinds.get(code) in MARKED]

    @property
    def topics(self) -> Sequence[tuple[str, Sequence[str]]]:
        """By status."""
        found = sorted(self.view.topics if self.view else [], key=lambda line: STATUSES.index(line.status))
        return [(status, [line.topic for line in lines]) for status, lines in groupby(found, lambda line: line.status)]


@dataclass(frozen=True)
class RecordExport:
    opened: Opened
    page: Page


def summary(session: Session, opened: Opened, taxonomy: Taxonomy) -> SummaryExport:
    view = summaries.view(session, opened, taxonomy)
    return SummaryExport(opened, view, taxonomy.labels, taxonomy.kinds)


def record(session: Session, opened: Opened) -> RecordExport:
    """For those who may read the whole conversation: `opened` is of access.conversation_for_staff."""
    return RecordExport(opened, transcript.page(session, opened))


def as_json(export: SummaryExport) -> dict[str, Any]:
    """By tests/contract/export.schema.json: for other systems of the school, codes instead of their names."""
    conversation, pupil, view = export.opened.conversation, export.opened.pupil, export.view
    return {
        "version": VERSION,
        "kind": "summary",
        "made_at": now().isoformat(timespec="seconds"),
        "school": {"id": export.opened.school.id, "name": export.opened.school.name},
        "pupil": {"id": pupil.id, "name": pupil.name, "year": pupil.year},
        "conversation": {
            "id": conversation.id,
            "voice": conversation.audience,
            "relation": conversation.relation,
            "guide": conversation.guide,
            "language": conversation.language,
            "state": conversation.state,
            "started_at": conversation.created_at.isoformat(timespec="seconds"),
            "agreed_at": conversation.agreed_at.isoformat(timespec="seconds") if conversation.agreed_at else None,
            "place": conversation.place,
            "present": conversation.present,
        },
        "summarised_at": view.made_at.isoformat(timespec="seconds") if view else None,
        "lines": _lines(export),
        "topics": [{"topic": line.topic, "status": line.status} for line in (view.topics if view else [])],
        "left_out": view.left_out if view else 0,
    }


def _lines(export: SummaryExport) -> list[dict[str, Any]]:
    sections = export.view.sections if export.view else []
    return [
        _line(section.code, group.domain, item)
        for section in sections
        for group in section.groups
        for item in group.items
    ]


def _line(section: str, domain: str | None, item: Item) -> dict[str, Any]:
    return {
        "section": section,
        "domain": domain,
        "topic": item.topic,
        "codes": item.codes,
        "turn": item.turn,
        "start": item.start,
        "end": item.end,
        "words": item.quote,
        "language": item.language,
        "direction": item.direction,
        "picked": [{"code": each.code, "text": each.text, "language": each.language} for each in item.picked],
        "question": _question(item.asked),
        "said_at": item.at.isoformat(timespec="seconds"),
        "only_for_the_trusted_adult": item.for_adult_only,
    }


def _question(asked: ShownView | None) -> dict[str, str] | None:
    return {"text": asked.text, "language": asked.language} if asked else None
