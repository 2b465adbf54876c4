"""The two Python environments: .venv for the api, .venv-bot for the bot.

Each has a lock to run and a larger one to test, which holds the first. Whoever tested can run without a new set-up.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from deploy.local.alone import waiting_for
from deploy.local.environ import environ
from deploy.local.processes import Command, call_or_stop, call_quietly
from deploy.local.progress import Stop, say
from deploy.local.pythons import Version, find_python, folders, version_of
from deploy.local.settings import Settings
from deploy.local.stamps import digest, read_stamp, remove_stamp, write_stamp
from deploy.local.toolchain import uv

RUN, TEST = "run", "test"


@dataclass(frozen=True)
class Environment:
    name: str
    folder_name: str
    versions: tuple[Version, ...]  # in order of preference
    advice: str
    purposes: tuple[str, ...] = (RUN, TEST)

    def folder(self, settings: Settings) -> Path:
        return settings.root / self.folder_name

    def python(self, settings: Settings) -> Path:
        return self.folder(settings) / "bin" / "python"

    def lock(self, settings: Settings, purpose: str) -> Path:
        return settings.locks / (f"{self.name}.txt" if purpose == RUN else f"{self.name}-{purpose}.txt")

    def stamp(self, settings: Settings, purpose: str) -> str:
        return digest(self.lock(settings, purpose), self.build_constraints(settings), repr(self.versions))

    def build_constraints(self, settings: Settings) -> Path:
        return settings.locks / "build-constraints.txt"

    def serves(self, settings: Settings, purpose: str) -> bool:
        """An environment to test also serves to run."""
        enough = self.purposes if purpose == RUN else (purpose,)
        stamps = {self.stamp(settings, each) for each in enough}
        return read_stamp(self.folder(settings)) in stamps and self.python(settings).exists()


API = Environment(
    name="api",
    folder_name=".venv",
    versions=((3, 12), (3, 13), (3, 14)),
    advice="apt install python3.12 (Ubuntu 24.04) or python3 (Debian 13), or brew install python@3.12",
)
BOT = Environment(
    name="bot",
    folder_name=".venv-bot",
    versions=((3, 10),),  # Rasa 3.6 runs on 3.8 to 3.10
    advice="apt install python3.10 (Ubuntu 22.04, or its deadsnakes archive), or brew install python@3.10",
)

PEER = Environment(  # a stock Rasa assistant, for `make bench` to compare with
    name="peer",
    folder_name=".venv-peer",
    versions=BOT.versions,
    advice=BOT.advice,
    purposes=(RUN,),
)


async def prepare(environment: Environment, settings: Settings, purpose: str = RUN) -> Path:
    """The environment's python, after setting up what is missing."""
    if not environment.serves(settings, purpose):
        async with waiting_for(settings.build / f"{environment.name}.lock"):
            if not environment.serves(settings, purpose):  # the one we waited for may have done it
                await _install(environment, settings, purpose, await uv(settings))
    return environment.python(settings)


async def _install(environment: Environment, settings: Settings, purpose: str, tool: Path) -> None:
    folder, python = environment.folder(settings), environment.python(settings)
    complete = bool(read_stamp(folder)) and version_of(python) in environment.versions
    remove_stamp(folder)
    if not complete:
        await _create(environment, settings, tool)
    lock = environment.lock(settings, purpose)
    say(f"Installing the packages of the {environment.name} ({lock.name}).")
    sync = [str(tool), "pip", "sync", "-q", "--require-hashes", "--python", str(python), str(lock)]
    constraints = ["--build-constraints", str(environment.build_constraints(settings))]
    await call_or_stop(
        Command([*sync, *constraints], settings.root, environ()),
        f"The packages in {lock.name} could not be installed; the lines above say why. Run the same command again.",
    )
    write_stamp(folder, environment.stamp(settings, purpose))


async def _create(environment: Environment, settings: Settings, tool: Path) -> None:
    chosen = os.environ.get(f"{environment.name.upper()}_PYTHON")
    found = Path(chosen) if chosen else find_python(environment.versions, folders(os.environ, Path.home()))
    if chosen and version_of(Path(chosen)) not in environment.versions:
        raise Stop(f"{chosen} is not a Python {_dotted(environment)}.")
    if not found:
        say(f"No Python {_dotted(environment)} on this machine: downloading one.")
    wanted = ["--python", str(found)] if found else ["--managed-python", "--python", _dotted(environment)]
    venv = [str(tool), "venv", "-q", "--no-project", "--clear", *wanted, str(environment.folder(settings))]
    if await call_quietly(Command(venv, settings.root, environ()), settings.build / f"{environment.name}-python.log"):
        raise Stop(no_python(environment))


def no_python(environment: Environment) -> str:
    dotted, name = _dotted(environment), environment.name
    return "\n".join(
        (
            f"The {name} needs Python {dotted}: none was found, and none could be downloaded. Any of these helps:",
            f"  {environment.advice}",
            f"  pyenv install {dotted}",
            f"  make run {name.upper()}_PYTHON=/path/to/python{dotted}",
        )
    )


def _dotted(environment: Environment) -> str:
    return ".".join(map(str, environment.versions[0]))
