"""A document before it is set: blocks one below the other, each in its own language and direction."""

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal[
    "title", "heading", "subheading", "fact", "asked", "words", "picked", "item", "text", "soft", "notice"
]


@dataclass(frozen=True)
class Run:
    """Names and words of another language stand between isolating marks: they must not turn what is around them."""

    text: str
    language: str
    direction: str
    strong: bool = False


@dataclass(frozen=True)
class Block:
    """The first run of a "fact" is its label."""

    kind: BlockKind
    language: str
    direction: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Document:
    language: str
    direction: str
    title: str  # what a reader's window and a screen reader call it
    header: str
    footer: str
    blocks: tuple[Block, ...]
    large: bool = False  # in letters for the young and for a kitchen wall

    @property
    def size(self) -> int:
        """In code points."""
        return sum(len(block.text) for block in self.blocks)
