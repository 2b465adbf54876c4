"""Two tabs, a dropped line, and no JavaScript at all."""

import pytest

from .conftest import PHONE, Device
from .drivers.eyes import ClosedEyes, Eyes
from .drivers.parent import Parent
from .drivers.pupil import Pupil
from .drivers.staff import Staff

ONE, TWO, THREE = "I like drawing dragons.", "The corridors are too loud.", "My gran helps me."


def test_two_tabs_keep_what_each_of_them_sent(pupil: Pupil, eyes: Eyes) -> None:
    pupil.starts()
    other = Pupil(pupil.page.context.new_page(), eyes)
    other.comes_back_to(pupil.page.url)
    pupil.says(ONE)
    other.says(TWO)
    pupil.reloads()
    assert pupil.said_so_far == other.said_so_far == [ONE, TWO]
    assert pupil.question == other.question


def test_words_sent_while_the_line_is_dropped_arrive_once(pupil: Pupil) -> None:
    pupil.starts()
    pupil.says(ONE)
    with pupil.dropped_line():
        pupil.types(TWO)
        pupil.sends()
        pupil.is_told_about_the_line()
    pupil.moves_on()
    assert pupil.said_so_far == [ONE, TWO]


def test_a_reply_lost_on_the_way_does_not_double_the_words(pupil: Pupil) -> None:
    pupil.starts()
    with pupil.lost_reply():
        pupil.types(ONE)
        pupil.sends()
        pupil.moves_on()
    assert pupil.said_so_far == [ONE]


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
