"""What an adult expected to hear is theirs and the supervising lead's, and was written before they read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from api import access
from api.database import Database
from api.errors import NotFound
from api.models import StaffMember
from api.services.catalog import Taxonomy
from api.services.review import expectations, reviewing, summaries
from api.services.review.expectations import Compared
from tests.api.people import People
from tests.api.spoken import Line, spoken

TAXONOMY = Taxonomy.read(Path("bot/data/interview/taxonomy.yml"))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def said(session: Session, people: People) -> str:
    return spoken(session, people.pupil, Line("A.", ["school.rules"]), Line("B.", ["people.friends", "sad"]))


def expect(session: Session, staff: StaffMember, said: str, *codes: str, words: str = "It is about home.") -> None:
    expectations.expect(session, staff, said, words, codes, TAXONOMY)


def compared(session: Session, staff: StaffMember, said: str) -> list[Compared]:
    opened = access.conversation_for_staff(session, staff, said)
    return expectations.compared(session, staff, opened, summaries.view(session, opened, TAXONOMY), TAXONOMY)


def test_what_was_expected_stands_beside_what_was_said(session: Session, people: People, said: str) -> None:
    expect(session, people.adult, said, "home.loss", "school.rules")

    (found,) = compared(session, people.adult, said)

    assert (found.both, found.not_said, found.not_expected) == (["school.rules"], ["home.loss"], ["people.friends"])
    assert found.words == "It is about home."


def test_only_the_lead_sees_what_another_expected(session: Session, people: People, said: str) -> None:
    expect(session, people.adult, said, "home.loss")
    reviewing.assign(session, people.adult, said, people.colleague.id)

    assert [each.by for each in compared(session, people.lead, said)] == ["adult"]
    assert compared(session, people.colleague, said) == []


def test_after_reading_nothing_is_expected_any_more(session: Session, people: People, said: str) -> None:
    reviewing.open_summary(session, people.adult, said)

    expect(session, people.adult, said, "home.loss")

    assert compared(session, people.adult, said) == []


def test_what_was_expected_cannot_be_changed(session: Session, people: People, said: str) -> None:
    expect(session, people.adult, said, "home.loss")
    expect(session, people.adult, said, "school.rules")

    assert [each.not_said for each in compared(session, people.adult, said)] == [["home.loss"]]


def test_codes_that_are_no_factors_are_left_out(session: Session, people: People, said: str) -> None:
    expect(session, people.adult, said, "neglect", "sad", "no such code", "home.loss")

    assert [each.not_said for each in compared(session, people.adult, said)] == [["home.loss"]]


@pytest.mark.parametrize("who", ["colleague", "attendance", "office", "stranger"])
def test_who_may_not_read_expects_nothing(session: Session, people: People, said: str, who: str) -> None:
    with pytest.raises(NotFound):
        expect(session, getattr(people, who), said, "home.loss")
