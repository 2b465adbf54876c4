"""The second thing that a person has to hold besides the password: an app that makes codes, or a recovery code."""

import hmac
import secrets
import time
from dataclasses import dataclass

import pyotp
import segno
from sqlmodel import Session, col, delete, or_, select, update

from api.errors import NotFound, WrongSecondFactor
from api.models import RecoveryCode, Role, School, StaffMember, StaffSession, now
from api.security import seal, unseal
from api.services import audit
from api.services.people import attempts

# those who see alerts or decide who may see what cannot do without
REQUIRED_OF: frozenset[Role] = frozenset({"safeguarding_lead", "administrator"})
MAY_RESET: frozenset[Role] = frozenset({"safeguarding_lead", "administrator"})
ISSUER = "Pupil Voice"
STEP_SECONDS = 30
DRIFT = 1  # steps that a phone's clock may be off, either way
RECOVERY_CODES = 10
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
RECOVERY_LENGTH = 12


@dataclass(frozen=True)
class Candidate:
    """A secret that is offered for setting up; it counts once a code made from it came back."""

    secret: str
    sealed: str  # travels in the form, so that nothing is stored before it counts
    drawing: str  # QR code as SVG

    @property
    def grouped(self) -> str:
        """For typing by hand."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


def is_required_of(staff: StaffMember) -> bool:
    return staff.role in REQUIRED_OF


def is_asked_of(staff: StaffMember) -> bool:
    return is_required_of(staff) or staff.totp_secret is not None


def offer(staff: StaffMember, installation_secret: str, sealed: str = "") -> Candidate:
    """A new one, or again the one that `sealed` holds, when its code was mistyped."""
    secret = _opened_for(staff, sealed, installation_secret) or pyotp.random_base32()
    address = pyotp.TOTP(secret).provisioning_uri(name=staff.email, issuer_name=ISSUER)
    drawing = segno.make(address, micro=False).svg_inline(scale=4, border=4)
    return Candidate(secret, seal(f"{staff.id} {secret}", installation_secret), drawing)


def set_up(
    session: Session, staff: StaffMember, sealed: str, typed: str, installation_secret: str, address: str
) -> list[str]:
    """The recovery codes. Raises WrongSecondFactor; NotFound where there is one already, which has to go first: a
    session for which only the password was right must not put another in its place. The caller commits.
    """
    who = _tallies(staff, address)
    attempts.spend(session, *who)
    stored = session.get_one(StaffMember, staff.id, populate_existing=True)
    if stored.totp_secret:
        raise NotFound
    secret = _opened_for(staff, sealed, installation_secret)
    step = _step_of(secret, _plain(typed)) if secret else None
    if secret is None or step is None:
        raise WrongSecondFactor
    attempts.forget(session, *who)
    codes = enrol(session, stored, secret, installation_secret)
    stored.totp_step = step
    audit.record(session, staff, "second_factor_set", "staff", staff.id)
    return codes


def enrol(session: Session, staff: StaffMember, secret: str, installation_secret: str) -> list[str]:
    """Makes `secret` (base32) the second factor and returns fresh recovery codes. The caller commits."""
    staff.totp_secret = seal(secret, installation_secret)
    staff.totp_step = None
    session.add(staff)
    return new_recovery_codes(session, staff, installation_secret)


def new_recovery_codes(session: Session, staff: StaffMember, installation_secret: str) -> list[str]:
    """The older ones stop working. The caller commits."""
    _drop_recovery_codes(session, staff)
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    hashes = [_fingerprint(staff, _plain(code), installation_secret) for code in codes]
    session.add_all(RecoveryCode(staff_id=staff.id, code_hash=code_hash) for code_hash in hashes)
    return codes


def recovery_codes_left(session: Session, staff: StaffMember) -> int:
    unused = select(RecoveryCode.id).where(RecoveryCode.staff_id == staff.id).where(col(RecoveryCode.used_at).is_(None))
    return len(session.exec(unused).all())


def check(session: Session, staff: StaffMember, typed: str, installation_secret: str, address: str) -> str:
    """Uses up a code, and says of which kind it was: "code" or "recovery_code". The caller commits.

    Raises WrongSecondFactor, TooManyAttempts.
    """
    who = _tallies(staff, address)
    attempts.spend(session, *who)
    plain = _plain(typed)
    if _uses_code(session, staff, plain, installation_secret):
        kind = "code"
    elif _uses_recovery_code(session, staff, plain, installation_secret):
        kind = "recovery_code"
    else:
        raise WrongSecondFactor
    attempts.forget(session, *who)
    return kind


def take_off(session: Session, staff: StaffMember) -> None:
    """By its owner, whose role does not require it. The caller commits."""
    if is_required_of(staff):
        raise NotFound
    _take_off(session, session.get_one(StaffMember, staff.id))
    audit.record(session, staff, "second_factor_removed", "staff", staff.id)


def forget_second_factor(session: Session, by: StaffMember, staff: StaffMember) -> None:
    """For a colleague who lost the phone and the recovery codes: they sign in by password and, where it is required,
    set up a new one. Their sessions end. The caller commits. NotFound for whoever may not do that, across schools, and
    for one's own: whoever finds an open computer must not take the owner's away.
    """
    if by.role not in MAY_RESET or by.school_id != staff.school_id or by.id == staff.id:
        raise NotFound
    _take_off(session, session.get_one(StaffMember, staff.id))
    session.exec(delete(StaffSession).where(col(StaffSession.staff_id) == staff.id))
    audit.record(session, by, "second_factor_reset", "staff", staff.id)


def demo_code(session: Session, staff: StaffMember, installation_secret: str) -> str | None:
    """The code of now, for a member of a demo school only: whoever looks around has no phone with its secret."""
    if not session.get_one(School, staff.school_id).is_demo or staff.totp_secret is None:
        return None
    secret = unseal(staff.totp_secret, installation_secret)
    return pyotp.TOTP(secret).now() if secret else None


def _tallies(staff: StaffMember, address: str) -> tuple[attempts.Tally, attempts.Tally]:
    return attempts.Tally(f"second factor of {staff.id}"), attempts.from_address("second factor", address)


def _uses_code(session: Session, staff: StaffMember, plain: str, installation_secret: str) -> bool:
    secret = unseal(staff.totp_secret, installation_secret) if staff.totp_secret else None
    step = _step_of(secret, plain) if secret else None
    return step is not None and (_claim(session, staff, step) or session.get_one(School, staff.school_id).is_demo)


def _step_of(secret: str, plain: str) -> int | None:
    """Which step made the code. All are compared, so that the answer takes as long for each."""
    current = int(time.time()) // STEP_SECONDS
    codes = {step: pyotp.TOTP(secret).generate_otp(step) for step in range(current - DRIFT, current + DRIFT + 1)}
    matching = [step for step, code in codes.items() if hmac.compare_digest(code.encode(), plain.encode())]
    return max(matching, default=None)


def _claim(session: Session, staff: StaffMember, step: int) -> bool:
    """A code that was seen over a shoulder must not work again, nor one from before it."""
    claimed = session.exec(
        update(StaffMember)
        .where(col(StaffMember.id) == staff.id)
        .where(or_(col(StaffMember.totp_step).is_(None), col(StaffMember.totp_step) < step))
        .values(totp_step=step)
    )
    return claimed.rowcount == 1


def _uses_recovery_code(session: Session, staff: StaffMember, plain: str, installation_secret: str) -> bool:
    used = session.exec(
        update(RecoveryCode)
        .where(col(RecoveryCode.staff_id) == staff.id)
        .where(col(RecoveryCode.code_hash) == _fingerprint(staff, plain, installation_secret))
        .where(col(RecoveryCode.used_at).is_(None))
        .values(used_at=now())
    )
    return used.rowcount == 1


def _take_off(session: Session, staff: StaffMember) -> None:
    staff.totp_secret = staff.totp_step = None
    session.add(staff)
    _drop_recovery_codes(session, staff)


def _drop_recovery_codes(session: Session, staff: StaffMember) -> None:
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.staff_id) == staff.id))


def _recovery_code() -> str:
    letters = "".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, RECOVERY_LENGTH, 4))


def _fingerprint(staff: StaffMember, plain: str, installation_secret: str) -> str:
    """Keyed: a copy of the database alone must not be enough to try out codes."""
    return hmac.digest(installation_secret.encode(), f"recovery {staff.id} {plain}".encode(), "sha256").hex()


def _plain(typed: str) -> str:
    return "".join(letter for letter in typed.lower() if letter.isalnum())


def _opened_for(staff: StaffMember, sealed: str, installation_secret: str) -> str | None:
    """A form that was offered to somebody else is none."""
    owner, _, secret = (unseal(sealed, installation_secret) or "").partition(" ")
    return secret if owner == str(staff.id) else None
