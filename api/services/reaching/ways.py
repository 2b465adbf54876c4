"""By which ways a carer can be reached, the one they wish first (practice 29)."""

from api.errors import NotToBeReached
from api.models import Carer, Sendable
from api.services.reaching.carers import check_way
from api.settings import Settings
from api.texting import provider_of

# where nothing was wished: what needs no internet and is seen soonest comes first
ORDER: tuple[Sendable, ...] = ("text", "whatsapp", "email")


def available(settings: Settings) -> frozenset[Sendable]:
    """What is set up here."""
    texts = provider_of(settings)
    mail: frozenset[Sendable] = frozenset({"email"} if settings.mail_host else ())
    return mail | texts.channels if texts else mail


def in_order(carer: Carer, available: frozenset[Sendable]) -> list[Sendable]:
    """The wish first, then whatever else has an address and is set up. Empty where nothing may be sent to them."""
    return sorted(
        (way for way in ORDER if way in available and leads(carer, way)), key=lambda way: way != carer.channel
    )


def leads(carer: Carer, way: Sendable) -> bool:
    """They have an address there, did not say STOP, still care for the pupil, and a lead agreed where one has to."""
    try:
        check_way(carer, way)
    except NotToBeReached:
        return False
    return True
