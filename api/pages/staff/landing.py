"""Where each role begins."""

from api.models import Role

LANDING: dict[Role, str] = {
    "trusted_adult": "/staff/inbox",
    "safeguarding_lead": "/staff/inbox",
    "attendance_lead": "/staff/today",
    "administrator": "/staff/people",
}


def landing(role: Role) -> str:
    return LANDING[role]
