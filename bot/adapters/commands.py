"""Rasa's commands with the paths of this repository filled in, so that each works without options."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

BOT = Path(__file__).resolve().parent.parent
ROOT = BOT.parent

DOMAIN = ("--domain", "-d", str(BOT / "domain"))
# What Rasa itself reads. The messages of fourteen languages are read by the components that learn from them: Rasa reads
# and copies its examples several times, a minute for twenty thousand.
DATA = ("--data", "", str(BOT / "data" / "rasa"))
CONFIG = ("--config", "-c", str(BOT / "config.yml"))
ENDPOINTS = ("--endpoints", "", str(BOT / "endpoints.yml"))
MODEL = ("--model", "-m", str(BOT / "models"))
OUT = ("--out", "", str(BOT / "models"))
INTENTS = ("--nlu", "-u", str(BOT / "data" / "rasa" / "intents.yml"))
NLU = ("--nlu", "-u", str(BOT / "data" / "nlu"))
CONVERSATIONS = ("--stories", "-s", str(ROOT / "tests" / "bot" / "adapters" / "conversations"))
RESULTS = ("--out", "", str(BOT / "results"))
NO_MIXED_STORIES = ("--augmentation", "", "0")  # glued stories are no conversations, and the policy replays each

DEFAULTS = {
    "train": (DOMAIN, DATA, CONFIG, OUT, NO_MIXED_STORIES),
    "train core": (DOMAIN, ("--stories", "-s", str(BOT / "data" / "rasa")), CONFIG, OUT, NO_MIXED_STORIES),
    "train nlu": (DOMAIN, INTENTS, CONFIG, OUT),
    "run": (
        ENDPOINTS,
        MODEL,
        ("--credentials", "", str(BOT / "credentials.yml")),
        ("--interface", "-i", "127.0.0.1"),  # Rasa's own default is every interface
    ),
    "shell": (ENDPOINTS, MODEL),
    "shell nlu": (MODEL,),
    "test": (MODEL, CONVERSATIONS, NLU, RESULTS),
    "test core": (MODEL, CONVERSATIONS, RESULTS),
    "test nlu": (MODEL, DOMAIN, CONFIG, NLU, RESULTS),
    "data validate": (DOMAIN, DATA, CONFIG),
}


def command(words: Sequence[str]) -> str:
    """`test core` of `test core --fail-on-prediction-errors`."""
    pair = " ".join(words[:2])
    return pair if pair in DEFAULTS else " ".join(words[:1])


def completed(words: Sequence[str]) -> list[str]:
    """The command with a default for every path that was not given."""
    name = command(words)
    length = len(name.split())
    return [*words[:length], *_missing(name, words), *words[length:]]


def _missing(name: str, words: Sequence[str]) -> Iterator[str]:
    given = {word.partition("=")[0] for word in words}
    for long, short, value in DEFAULTS.get(name, ()):
        if not given & {long, short}:
            yield from (long, value)


def configuration(words: Sequence[str]) -> Path:
    """The config.yml that the command names."""
    for option, value in pairwise(words):
        if option in ("--config", "-c"):
            return Path(value)
    return BOT / "config.yml"


def fail(sentence: str) -> None:
    sys.exit(f"bot: {sentence}")
