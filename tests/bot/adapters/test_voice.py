"""Wordings, languages and named places."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from adapters import catalogs, nlg, wordings
from adapters.nlg import CHANNEL, CatalogVoice
from adapters.wordings import Listener
from interview.moves import QUESTION, Choice, Label, Line, Move
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from tests.bot.adapters.running_bot import ROOT

WORDINGS = [{"text": "One."}, {"text": "Two."}, {"text": "Three."}]
POLISH = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "utter_ask"
msgid "Tell me more."
msgstr "Opowiedz wi\u0119cej."

msgctxt "choice"
msgid "Stop here"
msgstr "Koniec"
"""


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "pl" / "LC_MESSAGES" / "interview.po"
    path.parent.mkdir(parents=True)
    path.write_text(POLISH, encoding="utf-8")
    monkeypatch.setattr(catalogs, "TRANSLATIONS", tmp_path)
    forget()
    yield path
    forget()


def forget() -> None:
    catalogs.catalog.cache_clear()
    catalogs.is_complete.cache_clear()


def asked(**more: Any) -> Move:
    return Move("utter_ask", QUESTION, **more)


def test_a_sentence_is_spoken_in_the_speakers_language(polish: Path) -> None:
    assert wordings.in_words(asked(), Listener("pl"), "Tell me more.")["text"] == "Opowiedz wi\u0119cej."


def test_an_audience_may_be_spoken_to_in_its_own_way(polish: Path) -> None:
    own = POLISH + '\nmsgctxt "utter_ask/parent"\nmsgid "Tell me more."\nmsgstr "Dla rodzica."\n'
    polish.write_text(own, encoding="utf-8")
    assert wordings.in_words(asked(), Listener("pl", "parent"), "Tell me more.")["text"] == "Dla rodzica."
    assert wordings.in_words(asked(), Listener("pl", "pupil"), "Tell me more.")["text"] == "Opowiedz wi\u0119cej."


def test_what_is_to_pick_is_named_in_the_speakers_language(polish: Path) -> None:
    move = asked(choices=(Choice("control:finish", Label("Stop here", "choice")),))
    assert wordings.in_words(move, Listener("pl"), "Tell me more.")["choices"] == [
        {"code": "control:finish", "text": "Koniec"}
    ]


def test_the_name_of_a_language_is_never_translated(polish: Path) -> None:
    move = asked(choices=(Choice("language:pl", Label("Polski")),))
    assert wordings.in_words(move, Listener("en"), "Tell me more.")["choices"][0]["text"] == "Polski"


def test_without_a_catalog_the_source_is_spoken(polish: Path) -> None:
    assert wordings.in_words(asked(), Listener("tr"), "Tell me more.")["text"] == "Tell me more."


def test_a_language_is_complete_when_nothing_is_missing_or_doubtful(polish: Path) -> None:
    assert catalogs.is_complete("pl")
    forget()
    polish.write_text(POLISH.replace("Koniec", ""), encoding="utf-8")
    assert not catalogs.is_complete("pl")
    forget()
    polish.write_text(POLISH.replace('msgctxt "choice"', '#, fuzzy\nmsgctxt "choice"'), encoding="utf-8")
    assert not catalogs.is_complete("pl")


def test_english_is_complete_and_an_unknown_language_is_not() -> None:
    assert catalogs.is_complete("en")
    assert not catalogs.is_complete("xx")


def test_wordings_are_taken_in_turn() -> None:
    said = [wordings.wording(asked(variation=n), Listener(), WORDINGS) for n in range(4)]
    assert said == ["One.", "Two.", "Three.", "One."]


def test_the_next_conversation_of_a_person_begins_with_another_wording() -> None:
    assert [wordings.wording(asked(), Listener(conversations=n), WORDINGS) for n in range(3)] == [
        "One.",
        "Two.",
        "Three.",
    ]


def test_an_age_is_spoken_to_in_its_own_words_where_there_are_any() -> None:
    young = {"text": "Simple.", "condition": [{"type": "slot", "name": "age_band", "value": "5-7"}]}
    assert wordings.wording(asked(), Listener(age_band="5-7"), [*WORDINGS, young]) == "Simple."
    assert wordings.wording(asked(variation=3), Listener(age_band="8-11"), [*WORDINGS, young]) == "One."
    assert wordings.wording(asked(), Listener(age_band="5-7"), WORDINGS) == "One."


def test_labels_in_a_sentence_are_isolated_and_listed(polish: Path) -> None:
    move = asked(named=(("picked", (Label("Stop here", "choice"), Label("7"))),))
    said = wordings.in_words(move, Listener("pl"), "Hard: {picked}. {adult}")["text"]
    assert said == "Hard: \u2068Koniec\u2069, \u20687\u2069. {adult}"


def tracker_of_one_message() -> DialogueStateTracker:
    tracker = DialogueStateTracker("one", [])
    tracker.update(UserUttered("I like drawing", {"name": "answer"}, message_id="turn-1"))
    return tracker


def test_the_shell_shows_the_words_just_typed_and_the_names_of_other_places() -> None:
    move = asked(quote=Line("turn-1", 2, 6))
    filled = nlg.filled("You said {quote}. {adult} reads it.", move, tracker_of_one_message())
    assert filled == "You said like. [adult] reads it."


def test_the_exchange_leaves_named_places_to_the_api() -> None:
    voice, tracker = CatalogVoice(None, Domain.empty()), tracker_of_one_message()
    responses = {"utter_ask": [{"text": "You said {quote}."}]}
    message = asyncio.run(voice.generate("utter_ask", tracker, CHANNEL, domain_responses=responses))
    assert message["text"] == message["custom"]["text"] == "You said {quote}."


@pytest.mark.filterwarnings("ignore:Slot auto-fill has been removed")  # Rasa says it of every domain with a slot
def test_every_response_of_the_domain_can_be_spoken() -> None:
    domain = Domain.load(str(ROOT / "bot" / "domain"))
    assert all(wordings and all(one["text"] for one in wordings) for wordings in domain.responses.values())
