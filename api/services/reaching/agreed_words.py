"""A word that a family agreed with the school: asked once on each device that opens their link. It is folded before it
is hashed, since people do not remember whether they wrote it with a capital or an accent.
"""

import unicodedata

from sqlmodel import Session

from api.errors import Unfit, WrongWord
from api.models import Carer, ParentLink
from api.security import hash_token, password_matches, seal, unseal
from api.services.folding import folded
from api.services.people import attempts

SHORTEST, LONGEST = 4, 60
NOT_ACCENTS = str.maketrans("łøđħı", "lodhi")  # letters to Unicode; left out by whoever has no key for them


def checked(word: str) -> str:
    """Unfit("word")."""
    plain = _plain(word)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise Unfit("word")
    return plain


def answer(session: Session, link: ParentLink, carer: Carer, word: str, address: str, secret: str) -> str:
    """What the device keeps as proof. WrongWord, TooManyAttempts: guesses count against the first link, however many
    devices were let in by its code.
    """
    tallies = attempts.Tally(f"word of link {link.made_by_code_of or link.id}"), attempts.from_address("word", address)
    attempts.spend(session, *tallies)
    session.rollback()  # nobody else should wait while the word is hashed
    if not password_matches(_plain(word), carer.word_hash):
        raise WrongWord
    attempts.forget(session, *tallies)
    session.commit()
    return seal(_proof(link, carer), secret)


def is_proven(link: ParentLink, carer: Carer, kept: str | None, secret: str) -> bool:
    """Whether this device gave the word that is agreed now; always where none is."""
    return not carer.word_hash or (kept is not None and unseal(kept, secret) == _proof(link, carer))


def _proof(link: ParentLink, carer: Carer) -> str:
    return f"{link.id} {hash_token(carer.word_hash)}"


def _plain(word: str) -> str:
    """Letters and numbers; the vowel signs of Indian scripts are letters to whoever writes them."""
    plain = folded(word[: 4 * LONGEST]).translate(NOT_ACCENTS)
    return "".join(letter for letter in plain if letter.isalnum() or unicodedata.category(letter).startswith("M"))
