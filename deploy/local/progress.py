"""What the launcher tells the person at the terminal. Everything goes to stderr: stdout may be data."""

from __future__ import annotations

import sys


class Stop(Exception):
    """Ends the command. The message is whole sentences for the person at the terminal."""


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
