"""The nouns. No relationships: words are reached through api.access only, never by following an attribute."""

from api.models.alert import Alert, AlertAcknowledgement
from api.models.attempt import Attempt
from api.models.conversation import Audience, Conversation, InterviewState
from api.models.hand_over import HandOver
from api.models.parent_link import ParentLink
from api.models.pupil import AgeBand, Pupil
from api.models.record import Record, now
from api.models.school import School
from api.models.shown import MessageKind, Shown
from api.models.staff_member import Role, StaffMember, StaffSession
from api.models.summary import Summary
from api.models.turn import Turn, TurnKind, TurnState

__all__ = [
    "AgeBand",
    "Alert",
    "AlertAcknowledgement",
    "Attempt",
    "Audience",
    "Conversation",
    "HandOver",
    "InterviewState",
    "MessageKind",
    "ParentLink",
    "Pupil",
    "Record",
    "Role",
    "School",
    "Shown",
    "StaffMember",
    "StaffSession",
    "Summary",
    "Turn",
    "TurnKind",
    "TurnState",
    "now",
]
