"""Words that wait on a device are sealed there, so that only this server can open them (docs/decisions/0016).

A page gets two things. The public key of its hand-over or link: what is sealed with it nobody who holds the device can
read. And a box: a proof that lets the device post what it sealed, and nothing else, also after the door has closed.
The private key is derived whenever it is needed and stored nowhere.
"""

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlmodel import Session

from api import access
from api.access import Opened
from api.errors import LinkNotOpen, Malformed, NotFound, NotHandedOver
from api.models import now
from api.security import seal, unseal
from api.services.people import attempts

LASTS = timedelta(days=30)  # longer than any holiday but the summer's, in which a tablet may lie switched off
POSTS_AT_ONCE = 60  # by one box, within a quarter of an hour
# an envelope is, in this order: the public key of its sender, a number used once, what was sealed and its tag
POINT, NONCE, TAG = 65, 12, 16
CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ROUND_OFF = 48  # bytes; so much longer than the order that every private key is as likely as another
INFO = b"pupil-voice letterbox 1"

Door = Literal["hand_over", "link"]


@dataclass(frozen=True)
class Box:
    """What the device may post to. With the conversation's id: SQLite gives numbers of erased rows again."""

    door: Door
    id: int
    conversation: str
    until: int  # seconds since 1970

    @property
    def name(self) -> str:
        return f"letterbox {self.door} {self.id} {self.conversation}"


@dataclass(frozen=True)
class Slot:
    """What a page is given to seal with, and to post to."""

    key: str  # SubjectPublicKeyInfo, base64
    box: str


def slot_for(opened: Opened, secret: str) -> Slot:
    """Raises NotHandedOver where the asker came in by no door of a speaker."""
    box = _box_of(opened)
    public = _private_key(box, secret).public_key()
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Slot(b64encode(der).decode(), seal(json.dumps(asdict(box)), secret))


def read_box(session: Session, sealed: str, secret: str, address: str) -> Box:
    """NotFound for a forged one, LinkNotOpen for one that is too old. TooManyAttempts for whoever tries forged ones,
    or posts without end.
    """
    box = _unsealed(sealed, secret)
    if box is None:
        attempts.spend(session, attempts.from_address("letterbox", address))
        raise NotFound
    attempts.spend(session, attempts.Tally(box.name, POSTS_AT_ONCE))
    if datetime.fromtimestamp(box.until, UTC) < now():
        raise LinkNotOpen
    return box


def conversation_of(session: Session, box: Box) -> Opened:
    """Raises Withdrawn, LinkNotOpen, NotFound."""
    if box.door == "hand_over":
        return access.conversation_of_hand_over(session, box.id, box.conversation)
    return access.conversation_of_link(session, box.id, box.conversation)


def open_envelope(box: Box, envelope: str, secret: str) -> str:
    """What the page would have sent. Malformed where it was not sealed for this box, or was changed."""
    try:
        content = b64decode(envelope, validate=True)
        point, nonce, sealed = content[:POINT], content[POINT : POINT + NONCE], content[POINT + NONCE :]
        sender = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        shared = _private_key(box, secret).exchange(ec.ECDH(), sender)
        return AESGCM(_derived(shared, 32, INFO, salt=point)).decrypt(nonce, sealed, None).decode()
    except (NotBase64, ValueError, InvalidTag):
        raise Malformed from None


def _box_of(opened: Opened) -> Box:
    until = int((now() + LASTS).timestamp())
    if opened.hand_over:
        return Box("hand_over", opened.hand_over.id, opened.conversation.id, until)
    if opened.link:
        return Box("link", opened.link.id, opened.conversation.id, until)
    raise NotHandedOver


def _unsealed(sealed: str, secret: str) -> Box | None:
    """None also for what was sealed with the same secret for another purpose."""
    try:
        return Box(**json.loads(unseal(sealed, secret) or ""))
    except (ValueError, TypeError):
        return None


def _private_key(box: Box, secret: str) -> ec.EllipticCurvePrivateKey:
    """Of this door alone: whoever learns one learns no other."""
    number = int.from_bytes(_derived(secret.encode(), ROUND_OFF, box.name.encode()))
    return ec.derive_private_key(number % (ORDER - 1) + 1, CURVE)


def _derived(material: bytes, length: int, info: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)
