"""Made-up people with fixed relationships."""

from dataclasses import dataclass

from sqlmodel import Session, select

from api import access
from api.models import AgeBand, Audience, Conversation, Pupil, Role, School, StaffMember
from api.security import hash_password
from api.services.demo.families import add_families
from api.services.people import second_factor
from api.services.talk import conversations, hand_overs, parent_links
from api.services.talk.conversations import Plan

PASSWORD = "demo-password"  # noqa: S105 - of nobody real; production refuses the demo
PIN = "2468"
SECOND_FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # the page that asks for its code fills it in: nobody has the phone
SCHOOL = "Willow Bank School"
ADULT = "adult@demo.example"

STAFF: tuple[tuple[str, str, Role], ...] = (
    ("Sam Okafor", ADULT, "trusted_adult"),
    ("Rosa Lindqvist", "adult2@demo.example", "trusted_adult"),
    ("Imran Shah", "lead@demo.example", "safeguarding_lead"),
    ("Hannah Price", "lead2@demo.example", "safeguarding_lead"),
    ("Grace Attwood", "attendance@demo.example", "attendance_lead"),
    ("Noor Haddad", "office@demo.example", "administrator"),
)
# name, year, age band, language, place of the trusted adult in STAFF
PUPILS: tuple[tuple[str, str, AgeBand, str, int], ...] = (
    ("Alex Doyle", "8", "12-16", "en", 0),
    ("Maja Nowak", "5", "8-11", "pl", 0),
    ("Priya Nair", "8", "12-16", "en", 0),
    ("Callum Reid", "9", "12-16", "en", 0),
    ("Omar Haji", "8", "12-16", "so", 0),
    ("Ruby Clarke", "7", "12-16", "en", 0),
    ("Yusuf Rahman", "9", "12-16", "ar", 1),
    ("Erin Walsh", "2", "5-7", "en", 1),
    ("Zainab Malik", "8", "12-16", "ur", 1),
    ("Tariq Hossain", "8", "12-16", "bn", 1),
    ("Jasleen Gill", "7", "12-16", "pa", 1),
    ("Megan Pryce", "7", "12-16", "cy", 1),
    ("Leo Martin", "9", "12-16", "en", 1),
    ("Ella Baker", "6", "8-11", "en", 1),
    ("Noah Turner", "9", "12-16", "en", 0),
    ("Ana Popescu", "9", "12-16", "ro", 1),
)


@dataclass(frozen=True)
class SignIn:
    email: str
    password: str
    role: Role
    pin: str


@dataclass(frozen=True)
class Demo:
    """What a visitor needs to come in by each of the three doors."""

    school: str
    pupil_code: str
    parent_token: str
    staff_sign_ins: list[SignIn]


def prepare(session: Session, installation_secret: str) -> Demo:
    """Makes the school once; each call gives a fresh code for the tablet and a fresh link for a parent."""
    adult = session.exec(select(StaffMember).where(StaffMember.email == ADULT)).first() or _make_school(session)
    _give_second_factors(session, adult.school_id, installation_secret)
    talk = _untouched(session, adult, "pupil")
    told = _untouched(session, adult, "parent")
    return Demo(
        SCHOOL,
        hand_overs.by_code(session, adult, talk.id),
        parent_links.make(session, adult, told.id),
        [SignIn(email, PASSWORD, role, PIN) for _, email, role in STAFF],
    )


def _give_second_factors(session: Session, school_id: int, installation_secret: str) -> None:
    """Also again, where they were sealed with another secret."""
    for staff in session.exec(select(StaffMember).where(StaffMember.school_id == school_id)).all():
        lacks = second_factor.demo_code(session, staff, installation_secret) is None
        if second_factor.is_required_of(staff) and lacks:
            second_factor.enrol(session, staff, SECOND_FACTOR, installation_secret)
    session.commit()


def _untouched(session: Session, adult: StaffMember, audience: Audience) -> Conversation:
    """A conversation that nobody has begun, so that repeated starts do not pile them up."""
    mine = [pupil for pupil in access.pupils_of(session, adult) if pupil.trusted_adult_id == adult.id]
    for conversation in access.conversations_about(session, adult, mine[0].id):
        if conversation.state == "new" and conversation.audience == audience:
            return conversation
    present, place = (adult.name, "Library") if audience == "pupil" else ("", "")
    return conversations.start(
        session, adult, mine[0].id, Plan(audience, mine[0].language, present=present, place=place)
    )


def _make_school(session: Session) -> StaffMember:
    """Returns the adult whom the first two pupils trust."""
    school = School(name=SCHOOL, country="GB-ENG", is_demo=True)
    session.add(school)
    session.flush()
    password_hash, pin_hash = hash_password(PASSWORD), hash_password(PIN)
    staff = [
        StaffMember(
            school_id=school.id, name=name, email=email, password_hash=password_hash, pin_hash=pin_hash, role=role
        )
        for name, email, role in STAFF
    ]
    session.add_all(staff)
    session.flush()
    pupils = [
        Pupil(
            school_id=school.id,
            name=name,
            year=year,
            age_band=band,
            language=language,
            trusted_adult_id=staff[adult].id,
        )
        for name, year, band, language, adult in PUPILS
    ]
    session.add_all(pupils)
    session.flush()
    add_families(session, pupils)
    session.commit()
    return staff[0]
