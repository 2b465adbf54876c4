"""The nouns. No relationships: words are reached through api.access only, never by following an attribute."""

from api.models.alert import Alert, AlertAcknowledgement, AlertStep, StepKind
from api.models.attempt import Attempt
from api.models.audit_entry import AuditEntry
from api.models.conversation import Audience, Conversation, InterviewState
from api.models.hand_over import HandOver
from api.models.mail import Mail
from api.models.parent_link import ParentLink
from api.models.promise import Outcome, Promise
from api.models.pupil import AgeBand, Pupil
from api.models.record import Record, now, told_ago
from api.models.review import AdultView, Expectation, LastReading, Review, ReviewNote, TagReview, Verdict
from api.models.school import School, SchoolClosure
from api.models.shown import MessageKind, Shown
from api.models.staff_member import Invitation, ProviderIdentity, RecoveryCode, Role, StaffMember, StaffSession
from api.models.summary import Summary
from api.models.turn import Turn, TurnKind, TurnState

# what somebody said or wrote: selected in api.access only, and walled by migration 0006
WORDS: tuple[type[Record], ...] = (
    Conversation,
    Turn,
    Shown,
    Summary,
    Alert,
    AlertStep,
    ReviewNote,
    TagReview,
    Expectation,
    Promise,
    AdultView,
)

__all__ = [
    "WORDS",
    "AdultView",
    "AgeBand",
    "Alert",
    "AlertAcknowledgement",
    "AlertStep",
    "Attempt",
    "Audience",
    "AuditEntry",
    "Conversation",
    "Expectation",
    "HandOver",
    "InterviewState",
    "Invitation",
    "LastReading",
    "Mail",
    "MessageKind",
    "Outcome",
    "ParentLink",
    "Promise",
    "ProviderIdentity",
    "Pupil",
    "Record",
    "RecoveryCode",
    "Review",
    "ReviewNote",
    "Role",
    "School",
    "SchoolClosure",
    "Shown",
    "StaffMember",
    "StaffSession",
    "StepKind",
    "Summary",
    "TagReview",
    "Turn",
    "TurnKind",
    "TurnState",
    "Verdict",
    "now",
    "told_ago",
]
