"""Two tabs, a dropped line, and no JavaScript at all."""

from itertools import cycle, islice

import pytest

from tests.running.lines import CUTS, cut_on_the_way

from .conftest import PHONE, Device, SignIn
from .drivers.eyes import ClosedEyes, Eyes
from .drivers.parent import Parent
from .drivers.pupil import Pupil
from .drivers.staff import Staff
from .drivers.tablet import Tablet

ONE, TWO, THREE = "I like drawing dragons.", "The corridors are too loud.", "My gran helps me."
SECRET = "Nobody may see this."


def test_two_tabs_keep_what_each_of_them_sent(pupil: Pupil, eyes: Eyes) -> None:
    pupil.starts()
    other = Pupil(pupil.page.context.new_page(), eyes)
    other.comes_back_to(pupil.page.url)
    pupil.says(ONE)
    other.says(TWO)
    pupil.reloads()
    assert pupil.said_so_far == other.said_so_far == [ONE, TWO]
    assert pupil.question == other.question


def test_a_line_cut_at_every_step_loses_and_doubles_nothing(pupil: Pupil) -> None:
    """From the first words to the last button, each step by another cut."""
    pupil.starts()
    said: list[str] = []
    for number, cut in enumerate(islice(cycle(CUTS), 7)):
        with pupil.cut_line(cut):
            said += pupil.takes_a_step(f"{(ONE, TWO, THREE)[number % 3]} {number}")
    for cut, code in zip(CUTS, ("control:pause", "control:finish", "readback:done"), strict=True):
        with pupil.cut_line(cut):
            pupil.presses(code)
    assert pupil.state == "finished"
    assert pupil.said_so_far == said


def test_the_next_pupil_finds_nothing_of_the_last(pupil: Pupil, staff: Staff, adult: SignIn) -> None:
    """Not even where the tablet was given back while words could not leave it."""
    tablet = Tablet(pupil.page)
    pupil.starts()
    pupil.says(ONE)
    assert tablet.finds(ONE, SECRET) == [ONE]
    pupil.page.route("**/letterbox", lambda route: route.abort())
    with cut_on_the_way(pupil.page):
        pupil.types(SECRET)
        pupil.sends()
        pupil.sees_words_kept()
        pupil.gives_the_tablet_back(adult["pin"])
    assert (tablet.finds(ONE, SECRET), len(tablet.envelopes)) == ([], 1)
    pupil.page.unroute("**/letterbox")
    staff.starts_a_conversation()
    pupil.types_the_number(staff.shows_a_code())
    pupil.starts()
    assert (tablet.finds(ONE, SECRET), tablet.envelopes) == ([], [])


@pytest.fixture
def parent_without_javascript(staff: Staff, device: Device) -> Parent:
    parent = Parent(device(viewport=PHONE, java_script_enabled=False).new_page(), ClosedEyes())
    parent.opens(staff.makes_a_link())
    parent.chooses("en")
    parent.starts()
    return parent


def test_a_conversation_works_without_javascript(parent_without_javascript: Parent) -> None:
    parent = parent_without_javascript
    parent.says(ONE)
    question = parent.question
    parent.asks_to("explain")
    assert parent.question == question
    parent.says(TWO)
    assert parent.said_so_far == [ONE, TWO]


def test_a_read_back_works_without_javascript(parent_without_javascript: Parent) -> None:
    parent = parent_without_javascript
    parent.says(ONE)
    parent.stops()
    parent.changes(ONE, into=THREE)
    parent.leaves_out(THREE)
    parent.agrees()
    assert parent.state == "finished"
