"""A parent's browser without scripts, on the served product."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
from sqlmodel import Session, select

from api.database import Database
from api.models import Turn
from api.security import new_id
from api.services.talk import conversations, parent_links
from api.services.talk.conversations import Plan
from tests.api.people import People

TITLE = re.compile(r'<html[^>]* lang="([^"]+)"')


@dataclass
class Visit:
    client: httpx.Client
    door: str  # /parent/<token>
    conversation_id: str

    def arrive(self, language: str) -> None:
        self.client.post(f"{self.door}/language", data={"language": language})
        self.client.post(f"{self.door}/talk/open")

    def sends(self, **fields: Any) -> httpx.Response:
        return self.client.post(f"{self.door}/talk/turn", data={"turn": new_id(), "kind": "say", **fields})

    def sends_json(self, content: bytes) -> httpx.Response:
        headers = {"content-type": "application/json", "accept": "application/json"}
        return self.client.post(f"{self.door}/talk/turn", content=content, headers=headers)


def visit(device: Callable[[], httpx.Client], database: Database, people: People) -> Visit:
    with database.writing() as session:
        conversation = conversations.start(session, people.adult, people.pupil.id, Plan("parent", "en"))
        token = parent_links.make(session, people.adult, conversation.id)
    return Visit(device(), f"/parent/{token}", conversation.id)


def language_of(response: httpx.Response) -> str:
    found = TITLE.search(response.text)
    assert found, response.text[:300]
    return found[1]


def words_in(database: Database) -> list[str]:
    with database.reading() as session:
        return _said(session)


def _said(session: Session) -> list[str]:
    return list(session.exec(select(Turn.text).where(Turn.kind == "say").order_by(Turn.received_at)))
