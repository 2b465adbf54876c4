"""The files of bot/data/interview that both sides read."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from interview import controls
from interview.guides import Guides
from interview.sections import section_of

from tests.bot.interview.conftest import BOT


def read(name: str) -> Any:
    return yaml.safe_load((BOT / name).read_text("utf-8"))


def test_every_control_that_can_be_heard_is_obeyed(guides: Guides) -> None:
    assert guides["pupil"].vocabulary.controls <= set(controls.CONTROLS)


def test_the_intents_are_the_controls_an_answer_and_the_pages_buttons(guides: Guides) -> None:
    assert set(read("domain/intents.yml")["intents"]) == guides["pupil"].vocabulary.controls | {
        "answer",
        "open",
        "choose",
    }


@pytest.mark.parametrize("kind", ["domains", "factors", "feelings", "voice", "safeguarding"])
def test_every_code_has_a_label(kind: str) -> None:
    assert all(entry["label"] for entry in read("data/interview/taxonomy.yml")[kind])


def test_every_factor_belongs_to_a_domain() -> None:
    taxonomy = read("data/interview/taxonomy.yml")
    domains = {entry["code"] for entry in taxonomy["domains"]}
    assert {entry["code"].split(".")[0] for entry in taxonomy["factors"]} == domains


@pytest.mark.parametrize("country", ["GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR", "default"])
def test_every_country_has_human_help(country: str) -> None:
    help_there = read("data/interview/signposts.yml")["countries"][country]
    assert help_there["helpline"]
    assert help_there["emergency"]
    assert help_there["parent"]["helpline"]


def test_languages_say_their_direction_and_state() -> None:
    for language in read("data/interview/languages.yml")["languages"]:
        assert language["direction"] in ("ltr", "rtl")
        assert language["status"] in ("source", "draft", "reviewed", "planned")


def test_every_factor_makes_a_worry(guides: Guides) -> None:
    guide = guides["pupil"]
    home = guide.topic("home")
    assert home is not None
    assert {section_of((code,), home, guide.vocabulary) for code in guide.vocabulary.factors} == {"worries"}
