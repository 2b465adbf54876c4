"""Text messages: what a provider must be able to do, and which one the settings name. Nothing else speaks to one."""

from api.settings import Settings
from api.texting.provider import Channel, NotGenuine, NotSent, Posted, Received, Reported, TextProvider
from api.texting.twilio import Twilio

__all__ = ["Channel", "NotGenuine", "NotSent", "Posted", "Received", "Reported", "TextProvider", "provider_of"]


def provider_of(settings: Settings) -> TextProvider | None:
    """None where texting is off, which it is unless a school sets it up."""
    return Twilio(settings) if settings.text_provider == "twilio" else None
