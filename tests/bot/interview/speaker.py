"""A speaker in an interview: the tests' way to talk with it in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from interview.guide import Guide
from interview.interview import Interview
from interview.moves import QUESTION, READBACK, SCAFFOLD, Move
from interview.occasion import NO_OCCASION, Occasion
from interview.turns import Line, Reading, Span, Turn

SENTENCE = re.compile(r"[^.!?]+[.!?]*")
NOTHING: Mapping[str, str] = {}


class Speaker:
    def __init__(
        self, guide: Guide, offered: Iterable[str] = ("en", "pl", "ar"), occasion: Occasion = NO_OCCASION
    ) -> None:
        self.interview = Interview(guide, {code: code.upper() for code in offered}, occasion)
        self.progress = self.interview.begin()
        self.words: dict[str, str] = {}
        self.turns: list[Turn] = []

    # --- what the speaker does

    def opens(self) -> Speaker:
        return self._send("open")

    def says(
        self,
        text: str,
        tags: Mapping[str, str] = NOTHING,
        harm: Mapping[str, str] = NOTHING,
        *,
        control: str | None = None,
        refusal: bool = False,
        proposed: str | None = None,
        seeing: str | None = None,
        instead_of: Line | None = None,
        confidence: float = 1.0,
    ) -> Speaker:
        """`tags` and `harm` map a code to the words that carry it."""
        reading = Reading(
            control,
            refusal,
            _spans(text, tags, confidence),
            _spans(text, harm),
            _sentences(text),
            len(text.split()),
            proposed,
        )
        return self._send("say", reading=reading, asked=seeing, target=instead_of, text=text)

    def picks(self, *choices: str, line: Line | None = None, seeing: str | None = None) -> Speaker:
        return self._send("choose", choices=choices, target=line, asked=seeing)

    def answers_until_asked(self, topic: str) -> Speaker:
        while self.question.topic != topic:
            self.says("it was fine with us that day")
        return self

    def answers_everything(self) -> Speaker:
        while self.state == "asking":
            self.says("it was fine with us that day")
        return self

    # --- what came back

    @property
    def moves(self) -> tuple[Move, ...]:
        return self.progress.moves

    @property
    def heard(self) -> list[str]:
        return [move.response for move in self.moves]

    @property
    def question(self) -> Move:
        return self.moves[-1]

    @property
    def state(self) -> str:
        return str(self.progress.state()["state"])

    @property
    def asked(self) -> str | None:
        """The response that stands."""
        response: str | None = self.progress.state()["asked"]
        return response

    @property
    def offered(self) -> list[str]:
        return [choice.code for move in self.moves for choice in move.choices]

    @property
    def newest(self) -> str:
        """The id of the turn just sent."""
        return self.turns[-1].id

    def is_asked(self, topic: str) -> bool:
        return self.question.kind in (QUESTION, SCAFFOLD) and self.question.topic == topic

    def is_asked_anything(self) -> bool:
        return any(move.kind in (QUESTION, SCAFFOLD, READBACK) for move in self.moves)

    def is_quoted(self) -> str:
        """The words that the newest question gives back."""
        quote = self.question.quote
        assert quote is not None
        return self.words[quote.turn][quote.start : quote.end]

    def status(self, topic: str) -> str:
        return next(entry["status"] for entry in self.progress.summary()["topics"] if entry["topic"] == topic)

    def told(self, section: str | None = None, status: str = "said") -> list[str]:
        """The lines of the summary, in words."""
        return [
            self.words[item["turn"]][item["start"] : item["end"]]
            for item in self.progress.summary()["items"]
            if item["status"] == status and section in (None, item["section"])
        ]

    def line(self, words: str) -> Line:
        """The line of the summary that reads like this."""
        items = self.progress.summary()["items"]
        lines = [Line(item["turn"], item["start"], item["end"]) for item in items]
        return next(line for line in lines if self.words[line.turn][line.start : line.end] == words)

    def _send(
        self,
        kind: str,
        *,
        choices: tuple[str, ...] = (),
        target: Line | None = None,
        asked: str | None = None,
        reading: Reading | None = None,
        text: str = "",
    ) -> Speaker:
        turn = Turn(f"turn-{len(self.turns)}", kind, "en", choices, target, asked or self.asked, reading or Reading())
        self.words[turn.id] = text
        self.turns.append(turn)
        self.progress = self.progress.after(turn)
        return self


def _spans(text: str, tags: Mapping[str, str], confidence: float = 1.0) -> tuple[Span, ...]:
    return tuple(
        Span(code, text.index(words), text.index(words) + len(words), confidence) for code, words in tags.items()
    )


def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        (match.end() - len(match[0].lstrip()), match.end()) for match in SENTENCE.finditer(text) if match[0].strip()
    )
