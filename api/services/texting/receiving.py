"""A message came in by text: it is kept before anybody answers, in the conversation that it belongs to."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session, select

from api import access
from api.access import Opened
from api.models import Attempt, Carer, Pupil, StaffMember, now
from api.security import hash_token
from api.services.reaching import tasks
from api.services.reaching.carers import may_be_reached
from api.services.talk import conversations
from api.services.talk.conversations import Plan
from api.services.talk.turns import Turns
from api.services.talk.words import clean
from api.services.texting import meaning, offers, steering
from api.services.texting.offers import Offer
from api.services.texting.opening import open_by_text
from api.services.texting.steering import From
from api.services.texting.words import Steering, SteeringWords
from api.texting import Received

ANSWERED_AGAIN_AFTER = timedelta(days=1)  # a number that nobody here knows


@dataclass(frozen=True)
class Kept:
    """`opened`: in which conversation a turn was kept; `is_unknown`: from nobody whom the school knows, and to be told
    so now.
    """

    opened: Opened | None = None
    is_unknown: bool = False


@dataclass(frozen=True)
class Receiving:
    """`secret` hashes the numbers of strangers, of which nothing else is kept."""

    turns: Turns
    words: SteeringWords
    secret: str

    def keep(self, session: Session, message: Received) -> Kept:
        """The same message again changes nothing. Commits."""
        known = access.carers_with_number(session, message.sender)
        reachable = [(carer, pupil) for carer, pupil in known if may_be_reached(carer)]
        if not reachable:
            return self._from_nobody(session, message, known)
        opened = access.conversation_last_texted(session, [carer.id for carer, _ in reachable])
        carer, pupil = _who(session, reachable, opened)
        who = From(carer, pupil, tuple(each for each, _ in known), message)
        steers = self._steers(who, opened)
        if steers is None:
            return self._told(session, who, opened)
        steering.obey(session, who, steers)
        session.commit()
        return Kept()

    def _steers(self, who: From, opened: Opened | None) -> Steering | None:
        spoken = [who.carer.language, *([opened.conversation.language] if opened else [])]
        has_stopped = who.carer.stopped_at is not None
        return self.words.in_message(clean(who.message.text), spoken, has_stopped=has_stopped)

    def _told(self, session: Session, who: From, opened: Opened | None) -> Kept:
        """What a message means is decided once: by the question that stood when it came first."""
        text, turn_id = clean(who.message.text), f"text-{who.name}"
        if who.message.attachments or not text:  # WhatsApp also carries places and contacts, without a word
            steering.cannot_open(session, who, opened)
        if not text or access.turn_by_any_id(session, turn_id):
            session.commit()
            return Kept()
        opened = opened or _begin(session, who)
        if access.newest_ordinal_in(session, opened) is None:  # only a link went out: the program still says who it is
            open_by_text(session, opened.conversation, who.message.channel)
            session.flush()
        said = meaning.meant(turn_id, text, _offered(session, who, opened))
        self.turns.store(session, opened, said, who.message.channel)
        return Kept(opened)

    def _from_nobody(self, session: Session, message: Received, known: list[tuple[Carer, Pupil]]) -> Kept:
        """Who may not be reached is told what a stranger is told, and a lead that there is something to decide. What
        they say of messages holds all the same.
        """
        languages = [carer.language for carer, _ in known]
        if self.words.in_message(clean(message.text), languages, has_stopped=False) == "stop":
            steering.mark(session, [carer for carer, _ in known], stopped=True)
        for carer, pupil in known:
            tasks.add(
                session,
                school_id=pupil.school_id,
                pupil_id=pupil.id,
                carer_id=carer.id,
                kind="agree_carer",
                key=f"agree_carer-{carer.id}-texted-{now().date()}",
            )
        is_to_be_told = message.sender.startswith("+") and self._is_first_today(session, message.sender)
        session.commit()
        return Kept(is_unknown=is_to_be_told)

    def _is_first_today(self, session: Session, number: str) -> bool:
        who = hash_token(f"text from {number} {self.secret}")
        if session.exec(select(Attempt.id).where(Attempt.who_hash == who).where(Attempt.at > now())).first():
            return False
        # attempts are swept once they are old enough: one that is to be kept for a day is dated a day on
        session.add(Attempt(who_hash=who, at=now() + ANSWERED_AGAIN_AFTER))
        return True


def _who(session: Session, known: list[tuple[Carer, Pupil]], opened: Opened | None) -> tuple[Carer, Pupil]:
    """Of several children the one about whom they last talked."""
    last = opened or access.conversation_last_texted(session, [carer.id for carer, _ in known], is_open=False)
    about = last.conversation.carer_id if last else None
    return next((each for each in known if each[0].id == about), known[0])


def _offered(session: Session, who: From, opened: Opened) -> Offer:
    """Nothing by number to who agreed a word: it went to no telephone, and somebody else may hold this one."""
    offer = offers.on_the_telephone(session, opened)
    return replace(offer, choices={}, lines={}) if who.carer.word_hash else offer


def _begin(session: Session, who: From) -> Opened:
    """Nothing was open, and words are never dropped: they begin a conversation."""
    adult = session.get_one(StaffMember, who.pupil.trusted_adult_id)
    plan = Plan("parent", who.carer.language, relation=who.carer.relation, carer_id=who.carer.id)
    conversation = conversations.begin(session, adult, who.pupil, plan)
    session.flush()
    return access.conversation_for_the_bot(session, conversation.id)
