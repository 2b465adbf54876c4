"""Pupils on and off the roll. Administrators handle names, never words."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api import access
from api.errors import Unfit
from api.models import AgeBand, Pupil, School, StaffMember
from api.services import audit
from api.services.people import staffing

BANDS: tuple[AgeBand, ...] = ("5-7", "8-11", "12-16")
LONGEST_YEAR = 20
# what schools write before the number or letter of a year
YEAR_WORDS = ("year", "yr", "y")


@dataclass(frozen=True)
class About:
    """What is known of one pupil; `adult_id` of the adult they trust."""

    name: str
    year: str
    age_band: AgeBand
    language: str
    adult_id: int


def age_band_of(year: str, country: str) -> AgeBand | None:
    """By the year's name in the school's country (a key of signposts.yml); None where it does not tell."""
    name = _bare(year)
    if name in ("n", "nursery", "r", "reception"):
        return "5-7"
    stage, number = (name[0], name[1:]) if name[:1] in ("p", "s") else ("", name)
    if not (number.isascii() and number.isdecimal()) or not 1 <= int(number) <= 14:
        return None
    if stage == "s":
        return "12-16"
    # primary begins one year earlier there: Primary 4 and Year 4 are eight years old
    first_of_eight = 4 if stage == "p" or country in ("GB-NIR", "GB-SCT") else 3
    return "5-7" if int(number) < first_of_eight else "8-11" if int(number) < first_of_eight + 4 else "12-16"


def checked(
    session: Session,
    by: StaffMember,
    offered: Collection[str],
    name: str,
    year: str,
    band: str,
    language: str,
    adult: int,
) -> About:
    """Unfit: "name", "year", "age_band", "language" or "adult". An empty band is that of the year."""
    country = session.get_one(School, by.school_id).country
    year = check_year(year)
    found_band = next((each for each in BANDS if each == band), None) if band else age_band_of(year, country)
    if found_band is None:
        raise Unfit("age_band")
    if language not in offered:
        raise Unfit("language")
    if adult not in {each.id for each in adults_of(session, by)}:
        raise Unfit("adult")
    return About(staffing.check_name(name), year, found_band, language, adult)


def check_year(given: str) -> str:
    year = " ".join(given.split())
    if not year or len(year) > LONGEST_YEAR:
        raise Unfit("year")
    return year


def adults_of(session: Session, by: StaffMember) -> list[StaffMember]:
    """Who can be trusted by a pupil: those who may read words."""
    return access.present_in_role(session, by.school_id, *staffing.MAY_BE_TRUSTED)


def add(session: Session, by: StaffMember, about: About, form_id: str, *, twin: bool = False) -> int:
    """The pupil's id; the same for a form that is sent again. `twin`: another of the same name and year is meant.

    Unfit: "on_the_roll".
    """
    access.hold_school(session, by.school_id)
    before = access.entry_of_form(session, by.school_id, "pupil_added", form_id)
    if before:
        return int(before.about_id)
    known = (about.name.casefold(), about.year.casefold())
    if not twin and known in access.names_on_roll(session, by.school_id):
        raise Unfit("on_the_roll")
    pupil = put_on_roll(session, by, about)
    audit.record(session, by, "pupil_added", "pupil", pupil.id, pupil_id=pupil.id, form=form_id)
    session.commit()
    return pupil.id


def put_on_roll(session: Session, by: StaffMember, about: About) -> Pupil:
    """The caller records it and commits."""
    unused = access.unused_pupil_id(session)
    pupil = Pupil(
        **({"id": unused} if unused else {}),
        school_id=by.school_id,
        name=about.name,
        year=about.year,
        age_band=about.age_band,
        language=about.language,
        trusted_adult_id=about.adult_id,
    )
    session.add(pupil)
    session.flush()
    return pupil


def change(session: Session, by: StaffMember, pupil_id: int, about: About) -> None:
    """The trail says which fields were changed, and never from what to what but for the trusted adult."""
    pupil = access.pupil_for(session, by, pupil_id)
    wanted = {
        "name": about.name,
        "year": about.year,
        "age_band": about.age_band,
        "language": about.language,
        "trusted_adult_id": about.adult_id,
    }
    changed = [field for field, value in wanted.items() if getattr(pupil, field) != value]
    if not changed:
        return
    details: dict[str, Any] = {"fields": changed}
    if "trusted_adult_id" in changed:
        details |= {"adult_before": pupil.trusted_adult_id, "adult_after": about.adult_id}
    for field in changed:
        setattr(pupil, field, wanted[field])
    session.add(pupil)
    if "adult_before" in details:
        access.hand_on_contacts(session, session.get_one(StaffMember, details["adult_before"]), pupil)
    audit.record(session, by, "pupil_changed", "pupil", pupil.id, pupil_id=pupil.id, **details)
    session.commit()


def erase(session: Session, by: StaffMember, pupil_id: int, typed_name: str) -> None:
    """The pupil and every word by or about them; records of alerts stay. `session` must see all of the school.

    Unfit: "typed_name"; "unscreened" while a message waits to be looked at for safety.
    """
    pupil = access.pupil_for(session, by, pupil_id)
    if " ".join(typed_name.split()).casefold() != " ".join(pupil.name.split()).casefold():
        raise Unfit("typed_name")
    if access.messages_unscreened(session, pupil):
        raise Unfit("unscreened")
    access.erase_pupil(session, pupil)
    audit.record(session, by, "pupil_erased", "pupil", pupil_id, pupil_id=pupil_id)
    session.commit()


def _bare(year: str) -> str:
    name = "".join(year.casefold().split())
    for word in YEAR_WORDS:
        if name.startswith(word) and name[len(word) :].isdecimal():
            return name[len(word) :]
    return name.replace("primary", "p").replace("secondary", "s")
