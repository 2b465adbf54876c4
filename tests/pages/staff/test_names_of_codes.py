"""Nothing reaches a reader as a bare code."""

import re
from typing import Any, get_args

import pytest
import yaml

from api.models import InterviewState
from api.pages.staff.pupil_rows import STATES
from api.pages.staff.summary_sheet import STATUSES
from api.services.review.summaries import SECTIONS
from api.settings import ROOT

LABELS = (ROOT / "api" / "templates" / "staff" / "labels.html").read_text("utf-8")


def named(kind: str) -> set[str]:
    macro = re.search(rf"macro {kind}\(code\)(.*?)endmacro", LABELS, re.DOTALL)
    assert macro
    return set(re.findall(r'^ *"(\w+)":', macro[1], re.MULTILINE))


def read(file: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "bot" / "data" / "interview" / file).read_text("utf-8"))
    return content


def test_every_topic_of_every_guide_has_a_name() -> None:
    topics = {topic["topic"] for guide in read("guides.yml")["guides"].values() for topic in guide["topics"]}

    assert topics == named("topic")


@pytest.mark.parametrize(("kind", "macro"), [("feelings", "feeling"), ("control", "control")])
def test_every_code_of_the_taxonomy_has_a_name(kind: str, macro: str) -> None:
    assert {entry["code"] for entry in read("taxonomy.yml")[kind]} <= named(macro)


@pytest.mark.parametrize("kind", ["domains", "factors"])
def test_every_mark_has_a_label_in_the_taxonomy(kind: str) -> None:
    assert all(entry["label"] for entry in read("taxonomy.yml")[kind])


def test_every_state_section_and_status_has_a_name() -> None:
    assert set(get_args(InterviewState)) == named("state")
    assert set(STATES) == named("pupil_state")
    assert set(SECTIONS) == named("section")
    assert set(STATUSES) == named("status")
