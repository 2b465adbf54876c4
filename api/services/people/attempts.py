"""Slows down whoever guesses passwords, codes and PINs: after some free tries each wait is twice the last."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select

from api.errors import TooManyAttempts
from api.models import Attempt, now
from api.security import hash_token

FREE = 5
FREE_FOR_AN_ADDRESS = 20  # all of a school may share one: a pupil's guesses must not keep out the staff
FREE_FOR_EVERYBODY = 100  # a guesser with many addresses is still one guesser
LONGEST_WAIT = timedelta(minutes=15)


@dataclass(frozen=True)
class Tally:
    """Who guesses, or what is guessed, and how often before it costs time."""

    name: str
    free: int = FREE


def from_address(door: str, address: str) -> Tally:
    return Tally(f"{door} from {address}", FREE_FOR_AN_ADDRESS)


def from_anywhere(door: str) -> Tally:
    return Tally(f"{door} from anywhere", FREE_FOR_EVERYBODY)


def spend(session: Session, *tallies: Tally) -> None:
    """Counts a guess before anybody looks whether it is right, so that many at one moment are not all free."""
    wait = max((_wait(session, tally) for tally in tallies), default=timedelta())
    if wait > timedelta():
        raise TooManyAttempts(int(wait.total_seconds()) + 1)
    session.add_all(Attempt(who_hash=hash_token(tally.name)) for tally in tallies)
    session.exec(delete(Attempt).where(col(Attempt.at) < now() - LONGEST_WAIT))
    session.commit()


def forget(session: Session, *tallies: Tally) -> None:
    """After a success; the caller commits."""
    session.exec(delete(Attempt).where(col(Attempt.who_hash).in_([hash_token(tally.name) for tally in tallies])))


def forget_one(session: Session, tally: Tally) -> None:
    """After a success, of a tally that holds other people's failures too; the caller commits."""
    newest = select(func.max(Attempt.id)).where(Attempt.who_hash == hash_token(tally.name)).scalar_subquery()
    session.exec(delete(Attempt).where(col(Attempt.id) == newest))


def _wait(session: Session, tally: Tally) -> timedelta:
    recent = (
        select(func.count(col(Attempt.id)), func.max(Attempt.at))
        .where(Attempt.who_hash == hash_token(tally.name))
        .where(Attempt.at > now() - LONGEST_WAIT)
    )
    count, last = session.exec(recent).one()
    if count <= tally.free or not isinstance(last, datetime):
        return timedelta()
    return min(timedelta(seconds=2 ** min(count - tally.free, 10)), LONGEST_WAIT) - (now() - last)
