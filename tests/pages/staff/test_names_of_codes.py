"""Nothing reaches a reader as a bare code."""

import ast
import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import yaml

from api.models import InterviewState, StepKind
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


RECORDING = {
    "record",
    "append",
    "notes",
    "_record",
    "_note",
    "_note_reading",
    "_make",
}  # what writes into the audit trail
AUDIT = (ROOT / "api" / "templates" / "staff" / "labels_audit.html").read_text("utf-8")


def acts_written_in(source: str) -> Iterator[str]:
    """The first text that such a call is given."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in RECORDING:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            yield from texts[:1]


def test_every_act_in_the_audit_trail_has_a_name() -> None:
    sources = [
        file.read_text("utf-8") for room in ("services", "pages") for file in (ROOT / "api" / room).rglob("*.py")
    ]
    written = {act for source in sources for act in acts_written_in(source) if "_" in act}
    of_alerts = {f"alert_{kind}" for kind in get_args(StepKind)}

    assert {"summary_read", "alert_raised", "promise_made", "staff_left"} <= written
    assert (written | of_alerts) - set(re.findall(r'"(\w+)": pgettext\("act"', AUDIT)) == set()
