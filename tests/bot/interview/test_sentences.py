"""Rules of practice.md that can be checked in the English sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml
from interview import wording
from interview.guide import Guide
from interview.guides import load_guides
from interview.moves import QUESTION, SCAFFOLD
from interview.openness.checking import check
from interview.sentences import Wording, read_wordings

from tests.bot.interview.conftest import BOT

GUIDES = load_guides(BOT / "data" / "interview")
WORDINGS = read_wordings(BOT / "domain")
SAFETY = [name for name in WORDINGS if name.startswith("utter_alert_")]
INVITES = re.compile(r"\b(tell me|talk me through|describe|help me understand|pick)\b", re.IGNORECASE)
PLACES = {"quote", "adult", "helpline", "emergency", "picked", "topic", "pattern"}


def asking(guide: Guide) -> Iterator[Wording]:
    for question in guide.questions.values():
        if question.kind in (QUESTION, SCAFFOLD):
            yield from WORDINGS[question.response]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


EVERY = [wording for ways in WORDINGS.values() for wording in ways]
ASKING = {wording.id: wording for guide in GUIDES.by_name.values() for wording in asking(guide)}
each_wording = pytest.mark.parametrize("said", EVERY, ids=lambda wording: wording.id)
each_question = pytest.mark.parametrize("said", ASKING.values(), ids=lambda wording: wording.id)


def test_every_response_that_can_be_shown_exists() -> None:
    shown = {response for guide in GUIDES.by_name.values() for response in wording.responses_of(guide)}
    assert shown == set(WORDINGS)


def test_every_wording_has_an_id_of_its_own() -> None:
    assert len({said.id for said in EVERY}) == len(EVERY)
    assert all(said.id.startswith(said.response) for said in EVERY)


@each_question
def test_a_question_is_open(said: Wording) -> None:
    assert check(said.text, "en").reasons == ()


@each_wording
def test_nothing_can_be_answered_with_yes_or_no(said: Wording) -> None:
    assert "?" not in said.text
    assert not set(check(said.text, "en").reasons) - {"no_invitation"}


@each_wording
def test_sentences_are_short(said: Wording) -> None:
    assert max(len(sentence.split()) for sentence in sentences(said.text)) <= 26


@each_wording
def test_only_known_places_are_named(said: Wording) -> None:
    assert set(re.findall(r"{(\w*)}", said.text)) <= PLACES
    assert said.text.count("{") == said.text.count("}") == len(re.findall(r"{\w+}", said.text))


def test_all_wordings_of_a_response_name_the_same_places() -> None:
    for ways in WORDINGS.values():
        assert len({tuple(sorted(set(re.findall(r"{(\w+)}", said.text)) & {"quote"})) for said in ways}) == 1


@pytest.mark.parametrize("response", SAFETY)
def test_what_is_said_after_an_alert_has_one_wording_and_invites_nothing(response: str) -> None:
    assert len(WORDINGS[response]) == 1
    assert not INVITES.search(WORDINGS[response][0].text)


def test_an_explanation_asks_nothing() -> None:
    for guide in GUIDES.by_name.values():
        for question in guide.questions.values():
            for said in WORDINGS[question.explained_by]:
                assert not any(INVITES.match(sentence) for sentence in sentences(said.text))


def test_rasa_takes_no_interview_file_for_its_own() -> None:
    rasas = {"nlu", "stories", "rules", "intents", "entities", "slots", "responses", "actions", "forms", "e2e_actions"}
    for file in (BOT / "data" / "interview").glob("*.yml"):
        assert not rasas & set(yaml.safe_load(file.read_text("utf-8")))
