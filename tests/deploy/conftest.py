"""A small checkout of its own for each test, with programs that stand in for uv and for the bot's Python."""

from pathlib import Path

import pytest

from deploy.local.settings import Settings
from deploy.local.stamps import digest, write_stamp
from tests.deploy.programs import program


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(root=tmp_path / "checkout", data=tmp_path / "data")
    settings.locks.mkdir(parents=True)
    for lock in ("uv", "api", "api-test", "bot", "bot-test", "build-constraints"):
        (settings.locks / f"{lock}.txt").write_text(f"{lock}==1\n")
    return settings


@pytest.fixture
def uv(settings: Settings) -> Path:
    """Writes down how it was called. `venv … FOLDER` makes a folder/bin/python that says 3.10."""
    tools = settings.root / ".tools"
    python = r'printf "#!/bin/sh\necho 3 10\n" > "$last/bin/python"; chmod +x "$last/bin/python"'
    make = f'if [ "$1" = venv ]; then rm -rf "$last"; mkdir -p "$last/bin"; {python}; fi'
    program(tools / "bin" / "uv", f'echo "$@" >> {tools}/calls\nfor last; do :; done\n{make}')
    write_stamp(tools, digest(settings.locks / "uv.txt"))
    return tools / "calls"
