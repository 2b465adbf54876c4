"""Themes over many pupils: true counts of what was agreed to be shown, and nobody singled out by one."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from api.database import Database
from api.models import Audience, Conversation, Promise, Pupil, StaffMember, now
from api.security import new_id
from api.services.catalog import Taxonomy
from api.services.insight import themes
from api.services.insight.small_numbers import Shown
from api.services.insight.terms import Term, begun_by
from api.services.insight.themes import Split, Themes
from api.services.insight.themes_table import HIDDEN, as_csv
from api.settings import ROOT
from tests.api.people import People
from tests.api.told import Said, Telling

TAXONOMY = Taxonomy.read(ROOT / "bot" / "data" / "interview" / "taxonomy.yml")
NOISE, BREAKS, MONEY = "school.sensory", "school.unstructured", "life.money"
# so that days before today are in it whenever the tests run
TERM = Term("autumn", now().date() - timedelta(days=60), now().date() + timedelta(days=1))


@pytest.fixture
def session(database: Database, people: People) -> Iterator[Session]:
    with database.writing() as session:
        for pupil in (people.pupil, people.other_pupil):
            session.delete(session.merge(pupil))
        session.commit()
        yield session


def pupils(session: Session, adult: StaffMember, count: int, year: str = "7", language: str = "en") -> list[Pupil]:
    about: dict[str, Any] = {"school_id": adult.school_id, "trusted_adult_id": adult.id, "age_band": "12-16"}
    made = [Pupil(name=f"p{number}", year=year, language=language, **about) for number in range(count)]
    session.add_all(made)
    session.commit()
    return made


def tell(session: Session, who: Sequence[Pupil], *codes: str, audience: Audience = "pupil") -> list[Conversation]:
    """One after the other, each a minute later."""
    late = [1 - number / 1440 for number in range(len(who))]
    said = Said("Words.", codes or [MONEY])
    return [Telling(session, pupil, audience, days_ago=days).tells(said) for pupil, days in zip(who, late, strict=True)]


def seen(session: Session, people: People, audience: Audience = "pupil") -> Themes:
    return themes.over(session, people.attendance, audience, TERM, TAXONOMY)


def by(found: Themes, side: str) -> Split:
    return next(split for split in found.splits if split.side == side)


def named(found: Themes, side: str = "year") -> dict[str, Shown[tuple[str, ...]]]:
    return dict(by(found, side).barriers)


@pytest.fixture
def year7(session: Session, people: People) -> list[Pupil]:
    return pupils(session, people.adult, 16, "7")


@pytest.fixture
def year8(session: Session, people: People) -> list[Pupil]:
    return pupils(session, people.adult, 16, "8", "ar")


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_pupils_are_counted_by_barrier_year_and_language(
    session: Session, people: People, year7: list[Pupil], year8: list[Pupil]
) -> None:
    tell(session, year7[:6], NOISE)
    tell(session, year7[6:11], MONEY)
    tell(session, year8[:5], NOISE)
    tell(session, year8[5:9], MONEY)

    found = seen(session, people)

    assert by(found, "year").heard == Shown(20, {("7",): 11, ("8",): 9})
    assert named(found)[NOISE].total == 11
    assert named(found, "language")[NOISE].total == 11
    assert set(named(found)) == {NOISE, MONEY}


def test_a_pupil_who_names_a_barrier_twice_counts_once(session: Session, people: People, year7: list[Pupil]) -> None:
    tell(session, year7[:10], NOISE)
    tell(session, year7[:5], MONEY)
    tell(session, year7[:5], MONEY)

    assert named(seen(session, people))[MONEY].total == 5


def test_a_number_under_five_is_hidden_and_so_is_the_one_that_would_tell_it(session: Session, people: People) -> None:
    sevens, eights = pupils(session, people.adult, 30, "7"), pupils(session, people.adult, 30, "8")
    nines = pupils(session, people.adult, 30, "9")
    tell(session, [*sevens[:3], *eights[:8], *nines[:9]], NOISE)
    tell(session, [*sevens[10:20], *eights[10:20], *nines[10:20]], MONEY)

    counts = named(seen(session, people))[NOISE]

    assert counts == Shown(20, {("7",): None, ("8",): None, ("9",): 9})


def test_years_of_which_few_were_heard_are_counted_together(
    session: Session, people: People, year7: list[Pupil], year8: list[Pupil]
) -> None:
    second, tenth = pupils(session, people.adult, 4, "2"), pupils(session, people.adult, 30, "10")
    tell(session, [*year7[:8], *year8[:2], *second[:1], *tenth[:9]], NOISE)

    found = by(seen(session, people), "year")

    assert found.pupils == {("10",): 30, ("2", "7", "8"): 36}
    assert found.heard == Shown(20, {("10",): 9, ("2", "7", "8"): 11})
    assert found.missing == Shown(46, {("10",): 21, ("2", "7", "8"): 25})


def test_only_what_was_told_to_the_end_and_agreed_counts(session: Session, people: People, year7: list[Pupil]) -> None:
    tell(session, year7[:5], NOISE)
    for pupil in year7[5:10]:
        Telling(session, pupil, agreed=False).tells(Said("Not agreed.", [NOISE]))
    for talk in tell(session, year7[10:15], NOISE):
        talk.withdrawn_at = now()
        session.add(talk)
    session.commit()

    assert by(seen(session, people), "year").heard.total == 5


def test_a_conversation_that_raised_an_alert_does_not_count(
    session: Session, people: People, year7: list[Pupil]
) -> None:
    tell(session, year7[:5], NOISE)
    for pupil in year7[5:10]:
        telling = Telling(session, pupil)
        telling.alerts(telling.tells(Said("Not safe.", [NOISE])))

    assert by(seen(session, people), "year").heard.total == 5


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_lines_for_the_trusted_adult_and_strengths_do_not_count(
    session: Session, people: People, year7: list[Pupil]
) -> None:
    for pupil in year7[:10]:
        lines = Said("For you.", [MONEY], adult_only=True), Said("Left out.", [BREAKS], left_out=True)
        Telling(session, pupil).tells(*lines, Said("Nice.", ["school.learning"], "going_well"))
    tell(session, year7[:5], NOISE)

    assert set(named(seen(session, people))) == {NOISE}


def test_pupils_and_parents_are_never_counted_together(session: Session, people: People, year7: list[Pupil]) -> None:
    tell(session, year7[:5], NOISE)
    tell(session, year7[5:10], MONEY)
    tell(session, year7[:5], BREAKS, audience="parent")
    tell(session, year7[5:10], MONEY, audience="parent")

    assert set(named(seen(session, people, "pupil"))) == {NOISE, MONEY}
    assert set(named(seen(session, people, "parent"))) == {BREAKS, MONEY}


def test_another_school_is_not_counted(session: Session, people: People, year7: list[Pupil]) -> None:
    tell(session, pupils(session, people.stranger, 10), NOISE)
    tell(session, year7[:5], MONEY)

    found = seen(session, people)

    assert (found.pupils, by(found, "year").heard.total) == (16, 5)


def test_the_figures_move_on_by_five_people(session: Session, people: People, year7: list[Pupil]) -> None:
    tell(session, year7[:5], NOISE)
    before = seen(session, people)

    tell(session, year7[5:9], NOISE)
    assert seen(session, people) == before

    tell(session, year7[9:10], NOISE)
    assert by(seen(session, people), "year").heard.total == 10


def test_where_hardly_anybody_is_missing_it_is_not_told_how_many(
    session: Session, people: People, year7: list[Pupil], year8: list[Pupil]
) -> None:
    tell(session, [*year7[:14], *year8], NOISE)

    found = by(seen(session, people), "year")

    assert found.heard == Shown(None, {("7",): None, ("8",): None})


@pytest.mark.parametrize(("asked", "shown"), [(11, 6), (8, None)])
def test_parents_who_were_asked_and_did_not_answer(
    session: Session, people: People, year7: list[Pupil], asked: int, shown: int | None
) -> None:
    tell(session, year7[:5], NOISE, audience="parent")
    for pupil in year7[5:asked]:
        Telling(session, pupil, "parent", agreed=False, days_ago=1).tells()

    assert seen(session, people, "parent").unanswered == shown


@pytest.mark.parametrize(("read", "days"), [(5, 0.5), (4, None)])
def test_the_days_to_reading_are_the_middle_of_at_least_five(
    session: Session, people: People, year7: list[Pupil], read: int, days: float | None
) -> None:
    for talk in tell(session, year7[:5], NOISE)[:read]:
        assert talk.agreed_at
        talk.read_at = talk.agreed_at + timedelta(hours=12)
        session.add(talk)
    session.commit()

    assert seen(session, people).days_to_reading == days


def test_the_days_to_a_reply_end_with_the_first_answer(session: Session, people: People, year7: list[Pupil]) -> None:
    adult = people.adult.id
    for talk in tell(session, year7[:5], NOISE):
        assert talk.agreed_at
        for days in (3, 9):
            about: dict[str, Any] = {"pupil_id": talk.pupil_id, "conversation_id": talk.id, "audience": "pupil"}
            about |= {
                "kind": "other",
                "owner_id": adult,
                "made_by_id": adult,
                "due_on": now().date(),
                "form_id": new_id(),
            }
            session.add(Promise(**about, answered_at=talk.agreed_at + timedelta(days=days)))
    session.commit()

    assert seen(session, people).days_to_reply == 3


def test_the_number_of_queries_does_not_grow(session: Session, people: People, year7: list[Pupil]) -> None:
    def queries() -> int:
        sent: list[str] = []
        listener = lambda *about: sent.append(about[2])  # noqa: E731
        event.listen(session.get_bind(), "before_cursor_execute", listener)
        seen(session, people)
        event.remove(session.get_bind(), "before_cursor_execute", listener)
        session.expunge_all()
        return len(sent)

    tell(session, year7[:5], NOISE)
    few = queries()
    tell(session, pupils(session, people.adult, 30), MONEY)

    assert queries() == few


def test_the_table_holds_what_is_shown_and_no_more(session: Session, people: People, year7: list[Pupil]) -> None:
    tell(session, year7[:10], NOISE)
    tell(session, year7[:5], MONEY)
    found = seen(session, people)

    rows = list(csv.reader(StringIO(as_csv(found).decode("utf-8-sig"))))[1:]

    shown = {(row[2], row[4]): row[5] for row in rows if row[3] != "language"}
    assert shown == {
        ("pupils", ""): "16",
        ("pupils", "7"): "16",
        ("heard", ""): "10",
        ("heard", "7"): "10",
        ("missing", ""): "6",
        ("missing", "7"): "6",
        (MONEY, ""): "5",
        (MONEY, "7"): "5",
    }
    assert HIDDEN not in shown.values()


def test_a_year_that_would_be_a_formula_is_only_text(session: Session, people: People) -> None:
    pupils(session, people.adult, 9, "=1+1")

    assert b",'=1+1," in as_csv(seen(session, people))


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (date(2026, 9, 1), ["2026-autumn", "2026-summer", "2026-spring", "2025-autumn"]),
        (date(2026, 8, 31), ["2026-summer", "2026-spring", "2025-autumn", "2025-summer"]),
        (date(2026, 1, 1), ["2026-spring", "2025-autumn", "2025-summer", "2025-spring"]),
    ],
)
def test_terms_that_have_begun(today: date, codes: list[str]) -> None:
    assert [term.code for term in begun_by(today)] == codes


def test_terms_share_no_day_and_leave_none_out() -> None:
    terms = begun_by(date(2026, 11, 22))

    assert all(later.begins == earlier.ends for later, earlier in pairwise(terms))
