"""The first school of an installation, from the browser: whoever can read the machine's output holds the code."""

import hashlib
import hmac
import logging
from base64 import b32encode
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from api import access
from api.database import Database
from api.errors import NotFound, Unfit, WrongCode
from api.security import hash_password
from api.services.people import attempts, staffing
from api.services.people.chosen_secrets import check_password, check_pin

log = logging.getLogger(__name__)

DOOR = "set-up"
CODE_LETTERS, GROUP = 16, 4  # eighty bits


@dataclass(frozen=True)
class First:
    """What the first administrator fills in."""

    school: str
    country: str
    name: str
    email: str
    password: str
    pin: str


def code(secret: str) -> str:
    """Follows from the installation's secret, so nothing has to be kept; opens nothing once there is a school."""
    digest = hmac.new(secret.encode(), b"pupil-voice set-up code", hashlib.sha256).digest()
    letters = b32encode(digest).decode()[:CODE_LETTERS]
    return "-".join(letters[start : start + GROUP] for start in range(0, CODE_LETTERS, GROUP))


def announce(database: Database, secret: str, public_url: str) -> None:
    """At start, to who reads the server's output: while there is no school, where to go and with which code."""
    try:
        with database.reading() as session:
            waits = not access.any_school(session)
    except SQLAlchemyError:  # not migrated yet, or not there: /health says so
        return
    if waits:
        log.warning("No school yet. Open %s/staff/set-up and give this code: %s", public_url.rstrip("/"), code(secret))


def set_up(session: Session, secret: str, given_code: str, address: str, first: First) -> None:
    """NotFound once there is a school; WrongCode, TooManyAttempts; Unfit as `found` says."""
    if access.any_school(session):
        raise NotFound
    tallies = attempts.from_address(DOOR, address), attempts.from_anywhere(DOOR)
    attempts.spend(session, *tallies)
    if not hmac.compare_digest(_letters(given_code), _letters(code(secret))):
        raise WrongCode
    attempts.forget(session, *tallies)
    session.commit()
    found(session, first, only=True)


def found(session: Session, first: First, *, only: bool = False) -> None:
    """`only`: NotFound if somebody else was faster. Unfit: "school", "name", "email", and see chosen_secrets."""
    school = " ".join(first.school.split())
    if not school or len(school) > staffing.LONGEST_NAME:
        raise Unfit("school")
    name, email = staffing.check_name(first.name), staffing.check_email(first.email)
    check_password(first.password, name, email)
    check_pin(first.pin)
    hashes = hash_password(first.password), hash_password(first.pin)
    access.hold_schools(session)
    if only and access.any_school(session):
        raise NotFound
    staffing.found_school(session, school, first.country, name, email, *hashes)


def _letters(code: str) -> bytes:
    return "".join(letter for letter in code.upper() if letter.isalnum()).encode()
