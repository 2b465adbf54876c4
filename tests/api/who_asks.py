"""A school in which something could leak, and everybody who might ask for it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlmodel import Session

from api import access
from api.access import Opened
from api.errors import NotFound, Refusal
from api.models import Alert, Conversation, ParentLink, Pupil, Review, StaffMember, now
from api.services.catalog import Taxonomy
from api.services.review import summaries
from api.services.talk import transcript
from tests.api.people import People
from tests.api.speaker import Services, Speaker

PLAIN, FOR_THE_ADULT, TAKEN_BACK = "The bus.", "Only for Sam.", "Forget this."
TAXONOMY = Taxonomy(("school",), {}, {})
EVERYBODY = ("adult", "colleague", "assigned", "attendance", "lead", "deputy", "office", "stranger")


@dataclass(frozen=True)
class Asked:
    """What everybody asks for: one conversation, its pupil, a link and an alert."""

    pupil_id: int
    conversation_id: str
    link_id: int | None = None
    alert_id: int | None = None


def one_asks(people: People, assigned: StaffMember, who: str) -> StaffMember:
    asking: StaffMember = assigned if who == "assigned" else getattr(people, who)
    return asking


def assign(services: Services, people: People, conversation_id: str) -> StaffMember:
    """A colleague to whom the conversation was given to review."""
    with services.database.writing() as session:
        reviewer = StaffMember(
            school_id=people.adult.school_id, name="Reviewer", email="reviewer@school.test", role="trusted_adult"
        )
        session.add(reviewer)
        session.flush()
        session.add(Review(conversation_id=conversation_id, assigned_to_id=reviewer.id, assigned_at=now()))
        session.commit()
        return reviewer


def agree(services: Services, conversation_id: str) -> None:
    with services.database.writing() as session:
        conversation = session.get_one(Conversation, conversation_id)
        conversation.agreed_at = now()
        session.commit()


async def tell_with_lines_kept_back(speaker: Speaker) -> None:
    await speaker.says(PLAIN)
    kept = await speaker.says(FOR_THE_ADULT)
    taken = await speaker.says(TAKEN_BACK)
    await speaker.chooses("readback:adult_only", target=speaker.line(kept, FOR_THE_ADULT))
    await speaker.leaves_out(taken, TAKEN_BACK)


def opens(way: Callable[[Session, StaffMember, str], object], session: Session, staff: StaffMember, it: Asked) -> bool:
    return found(partial(way, session, staff, it.conversation_id))


def found(look: Callable[[], object]) -> bool:
    try:
        look()
    except NotFound:
        return False
    except Refusal as refusal:
        raise AssertionError from refusal
    return True


THINGS: dict[str, Callable[[Session, StaffMember, Asked], bool]] = {
    "list": lambda session, staff, it: it.pupil_id in {pupil.id for pupil in access.pupils_of(session, staff)},
    "pupil": lambda session, staff, it: found(lambda: access.pupil_for(session, staff, it.pupil_id)),
    "transcript": partial(opens, access.conversation_for_staff),
    "summary": partial(opens, access.summary_for_staff),
    "summaries": lambda session, staff, it: (
        it.conversation_id in {each.id for each in access.summaries_about(session, staff, it.pupil_id)}
    ),
    "conversations": lambda session, staff, _: bool(access.standings_readable_by(session, staff, now())),
    "when something was said": lambda session, staff, _: any(
        each.last_said for each in access.standings_readable_by(session, staff, now())
    ),
    "hand-over": partial(opens, access.conversation_held_by),
    "link": lambda session, staff, it: found(lambda: access.link_for_staff(session, staff, it.link_id or 0)),
    "withdrawal": partial(opens, access.conversation_to_withdraw),
    "alert": lambda session, staff, it: found(lambda: access.alert_for_staff(session, staff, it.alert_id or 0)),
    "alerts": lambda session, staff, _: bool(access.alerts_for(session, staff)),
    "alerts unread": lambda session, staff, _: bool(access.alerts_unread_by(session, staff)),
    "count of alerts": lambda session, staff, _: access.count_alerts_for(session, staff) != 0,
}


def quoted(session: Session, opened: Opened) -> str:
    return str(summaries.view(session, opened, TAXONOMY))


def written_out(session: Session, opened: Opened) -> str:
    return str(transcript.page(session, opened))


def add_link(services: Services, conversation_id: str) -> int:
    with services.database.writing() as session:
        link = ParentLink(conversation_id=conversation_id, token_hash="of nothing", expires_at=now())
        session.add(link)
        session.commit()
        return link.id


def add_alert(services: Services, people: People, conversation_id: str, kept_from: StaffMember | None = None) -> int:
    with services.database.writing() as session:
        pupil = session.get_one(Pupil, people.pupil.id)
        alert = Alert(
            school_id=pupil.school_id,
            conversation_id=conversation_id,
            pupil_id=pupil.id,
            pupil_name=pupil.name,
            pupil_year=pupil.year,
            audience="pupil",
            codes=["physical_abuse"],
            spans=[],
            words="Secret words.",
            language="en",
            adult_id=pupil.trusted_adult_id,
            kept_from_id=kept_from.id if kept_from else None,
            said_at=now(),
        )
        session.add(alert)
        session.commit()
        return alert.id
