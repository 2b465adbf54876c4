"""A link that is sent once more. The store keeps only hashes, so the second message has an address of its own, which
ends with the first.
"""

from sqlmodel import Session

from api.models import ParentLink
from api.security import hash_token, new_token, seal


def sealed_beside(session: Session, link: ParentLink, secret: str) -> str:
    """For a message: what opens the same conversation until the same day. The caller commits."""
    token = new_token()
    session.add(
        ParentLink(
            conversation_id=link.conversation_id,
            made_by_code_of=link.id,
            expires_at=link.expires_at,
            language_chosen_at=link.language_chosen_at,
            token_hash=hash_token(token),
        )
    )
    return seal(token, secret)
