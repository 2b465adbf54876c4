"""Seals as a browser does (api/static/speaking/sealing.js); a vector from a real one keeps the two alike."""

import json
import os
from base64 import b64decode, b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from api.services.talk.letterbox import Slot


def sealed_for(slot: Slot, text: str) -> str:
    receiver = load_der_public_key(b64decode(slot.key))
    assert isinstance(receiver, ec.EllipticCurvePublicKey)
    own = ec.generate_private_key(ec.SECP256R1())
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    lock = HKDF(hashes.SHA256(), 32, point, b"pupil-voice letterbox 1").derive(own.exchange(ec.ECDH(), receiver))
    nonce = os.urandom(12)
    return b64encode(point + nonce + AESGCM(lock).encrypt(nonce, text.encode(), None)).decode()


def turn_in_an_envelope(slot: Slot, turn: str, words: str, **more: str) -> str:
    """As the page of a conversation would have sent it."""
    return sealed_for(slot, json.dumps([["turn", turn], ["text", words], *more.items()], ensure_ascii=False))
