"""Conversations of simulated speakers with the real reader, interview and wordings, without Rasa around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from interview.guide import Guide
from interview.guides import load_guides
from interview.interview import Interview, Progress
from interview.moves import Move
from interview.occasion import Occasion
from interview.turns import Reading, Span, Turn
from understanding.reading import Reader
from understanding.sentences import sentence_spans
from understanding.tokens import tokenize

from adapters import catalogs
from adapters.wordings import Listener, in_words, isolated, wording

BOT = Path(__file__).resolve().parent.parent
SPEAKERS = BOT.parent / "tests" / "bot" / "adapters" / "simulated_speakers.yml"
MOST_TURNS = 80  # a conversation that goes on so long has no end
ENDS = ("finished", "alerted")
COMES_BACK = "open"
BUTTON = "control:"
FULL_STOPS = ".。۔।"  # the api takes them off a quotation
Wordings = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Speaker:
    """One entry of the file, which says what its fields mean."""

    kind: str
    audience: str
    language: str
    taps: Sequence[str]
    about: Mapping[str, Sequence[str]]
    otherwise: Sequence[str]

    def picks(self, moves: Iterable[Move]) -> tuple[str, ...]:
        """From the first message that offers anything this speaker taps."""
        for move in moves:
            offered = {choice.code for choice in move.choices}
            are_sorted = any(code.startswith("place:") for code in offered)
            taps = self.taps if are_sorted else tuple(tap.partition(".")[0] for tap in self.taps)
            found = tuple(tap for tap in taps if tap.partition(".")[0] in offered)
            if found:
                return found if move.multiple else found[:1]
        return ()

    def says(self, topic: str | None, told: Counter[str]) -> str:
        """`told` counts what was said before, by topic and otherwise."""
        own = self.about.get(topic, ()) if topic else ()
        if topic and told[topic] < len(own):
            told[topic] += 1
            return own[told[topic] - 1]
        told[""] += 1
        return self.otherwise[(told[""] - 1) % len(self.otherwise)]


@dataclass(frozen=True)
class Shown:
    """A message as it stood on the screen; `quoted` are the speaker's words in it."""

    move: Move
    text: str
    language: str
    quoted: str


@dataclass(frozen=True)
class Held:
    """One conversation, to its end or to where it was given up. `said` is what was typed."""

    speaker: Speaker
    guide: str
    band: str | None
    shown: tuple[Shown, ...]
    said: tuple[str, ...]
    turns: int
    progress: Progress


class Product:
    """The parts that a speaker meets."""

    def __init__(self, reader: Reader) -> None:
        self.guides = load_guides(BOT / "data" / "interview")
        self.offered = {one.code: one.own_name for one in self.guides.languages if catalogs.is_complete(one.code)}
        self._wordings = read_wordings(BOT / "domain")
        self._reading = lru_cache(maxsize=None)(reader.read)

    def hold(self, speaker: Speaker, guide: Guide, occasion: Occasion) -> Held:
        """Every turn is answered with what the speaker picks, else says, until the conversation ends."""
        progress = Interview(guide, self.offered, occasion).begin()
        turn, typed, told, shown = Turn("0", "open", speaker.language), [""], Counter[str](), list[Shown]()
        while True:
            progress = progress.after(turn)
            shown += [self.shown(move, progress, typed) for move in progress.moves]
            if progress.state()["state"] in ENDS or len(typed) > MOST_TURNS:
                said = tuple(filter(None, typed))
                return Held(speaker, guide.name, occasion.age_band, tuple(shown), said, len(typed), progress)
            turn = self.answer(speaker, progress, told, typed)

    def answer(self, speaker: Speaker, progress: Progress, told: Counter[str], typed: list[str]) -> Turn:
        """The next turn; its id is its place in what was typed."""
        name, asked = str(len(typed)), progress.state()["asked"]
        picks = speaker.picks(progress.moves)
        text = "" if picks else speaker.says(progress.moves[-1].topic, told)
        if text.startswith(BUTTON):
            picks, text = (text,), ""
        is_typed = bool(text) and text != COMES_BACK
        typed.append(text if is_typed else "")
        if is_typed:
            reading = self.read(text, progress.language, speaker.audience)
            return Turn(name, "say", progress.language, asked=asked, reading=reading)
        return Turn(name, "choose" if picks else COMES_BACK, progress.language, picks, asked=asked)

    def read(self, text: str, language: str, audience: str) -> Reading:
        """What `turns` makes of a message that the pipeline has read."""
        read = self._reading(text, language=language, speaker=audience)
        heard, unsafe = (
            tuple(Span(span.code, span.start, span.end, span.confidence) for span in spans)
            for spans in (read.tags, read.safeguarding)
        )
        sentences = tuple(sentence_spans(text))
        words = len(tokenize(text))
        control = read.control
        return Reading(control.code, control.refusal, heard, unsafe, sentences, words, read.language.proposed)

    def shown(self, move: Move, progress: Progress, typed: Sequence[str]) -> Shown:
        listener = Listener.of(progress)
        text = str(in_words(move, listener, wording(move, listener, self._wordings[move.response]))["text"])
        quote = move.quote
        quoted = typed[int(quote.turn)][quote.start : quote.end].rstrip(FULL_STOPS) if quote else ""
        return Shown(move, text.replace("{quote}", isolated(quoted)), progress.language, quoted)


def read_speakers(path: Path = SPEAKERS) -> list[Speaker]:
    return [Speaker(**entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["speakers"]]


def read_wordings(domain: Path) -> Wordings:
    """With their conditions, which the interview's own reading leaves out."""
    contents = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(domain.rglob("*.yml")))
    return {name: said for content in contents for name, said in (content.get("responses") or {}).items()}
