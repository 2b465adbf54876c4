"""A whole conversation on a tablet, in English."""

import pytest

from .conftest import SignIn
from .drivers.pupil import Pupil
from .drivers.staff import Staff

DRAWING = "I like drawing dragons."
CORRIDORS = "The corridors are too loud."
CORRIDORS_AGAIN = "The corridors are loud when the bell goes."
SECRET = "My friend moved to another class."

MORE = ("My gran helps me.", "I want a quiet place to start the day.", "Maths goes too fast.", "I miss football.")


def test_a_pupil_talks_from_hello_to_goodbye(pupil: Pupil, adult: SignIn) -> None:
    pupil.starts()
    pupil.says(DRAWING)
    pupil.talks_until(lambda: pupil.is_offered("topic:lessons"), MORE)
    pupil.picks("topic:lessons")
    ask_things_back(pupil)
    pupil.says(CORRIDORS)
    pupil.says(SECRET)
    pupil.talks_until(pupil.sees_faces, MORE)
    pupil.picks_faces("sad", "worried")
    pupil.talks_until(pupil.reaches_the_read_back, MORE)
    hear_it_back(pupil)
    pupil.gives_the_tablet_back(adult["pin"])
    assert not pupil.still_has_the_tablet()


def ask_things_back(pupil: Pupil) -> None:
    """Whatever is asked back, the same question stands again; skipping moves on."""
    question = pupil.question
    for control in ("privacy", "repeat", "explain"):
        pupil.asks_to(control)
        assert pupil.question == question
    pupil.asks_to("skip")
    assert pupil.question != question


def hear_it_back(pupil: Pupil) -> None:
    pupil.changes(CORRIDORS, into=CORRIDORS_AGAIN)
    pupil.leaves_out(SECRET)
    assert pupil.line(CORRIDORS_AGAIN).is_visible()
    pupil.agrees()
    assert pupil.state == "finished"


def test_a_pause_keeps_the_question(pupil: Pupil) -> None:
    pupil.starts()
    question = pupil.question
    pupil.asks_to("pause")
    assert pupil.state == "paused"
    pupil.picks("control:resume")
    assert pupil.question == question


def test_a_wrong_pin_leaves_the_tablet_with_the_pupil(pupil: Pupil, adult: SignIn) -> None:
    pupil.starts()
    pupil.gives_the_tablet_back(adult["pin"][::-1] + "0")
    assert pupil.still_has_the_tablet()


@pytest.mark.parametrize("place", ["/staff", "/staff/pupils", "/staff/alerts"])
def test_a_tablet_in_a_pupils_hands_shows_no_staff_page(pupil: Pupil, place: str) -> None:
    assert not pupil.finds_staff_pages_at(place)


def test_a_code_typed_on_another_tablet_opens_the_conversation(staff: Staff, pupil: Pupil) -> None:
    staff.starts_a_conversation()
    pupil.types_the_number(staff.shows_a_code())
    pupil.starts()
    assert pupil.state == "asking"
