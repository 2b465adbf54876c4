"""Where things are, and what the person at the terminal chose with PORT=, DATA= and the like."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.progress import Stop

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    root: Path
    data: Path
    port: int = 8000
    bot_port: int | None = None  # None: 5005, or another free one when 5005 is taken
    arguments: tuple[str, ...] = ()  # for the program that a command starts: pytest, rasa …
    peer: bool = False
    upgrade: bool = False
    demo_has_a_past: bool = True  # DEMO=plain: its people, and nothing that they told

    @property
    def build(self) -> Path:
        return self.root / ".build"

    @property
    def locks(self) -> Path:
        return self.root / "deploy" / "requirements"

    @property
    def bot(self) -> Path:
        return self.root / "bot"


def read_settings(environ: Mapping[str, str], arguments: Sequence[str] = (), root: Path = CHECKOUT) -> Settings:
    """Arguments come from the command line, or from make as ARGS="…"."""
    bot_port = environ.get("BOT_PORT")
    return Settings(
        root=root,
        data=(root / Path(environ.get("DATA") or "data").expanduser()).resolve(),
        port=_port("PORT", environ.get("PORT") or "8000"),
        bot_port=_port("BOT_PORT", bot_port) if bot_port else None,
        arguments=tuple(arguments or shlex.split(environ.get("ARGS", ""))),
        peer=environ.get("PEER") == "1",
        upgrade=environ.get("UPGRADE") == "1",
        demo_has_a_past=environ.get("DEMO") != "plain",
    )


def _port(name: str, value: str) -> int:
    if value.isdecimal() and 0 < int(value) < 65536:
        return int(value)
    raise Stop(f"{name} must be a number from 1 to 65535, not “{value}”.")
