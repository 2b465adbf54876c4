"""The demo school gets its past: every conversation of told.yml, as if it had been held on its day."""

from datetime import timedelta

from sqlmodel import Session, select

from api import access
from api.database import Database
from api.models import Pupil, StaffMember, told_ago
from api.services.catalog import Taxonomy
from api.services.demo.deeds import Deeds
from api.services.demo.school import ADULT
from api.services.demo.telling import Script, Teller, read_scripts
from api.services.talk import conversations
from api.services.talk.conversations import Plan
from api.services.talk.turns import Turns


async def tell_the_past(database: Database, turns: Turns, taxonomy: Taxonomy) -> int:
    """How many conversations were told. A pupil of whom anything was told before is left as they are, so that it can be
    broken off and gone on with.
    """
    teller, told = Teller(database, turns), 0
    for name, scripts in read_scripts().items():
        with database.reading() as session:
            pupil, adult = _people(session, name)
            if _has_spoken(session, adult, pupil):
                continue
        for script in scripts:
            with told_ago(timedelta(days=script.days_ago)):
                conversation_id = _start(database, adult, pupil, script)
                await teller.tell(conversation_id, script)
            Deeds(database, taxonomy, adult, conversation_id, script).do()
            told += 1
    return told


def _people(session: Session, name: str) -> tuple[Pupil, StaffMember]:
    """Of the demo school, the pupil and the adult whom they trust."""
    school_id = session.exec(select(StaffMember.school_id).where(StaffMember.email == ADULT)).one()
    pupil = session.exec(select(Pupil).where(Pupil.school_id == school_id).where(Pupil.name == name)).one()
    return pupil, session.get_one(StaffMember, pupil.trusted_adult_id)


def _has_spoken(session: Session, adult: StaffMember, pupil: Pupil) -> bool:
    return any(each.state != "new" for each in access.conversations_about(session, adult, pupil.id))


def _start(database: Database, adult: StaffMember, pupil: Pupil, script: Script) -> str:
    present, place = (adult.name, "Library") if script.audience == "pupil" else ("", "")
    with database.writing() as session:
        carer = _carer(session, pupil, script.relation) if script.audience == "parent" else None
        plan = Plan(script.audience, script.language, script.guide, None, present, place, script.relation, carer)
        return conversations.start(session, adult, pupil.id, plan).id


def _carer(session: Session, pupil: Pupil, relation: str) -> int | None:
    return next((each.id for each in access.carers_of(session, pupil.id) if each.relation == relation), None)
