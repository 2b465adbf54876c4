"""Codes that a person types from a sheet of paper."""

import secrets
import unicodedata

# Digits and consonants that no other looks like: no vowels, so that no code spells a word
LETTERS = "CDFGHJKMNPRTVWX"
ALPHABET = "0123456789" + LETTERS
LENGTH = 8  # 25 signs, 37 bits: out of reach for guesses that are slowed down (services/people/attempts.py)
GROUP = 4
LOOK_ALIKES = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8", "U": "V", "Y": "V"})


def new() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """As it is printed."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """As it was made: small letters, spaces, dashes, look-alikes and the digits of other scripts are forgiven."""
    plain = "".join(_sign(letter) for letter in unicodedata.normalize("NFKC", typed) if letter.isalnum())
    return plain.upper().translate(LOOK_ALIKES)


def _sign(letter: str) -> str:
    digit = unicodedata.digit(letter, None)
    return letter if digit is None else str(digit)
