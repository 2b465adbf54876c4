"""The words of messages to carers, in the language of the conversation. They say who writes and that it is about
talking with the school; never what about, nor a child's name: somebody else may see the telephone.
"""

from collections.abc import Callable, Mapping

from markupsafe import Markup
from sqlmodel import Session

from api import access
from api.i18n import Translator
from api.models import Carer, Conversation, Delivery, School, Sendable
from api.pages.rendering import Pages
from api.pages.texts import written_turn
from api.services.reaching import wanted
from api.services.reaching.courier import NotWritten, Writer, Written
from api.services.signposts import Signposts
from api.services.talk.filling import END_ISOLATE, ISOLATE
from api.settings import Settings


def writer(pages: Pages, settings: Settings, signposts: Signposts) -> Writer:
    """What the courier asks for the words of each message."""
    address_of = _addresses(settings)

    def write(session: Session, delivery: Delivery, carer: Carer) -> Written:
        conversation = access.conversation_behind(session, delivery)
        translator = pages.translators[conversation.language if conversation else carer.language]
        if delivery.kind == "turn":
            return Written("", written_turn(pages, session, delivery, carer), translator.language.tag)
        school = session.get_one(School, delivery.school_id)
        places = {"school": school.name, **signposts.places(school.country, "parent")}
        invitation = _invitation(session, delivery, conversation, translator, address_of)
        return fixed(pages, delivery.kind, translator, delivery.channel, {**places, **invitation})

    return write


def fixed(
    pages: Pages, kind: str, translator: Translator, channel: Sendable, places: Mapping[str, str | bool]
) -> Written:
    """A message of fixed sentences; `places` are filled as they stand, since none of it is a page."""
    plain = {name: _kept_apart(place, translator) for name, place in places.items()}
    said = pages.render(f"messages/{kind}.txt", translator, channel=channel, **plain).strip()
    if channel != "email":
        return Written("", said, translator.language.tag)
    subject, _, text = said.partition("\n")
    return Written(subject.strip().translate(_NO_ISOLATES), text.strip() + "\n", translator.language.tag)


def _invitation(
    session: Session,
    delivery: Delivery,
    conversation: Conversation | None,
    translator: Translator,
    address_of: Callable[[Delivery], str],
) -> dict[str, str | bool]:
    if delivery.kind not in wanted.INVITES:
        return {}
    link = access.open_link_to(session, delivery)
    if link is None:
        raise NotWritten
    is_today = conversation is not None and conversation.guide == "first_day"
    return {"address": address_of(delivery), "until": translator.date(link.expires_at), "is_today": is_today}


def _addresses(settings: Settings) -> Callable[[Delivery], str]:
    base, secret = settings.public_url.rstrip("/"), settings.secret.get_secret_value()

    def address_of(delivery: Delivery) -> str:
        token = wanted.token_of(delivery, secret)
        if token is None:
            raise NotWritten
        return f"{base}/parent/{token}"

    return address_of


_NO_ISOLATES = dict.fromkeys(map(ord, (ISOLATE, END_ISOLATE)))


def _kept_apart(place: str | bool, translator: Translator) -> Markup | bool:
    """Where all else runs from right to left, names and addresses keep their own direction."""
    if isinstance(place, bool):
        return place
    is_turned = translator.language.direction == "rtl" and not place.startswith("http")
    return Markup(f"{ISOLATE}{place}{END_ISOLATE}" if is_turned else place)  # noqa: S704 - plain text
