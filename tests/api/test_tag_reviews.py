"""Verdicts stand beside the words; what leaves the school as data has no names and nothing that was kept back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from api import access
from api.database import Database
from api.errors import Malformed, NotFound
from api.models import Pupil, StaffMember, TagReview, Turn
from api.security import new_id
from api.services.catalog import Taxonomy
from api.services.review import evaluation_data, reviewing, summaries, tag_reviews
from api.services.review.evaluation_data import NAME, Names
from api.services.review.tag_reviews import Judgement, VerdictView
from tests.api.people import People
from tests.api.spoken import Line, alert_about, spoken

TAXONOMY = Taxonomy.read(Path("bot/data/interview/taxonomy.yml"))
NOISE = "The noise."


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def said(session: Session, people: People) -> str:
    return spoken(session, people.pupil, NOISE)


def judgement(said: str, verdict: str = "confirmed", other: str | None = None, words: str = NOISE) -> Judgement:
    return Judgement(f"{said}-1", 0, len(words), "school.lesson", verdict, other)  # type: ignore[arg-type]


def judge(session: Session, staff: StaffMember, said: str, given: Judgement, form: str | None = None) -> None:
    tag_reviews.judge(session, staff, said, given, form or new_id(), TAXONOMY)


def verdicts(session: Session, staff: StaffMember, said: str) -> list[VerdictView]:
    opened = access.summary_for_staff(session, staff, said)
    return [view for views in tag_reviews.verdicts(session, opened).values() for view in views]


def taken_out(session: Session, people: People) -> list[evaluation_data.Reviewed]:
    return evaluation_data.take_out(session, people.lead, TAXONOMY)


def test_a_verdict_changes_neither_the_words_nor_the_codes(session: Session, people: People, said: str) -> None:
    opened = access.conversation_for_staff(session, people.adult, said)
    before = summaries.view(session, opened, TAXONOMY)

    judge(session, people.adult, said, judgement(said, "corrected", "school.sensory"))

    assert summaries.view(session, opened, TAXONOMY) == before
    assert session.get_one(Turn, f"{said}-1").text == NOISE


def test_the_newest_verdict_of_each_reviewer_counts(session: Session, people: People, said: str) -> None:
    judge(session, people.adult, said, judgement(said))
    judge(session, people.lead, said, judgement(said, "disputed"))
    judge(session, people.adult, said, judgement(said, "corrected", "school.sensory"))

    found = [(view.by, view.verdict, view.corrected_to) for view in verdicts(session, people.adult, said)]
    assert found == [("lead", "disputed", None), ("adult", "corrected", "school.sensory")]


def test_a_verdict_that_is_sent_again_is_stored_once(session: Session, people: People, said: str) -> None:
    form = new_id()
    for _ in range(2):
        judge(session, people.adult, said, judgement(said), form)

    assert len(session.exec(select(TagReview)).all()) == 1


@pytest.mark.parametrize("who", ["colleague", "attendance", "office", "stranger"])
def test_nobody_else_judges(session: Session, people: People, said: str, who: str) -> None:
    with pytest.raises(NotFound):
        judge(session, getattr(people, who), said, judgement(said))


@pytest.mark.parametrize(
    ("verdict", "other"),
    [("corrected", None), ("confirmed", "school.rules"), ("corrected", "neglect"), ("corrected", "no such code")],
)
def test_a_correction_is_one_other_code_that_is_no_alert(
    session: Session, people: People, said: str, verdict: str, other: str | None
) -> None:
    with pytest.raises(Malformed):
        judge(session, people.adult, said, judgement(said, verdict, other))


def test_only_a_line_that_the_reader_sees_can_be_judged(session: Session, people: People) -> None:
    said = spoken(session, people.pupil, Line(NOISE, shown_to="adult"), Line("The bell.", status="left_out"))
    reviewing.assign(session, people.adult, said, people.colleague.id)

    for staff, given in ((people.colleague, judgement(said)), (people.adult, judgement(said, words="The"))):
        with pytest.raises(NotFound):
            judge(session, staff, said, given)
    judge(session, people.adult, said, judgement(said))


def test_reviewed_codes_are_taken_out_with_what_they_were_and_should_be(
    session: Session, people: People, said: str
) -> None:
    judge(session, people.adult, said, judgement(said, "corrected", "school.sensory"))

    (line,) = taken_out(session, people)

    assert (line.text, line.before, line.after) == (NOISE, ["school.lesson"], ["school.sensory"])
    assert (line.language, line.verdict) == ("en", "corrected")


@pytest.mark.parametrize(
    "kept_back",
    [
        Line(NOISE, shown_to="adult"),
        Line(NOISE, status="left_out"),
        Line(NOISE, unsafe=["neglect"]),
        Line(NOISE, codes=["school.lesson", "neglect"]),
    ],
)
def test_what_was_kept_back_does_not_leave_the_school(session: Session, people: People, kept_back: Line) -> None:
    said = spoken(session, people.pupil, kept_back)
    session.add(_row(said, people))
    session.commit()

    assert taken_out(session, people) == []


def test_nothing_of_a_conversation_with_an_alert_leaves_the_school(session: Session, people: People, said: str) -> None:
    judge(session, people.adult, said, judgement(said))
    assert len(taken_out(session, people)) == 1

    alert_about(session, said, people.pupil)

    assert taken_out(session, people) == []


def test_another_schools_lead_takes_nothing_out(session: Session, people: People, said: str) -> None:
    judge(session, people.adult, said, judgement(said))

    assert evaluation_data.take_out(session, people.stranger, TAXONOMY) == []


def test_no_name_leaves_the_school(session: Session, people: People) -> None:
    session.get_one(Pupil, people.other_pupil.id).name = "Amara Näme"
    words = "Amara is in colleague's class, says Karim."
    said = spoken(session, people.pupil, words, relation="uncle Karim")
    judge(session, people.adult, said, judgement(said, words=words))

    (line,) = taken_out(session, people)

    assert line.text == f"{NAME} is in {NAME}'s class, says {NAME}."


@pytest.mark.parametrize(
    ("name", "words", "left"),
    [
        ("Zoë Ćurić", "zoe and CURIC and Curica", f"{NAME} and {NAME} and {NAME}"),
        ("فاطمة", "قالت فاطمة نعم", f"قالت {NAME} نعم"),
        ("রহিমা", "আমি রহিমা।", f"আমি {NAME}।"),
        ("Al", "Al and also", f"{NAME} and also"),
    ],
)
def test_names_are_found_in_every_script(name: str, words: str, left: str) -> None:
    assert Names([name]).hidden_in(words) == left


def _row(said: str, people: People) -> TagReview:
    about = {"conversation_id": said, "turn_id": f"{said}-1", "start": 0, "end": len(NOISE), "code": "school.lesson"}
    return TagReview(**about, verdict="confirmed", staff_id=people.adult.id, form_id=new_id())
