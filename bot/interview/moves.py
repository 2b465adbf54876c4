"""What goes out: one move is one message, chosen by its response id and never by its words."""

from __future__ import annotations

from dataclasses import dataclass

from interview.turns import Line

NOTICE = "notice"
ACKNOWLEDGE = "acknowledge"
QUESTION = "question"
SCAFFOLD = "scaffold"
READBACK = "readback"
ASKS = (QUESTION, SCAFFOLD, READBACK)
KINDS = (NOTICE, ACKNOWLEDGE, QUESTION, SCAFFOLD, READBACK)


@dataclass(frozen=True)
class Label:
    """Text of a choice: English source with its msgctxt, or with no context a name that is never translated."""

    text: str
    context: str | None = None


@dataclass(frozen=True)
class Choice:
    """Something to pick: a namespaced code such as `feeling:sad` and what it is called. Cards to sort come as
    `card:noise` ... and `place:hard` ...; what is sent back is `card:noise.hard`."""

    code: str
    label: Label


@dataclass(frozen=True)
class Move:
    """One message to the speaker.

    `variation` counts how often the response was said before in this conversation: the voice takes the
    wordings of a response in turn (`variation % number of wordings`), so none returns before all were used.
    A question that stands again keeps its variation, and with it its words.
    """

    response: str
    kind: str
    topic: str | None = None
    quote: Line | None = None
    choices: tuple[Choice, ...] = ()
    multiple: bool = False
    variation: int = 0
    named: tuple[tuple[str, tuple[Label, ...]], ...] = ()
    """Places of the sentence that hold labels and not the speaker's words: what was picked, a topic, a time."""
