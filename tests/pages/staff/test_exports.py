"""Files of a conversation: for whom, in which language, and never without a trace."""

from collections.abc import Callable

from sqlmodel import col, select

from api.database import Database
from api.models import AuditEntry, StaffMember
from api.security import new_id
from tests.api.people import People
from tests.pages.staff.drivers import AtDesk, OnTablet, Started

SitsDown = Callable[[StaffMember], AtDesk]
FILES = ("summary.pdf", "summary.docx", "summary.json", "record.pdf", "record.docx", "copy.pdf", "copy.docx")
BEGINS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "json": b"{"}


def exported(database: Database) -> list[tuple[str, object]]:
    with database.reading() as session:
        found = session.exec(
            select(AuditEntry).where(col(AuditEntry.act).endswith("_exported")).order_by(col(AuditEntry.id))
        )
        return [(entry.act, entry.details["format"]) for entry in found]


def test_every_file_is_saved_under_a_name_that_names_nobody_and_is_noted(
    adult: AtDesk, started: Started, tablet: OnTablet, database: Database, people: People
) -> None:
    tablet.says("The noise.")
    for file in FILES:
        answer = adult.asks(f"/staff/conversations/{started.conversation}/{file}")

        what, form = file.split(".")
        assert answer.status_code == 200, file
        assert answer.content.startswith(BEGINS[form])
        named = answer.headers["content-disposition"]
        assert named.startswith(f'attachment; filename="{what}-20')
        assert named.isascii()
        assert people.pupil.name not in named
        assert answer.headers["cache-control"] == "no-store"
        assert exported(database)[-1] == (f"{what}_exported", form)


def test_who_may_not_read_saves_nothing(
    sits_down: SitsDown, people: People, adult: AtDesk, started: Started, tablet: OnTablet, database: Database
) -> None:
    tablet.says("The noise.")
    for who in (people.stranger, people.colleague, people.attendance):
        desk = sits_down(who)
        assert {desk.asks(f"/staff/conversations/{started.conversation}/{file}").status_code for file in FILES} == {404}
    assert exported(database) == []


def test_a_file_of_a_withdrawn_conversation_is_gone(adult: AtDesk, started: Started, tablet: OnTablet) -> None:
    tablet.says("The noise.")
    address = f"/staff/conversations/{started.conversation}"
    assert adult.asks(f"{address}/record.pdf").status_code == 200

    adult.posts(f"{address}/withdraw", asked_by="speaker", form_id=new_id())

    assert {adult.asks(f"{address}/{file}").status_code for file in FILES} == {410}


def test_files_are_in_a_language_on_offer_and_of_a_known_kind(adult: AtDesk, started: Started) -> None:
    address = f"/staff/conversations/{started.conversation}"

    assert adult.asks(f"{address}/summary.docx").headers["content-language"] == "en"
    assert adult.asks(f"{address}/summary.docx?language=xx").status_code == 422
    for file in ("summary.exe", "record.json", "summary.", "chronology.pdf"):
        assert adult.asks(f"{address}/{file}").status_code == 404


def test_the_pages_of_a_conversation_offer_its_files(adult: AtDesk, started: Started) -> None:
    page = adult.sees(f"/staff/conversations/{started.conversation}")

    buttons = [each["formaction"] for each in page.find("button") if "formaction" in each.attributes]
    assert set(FILES) <= {address.rsplit("/", 1)[-1] for address in (*buttons, *page.links())}
