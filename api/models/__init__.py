"""The nouns. No relationships: words are reached through api.access only, never by following an attribute."""

from api.models.absence import Absence, AbsenceStep, AbsenceStepKind, Accounted, Task
from api.models.alert import Alert, AlertAcknowledgement, AlertStep, StepKind
from api.models.attempt import Attempt
from api.models.audit_entry import AuditEntry
from api.models.carer import Carer, Channel, Sendable
from api.models.conversation import Audience, Conversation, InterviewState
from api.models.delivery import Delivery
from api.models.hand_over import HandOver
from api.models.mail import Mail
from api.models.parent_link import ParentLink
from api.models.promise import Outcome, Promise
from api.models.pupil import AgeBand, Pupil
from api.models.record import Record, now, told_ago
from api.models.review import AdultView, Expectation, LastReading, Review, ReviewNote, TagReview, Verdict
from api.models.rhythm import ContactKind, ContactOutcome, HalfTerm, PlannedContact
from api.models.school import School, SchoolClosure
from api.models.shown import MessageKind, Shown
from api.models.staff_member import Invitation, ProviderIdentity, RecoveryCode, Role, StaffMember, StaffSession
from api.models.summary import Summary
from api.models.turn import Turn, TurnChannel, TurnKind, TurnState

# what somebody said or wrote: selected in api.access only, and walled by migrations 0006 and 0007
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
    AbsenceStep,
    Task,
)

__all__ = [
    "WORDS",
    "Absence",
    "AbsenceStep",
    "AbsenceStepKind",
    "Accounted",
    "AdultView",
    "AgeBand",
    "Alert",
    "AlertAcknowledgement",
    "AlertStep",
    "Attempt",
    "Audience",
    "AuditEntry",
    "Carer",
    "Channel",
    "ContactKind",
    "ContactOutcome",
    "Conversation",
    "Delivery",
    "Expectation",
    "HalfTerm",
    "HandOver",
    "InterviewState",
    "Invitation",
    "LastReading",
    "Mail",
    "MessageKind",
    "Outcome",
    "ParentLink",
    "PlannedContact",
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
    "Sendable",
    "Shown",
    "StaffMember",
    "StaffSession",
    "StepKind",
    "Summary",
    "TagReview",
    "Task",
    "Turn",
    "TurnChannel",
    "TurnKind",
    "TurnState",
    "Verdict",
    "now",
    "told_ago",
]
