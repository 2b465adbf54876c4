"""How a speaker likes their screen. Kept with the conversation and not on the device, which others use after them."""

from collections.abc import Mapping
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlmodel import Session

from api import access
from api.access import Opened

# letters that stand joined or hang from one line: room between them would tear words apart, and easier Latin letters
# do nothing for them
JOINED = frozenset({"ar", "ur", "bn", "pa"})


class Display(BaseModel):
    """Codes only. The first of each is what nobody had to choose."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: Literal["usual", "large", "larger", "largest"] = "usual"
    font: Literal["usual", "easy"] = "usual"
    spacing: Literal["usual", "wide"] = "usual"
    lines: Literal["usual", "wide"] = "usual"
    colours: Literal["usual", "blue", "cream", "dark", "contrast"] = "usual"
    motion: Literal["usual", "less"] = "usual"
    aloud: Literal["usual", "each"] = "usual"  # each: every new question is read aloud by itself

    @property
    def changed(self) -> dict[str, str]:
        return self.model_dump(exclude_defaults=True)


def of(kept: Mapping[str, str]) -> Display:
    """What an older version kept and this one does not know is left out."""
    try:
        return Display.model_validate(kept)
    except ValidationError as fault:
        unknown = {str(each["loc"][0]) for each in fault.errors()}
        return Display.model_validate({name: code for name, code in kept.items() if name not in unknown})


def choices(language: str) -> dict[str, tuple[str, ...]]:
    """What can be chosen by a reader of this language, by name."""
    left_out = {"font"} if language.partition("_")[0] in JOINED else set()
    fields = Display.model_fields.items()
    return {name: get_args(field.annotation) for name, field in fields if name not in left_out}


def keep(session: Session, opened: Opened, chosen: Display) -> None:
    conversation = access.conversation_to_change(session, opened)
    conversation.display = chosen.changed
    session.add(conversation)
    session.commit()
