"""Secrets that people and devices hold. Tokens are kept as hashes only; passwords and PINs as argon2."""

import base64
import hashlib
import secrets
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

CODE_DIGITS = 6


@cache
def _passwords() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@cache
def _nobody() -> str:
    """Compared when the account does not exist, so that the answer takes as long."""
    return hash_password(secrets.token_hex())


def hash_password(password: str) -> str:
    return _passwords().hash(password)


def password_matches(password: str, stored: str | None) -> bool:
    """Nothing matches where none was chosen (None or empty)."""
    return _passwords().verify(password, stored or _nobody()) and bool(stored)


def new_token() -> str:
    """256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def new_id() -> str:
    """For conversations and turns: unguessable, within the alphabet of the exchange."""
    return secrets.token_hex(16)


def hash_token(token: str) -> str:
    """Looking up by hash is also what makes the comparison take the same time for every guess."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def seal(text: str, secret: str) -> str:
    """For what has to be read again, such as the secret of a second factor."""
    return _box(secret).encrypt(text.encode()).decode()


def unseal(sealed: str, secret: str) -> str | None:
    """None where it was sealed with another secret."""
    try:
        return _box(secret).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


@cache
def _box(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"pupil-voice seal " + secret.encode()).digest()))
