"""Nothing about an alert reaches a reader as a bare code."""

import re
from typing import get_args

from api.models import StepKind
from api.services.safeguarding.alerts import FOLLOWS, STATES, AlertState
from api.services.safeguarding.chronology import EventKind
from api.services.safeguarding.handling import LeadsStep
from api.settings import ROOT

TEMPLATES = ROOT / "api" / "templates"
LABELS = (TEMPLATES / "staff" / "labels_alerts.html").read_text("utf-8")


def named(kind: str) -> set[str]:
    macro = re.search(rf"macro {kind}\(code\)(.*?)endmacro", LABELS, re.DOTALL)
    assert macro
    return set(re.findall(r'^ *"(\w+)":', macro[1], re.MULTILINE))


def test_every_state_event_and_step_has_a_name() -> None:
    events = {code for kinds in get_args(EventKind) for code in get_args(kinds)}

    assert named("alert_state") == set(get_args(AlertState)) == set(STATES) == set(FOLLOWS)
    assert named("event") == events
    assert set(get_args(StepKind)) <= events
    assert named("step") == set(get_args(LeadsStep))
