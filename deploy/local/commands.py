"""The launcher's commands, by the names that the Makefile gives them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine
from typing import Any, Callable

from deploy.local import programs
from deploy.local.checks import check, format_sources
from deploy.local.locks import lock
from deploy.local.processes import Command
from deploy.local.progress import Stop, say
from deploy.local.running import run
from deploy.local.settings import Settings, read_settings
from deploy.local.stopping import until_stopped
from deploy.local.suites import set_up, test

# A command that answers a program becomes it.
COMMANDS: dict[str, Callable[[Settings], Coroutine[Any, Any, object]]] = {
    "run": run,
    "test": test,
    "check": check,
    "setup": set_up,
    "train": programs.train,
    "format": format_sources,
    "lock": lock,
    "understand": programs.understand,
    "evaluate": programs.evaluate,
    "questions": programs.questions,
    "openness": programs.openness,
    "bench": programs.bench,
    "screenshot": programs.screenshot,
    "extract": programs.extract,
    "rasa": programs.bare_rasa,
}


def main(words: list[str]) -> int:
    name = words[0] if words else ""
    if name not in COMMANDS:
        say(f"Commands: {', '.join(COMMANDS)}")
        return 2
    try:
        answer = asyncio.run(until_stopped(COMMANDS[name](read_settings(os.environ, words[1:]))))
    except Stop as stopped:
        say(str(stopped))
        return 1
    except asyncio.CancelledError:
        return 0 if name == "run" else 130  # Ctrl-C is how a run ends
    if isinstance(answer, Command):
        _become(answer)
    return 0


def _become(program: Command) -> None:
    os.chdir(program.folder)
    os.execve(program.words[0], list(program.words), dict(program.environment))
