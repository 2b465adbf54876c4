"""Our product on ports and a data folder of its own, with the demo school in it."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from deploy.local.environ import environ
from deploy.local.settings import CHECKOUT

from .server import Server

BOT = "adapters/launcher.py"  # in the command line of the bot's process, and of no other


@dataclass(frozen=True)
class Places:
    port: int
    bot_port: int
    data: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def bot_address(self) -> str:
        return f"http://127.0.0.1:{self.bot_port}"


class Product:
    def __init__(self, places: Places, **more: str) -> None:
        """`more`: variables of the environment, such as those of the mail server."""
        self.places = places
        settings = {
            "PORT": str(places.port),
            "BOT_PORT": str(places.bot_port),
            "DATA": str(places.data),
            "DEMO": "plain",
        }
        command = [sys.executable, "-m", "deploy.local", "run"]
        log, health = places.data / "server.log", f"{places.address}/health"
        self.server = Server(command, health, log, CHECKOUT, **settings, **more)

    @property
    def secret(self) -> str:
        return (self.places.data / "bot-secret").read_text()

    def demo(self) -> dict[str, Any]:
        """Three fresh addresses of the demo school, and who signs in where. See deploy/local/demo.py."""
        prepared: dict[str, Any] = json.loads(self._command("demo", "--json"))
        return prepared

    def tells_the_past(self) -> None:
        """The invented people of the demo school tell the running bot what they told."""
        self._command("demo-past")

    def _command(self, *words: str) -> bytes:
        settings = environ(
            PUPIL_VOICE_DATABASE_URL=f"sqlite:///{self.places.data / 'pupil-voice.db'}",
            PUPIL_VOICE_PUBLIC_URL=self.places.address,
            PUPIL_VOICE_BOT_URL=self.places.bot_address,
            PUPIL_VOICE_BOT_SECRET=self.secret,
            PUPIL_VOICE_SECRET=(self.places.data / "secret").read_text(),
        )
        command = [sys.executable, "-m", "api.cli", *words]
        return subprocess.run(command, cwd=CHECKOUT, env=settings, check=True, capture_output=True).stdout

    @property
    def bot(self) -> psutil.Process:
        (process,) = self.server.processes(BOT)
        return process

    def stop(self) -> None:
        self.server.stop()
