"""The seam to whoever carries text messages. Another provider is one more class like api.texting.twilio."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

Channel = Literal["text", "whatsapp"]
# stopped: they told the provider that they want none; not_theirs: no telephone, or none that takes texts; too_late:
# WhatsApp lets nobody write first, nor later than a day after they wrote
Fault = Literal["unreachable", "not_signed_in", "refused", "stopped", "not_theirs", "too_late", "switched_off"]


class NotSent(Exception):
    """`fault` says why; the provider's own words are left out, because they hold the number."""

    def __init__(self, fault: Fault, is_final: bool) -> None:
        super().__init__(fault)
        self.fault = fault
        self.is_final = is_final  # another attempt would fail in the same way


class NotGenuine(Exception):
    """What was posted is not signed by the provider."""


@dataclass(frozen=True)
class Posted:
    """A request that says it comes from the provider, with the address that the provider knows us by."""

    address: str
    headers: Mapping[str, str]
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Received:
    """A message that somebody sent to the school."""

    id: str  # the same id is the same message, however often it is posted
    sender: str  # E.164
    text: str
    channel: Channel
    attachments: int = 0  # pictures, voice notes: nothing here can read them


@dataclass(frozen=True)
class Reported:
    """What became of a message that was sent. `fault`: a code of Fault; `is_over`: nothing later will be said."""

    id: str
    key: str  # that the message was sent with
    fault: str | None
    delivered: bool


class TextProvider(Protocol):
    @property
    def name(self) -> str:
        """As it stands in the address of its webhooks."""

    @property
    def channels(self) -> frozenset[Channel]: ...

    def send(self, to: str, text: str, channel: Channel, key: str) -> str:
        """The provider's id of the message. `key` comes back with the report of what became of it. Raises NotSent. It
        waits for the provider, so it must not run on the event loop.
        """

    def received(self, posted: Posted) -> Received:
        """Raises NotGenuine."""

    def reported(self, posted: Posted) -> Reported:
        """Raises NotGenuine."""

    def answer(self, text: str | None) -> tuple[str, str]:
        """Media type and body to answer `received` with; `text` goes back to who wrote."""
