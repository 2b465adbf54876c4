"""Both summaries, a line followed to its message, and an alert that cannot be overlooked."""

from playwright.sync_api import expect

from .drivers.parent import Parent
from .drivers.pupil import Pupil
from .drivers.staff import Staff

CORRIDORS = "The corridors are too loud."
BUS = "The bus is always late in the morning."
NOT_SAFE = "I am forced to have sex and I am only 12 years old"
ONE_SECOND = 1500  # ms; the half is for a machine that is busy with the browser itself


def test_the_trusted_adult_reads_what_the_pupil_and_the_parent_said(pupil: Pupil, parent: Parent, staff: Staff) -> None:
    pupil.starts()
    pupil.says(CORRIDORS)
    parent.chooses("en")
    parent.starts()
    parent.says(BUS)
    staff.opens_summary(of="parents")
    assert BUS in staff.lines
    staff.opens_summary(of="pupil")
    assert CORRIDORS in staff.lines


def test_a_line_leads_to_its_message(pupil: Pupil, staff: Staff) -> None:
    pupil.starts()
    pupil.says(CORRIDORS)
    staff.opens_summary(of="pupil")
    expect(staff.follows(CORRIDORS)).to_contain_text(CORRIDORS)


def test_an_alert_appears_on_whatever_page_the_adult_has_open(pupil: Pupil, staff: Staff) -> None:
    staff.opens_pupil()
    before = staff.alert.count()
    pupil.starts()
    pupil.says(NOT_SAFE)
    expect(staff.alert).to_have_count(before + 1, timeout=ONE_SECOND)
    assert pupil.state == "alerted"
    assert staff.reads_the_alert() == NOT_SAFE
    staff.acknowledges()
    assert staff.alert.count() == before


def test_after_an_alert_nothing_more_is_asked(pupil: Pupil) -> None:
    pupil.starts()
    pupil.says(NOT_SAFE)
    for words in ("ok", "I like football."):
        pupil.says(words)
        assert (pupil.state, pupil.kinds & {"question", "scaffold"}) == ("alerted", set())
