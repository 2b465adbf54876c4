"""What a member of staff holds besides the password."""

import time
from dataclasses import dataclass

import pyotp
from sqlmodel import Session

from api.models import StaffMember
from api.services.people import second_factor

INSTALLATION = "a secret of the tests' installation"


@dataclass(frozen=True)
class Phone:
    secret: str
    recovery_codes: list[str]

    def code(self, steps: int = 0) -> str:
        """Of now, or of so many half minutes later."""
        return pyotp.TOTP(self.secret).generate_otp(int(time.time()) // 30 + steps)


def give_phone(session: Session, staff: StaffMember, installation: str = INSTALLATION) -> Phone:
    secret = pyotp.random_base32()
    stored = session.get_one(StaffMember, staff.id)
    codes = second_factor.enrol(session, stored, secret, installation)
    session.commit()
    return Phone(secret, codes)
