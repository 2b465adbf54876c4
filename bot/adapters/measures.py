"""The second half of `make evaluate`: how conversations with simulated speakers go (practice 6, 11, 15, 20).

What the speakers say is written down in tests/bot/adapters/simulated_speakers.yml; `rehearsal` holds the conversations.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from interview.guide import Guide
from interview.guide_checks import BANDS
from interview.moves import QUESTION, SCAFFOLD
from interview.occasion import Occasion
from interview.openness.checking import OPEN, check
from interview.record import SAID
from interview.wording import CHOOSE_LANGUAGE, FOLLOW_UP
from understanding.archive import load_reader, newest_model
from understanding.evaluation import write
from understanding.tokens import tokenize

from adapters.rehearsal import BOT, Held, Product, Shown, Speaker, read_speakers

PAGE = BOT.parent / "docs" / "interview.md"
PATTERN = "fridays"  # the time to look at, in the guides that have such a topic
PROMPTS = (QUESTION, SCAFFOLD)
HEAD = (
    "conversations", "reach the end", "prompts", "open", "repeated", "their words per word of ours", "topics told of",
    "turns", "most turns", "follow-ups in own words",
)  # fmt: skip


def all_held(product: Product, speakers: Iterable[Speaker]) -> Iterator[Held]:
    """Every speaker in every guide of their audience, pupils at every age."""
    for speaker in speakers:
        for guide in product.guides.by_name.values():
            if guide.audience == speaker.audience:
                yield from (product.hold(speaker, guide, occasion) for occasion in occasions(guide))


def occasions(guide: Guide) -> Iterator[Occasion]:
    bands = BANDS if guide.audience == "pupil" else (None,)
    return (Occasion(band, PATTERN) for band in bands)


def prompts(held: Held) -> list[Shown]:
    """Each once: what stands again after an explanation or a pause keeps its variation, and was asked before."""
    shown = (one for one in held.shown if one.move.kind in PROMPTS)
    return list({(one.move.response, one.move.variation): one for one in shown}.values())


def is_open(prompt: Shown) -> bool:
    return check(prompt.text, prompt.language).form == OPEN


def repeated(held: Held) -> list[Shown]:
    """Asked before, in the same or in other words. What takes up words or picks asks something new about each.

    The choice of languages is no question of ours: it comes as often as somebody asks for it.
    """
    asked = {asks_for(prompt): prompt for prompt in reversed(prompts(held))}
    firsts = [id(prompt) for prompt in asked.values()]
    return [one for one in prompts(held) if id(one) not in firsts and one.move.response != CHOOSE_LANGUAGE]


def asks_for(prompt: Shown) -> tuple[object, ...]:
    return prompt.move.response, prompt.move.topic, prompt.quoted, prompt.move.named


def follow_ups(held: Held) -> list[Shown]:
    return [prompt for prompt in prompts(held) if prompt.move.response == FOLLOW_UP]


def reached_the_end(held: Held) -> bool:
    return bool(held.progress.state()["state"] == "finished")


def topics_told(held: Held) -> list[bool]:
    return [topic["status"] == SAID for topic in held.progress.summary()["topics"]]


def row(held: Sequence[Held]) -> list[str]:
    asked = [prompt for one in held for prompt in prompts(one)]
    topics = [told for one in held for told in topics_told(one)]
    theirs = sum(len(tokenize(text)) for one in held for text in one.said)
    ours = sum(len(tokenize(message.text)) for one in held for message in one.shown)
    return [
        str(len(held)),
        percent(map(reached_the_end, held)),
        str(len(asked)),
        percent(map(is_open, asked)),
        str(sum(len(repeated(one)) for one in held)),
        f"{theirs / ours:.2f}",
        percent(topics),
        f"{sum(one.turns for one in held) / len(held):.1f}",
        str(max(one.turns for one in held)),
        f"{sum(len(follow_ups(one)) for one in held) / len(held):.1f}",
    ]


def percent(hits: Iterable[bool]) -> str:
    """Rounded down: 100 % is all."""
    counted = list(hits)
    return f"{100 * sum(counted) // len(counted)} %"


def tables(held: Sequence[Held]) -> Iterator[str]:
    yield from table("speaker", held, lambda one: one.speaker.kind)
    yield ""
    yield from table("guide", held, lambda one: f"{one.guide} {one.band}" if one.band else one.guide)


def table(name: str, held: Sequence[Held], by: Callable[[Held], str]) -> Iterator[str]:
    yield f"| {name} | " + " | ".join(HEAD) + " |"
    yield "|---|" + "---:|" * len(HEAD)
    for key in dict.fromkeys(map(by, held)):
        yield f"| {key} | " + " | ".join(row([one for one in held if by(one) == key])) + " |"
    yield "| all | " + " | ".join(row(held)) + " |"


def main() -> int:
    parser = argparse.ArgumentParser(prog="adapters.measures", description=__doc__)
    parser.add_argument("--model", type=Path, help="a folder or a Rasa archive; default: the newest in bot/models")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/interview.md")
    chosen = parser.parse_args()
    product = Product(load_reader(chosen.model or newest_model()))
    lines = list(tables(list(all_held(product, read_speakers()))))
    sys.stdout.write("\n".join(("", *lines, "")))  # after the tables of understanding
    if chosen.write:
        write(PAGE, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
