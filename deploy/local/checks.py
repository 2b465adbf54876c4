"""make check: format, lint, types, import rules, catalogs; then all tests."""

from __future__ import annotations

from collections.abc import Sequence

from deploy.local.environ import environ
from deploy.local.environments import API, TEST
from deploy.local.processes import Command, call
from deploy.local.progress import Stop, say
from deploy.local.settings import Settings
from deploy.local.suites import STDOUT, set_up, test

CHECKS: Sequence[tuple[str, Sequence[str]]] = (
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("lint", ("-m", "ruff", "check", ".")),
    ("types", ("-m", "mypy")),
    ("types of the launcher", ("-m", "mypy", "-p", "deploy.local")),
    ("import rules", ("-c", "from importlinter.cli import lint_imports_command as lint; lint()")),
    ("catalogs", ("-m", "translations.catalogs", "check")),
)


async def check(settings: Settings) -> None:
    """Runs all checks before it says which failed, so that one go shows everything."""
    await set_up(settings, TEST)
    failed = []
    for name, words in CHECKS:
        say(f"Checking: {name}.")
        if await call(_tool(settings, words), stdout=STDOUT):
            failed.append(name)
    try:
        await test(settings)
    except Stop as stopped:
        failed.append(str(stopped))
    if failed:
        raise Stop(f"Not in order: {'; '.join(failed)}")
    say("Everything is in order.")


async def format_sources(settings: Settings) -> None:
    await set_up(settings, TEST)
    await call(_tool(settings, ("-m", "ruff", "check", "--fix", "--quiet", ".")), stdout=STDOUT)
    await call(_tool(settings, ("-m", "ruff", "format", ".")), stdout=STDOUT)


def _tool(settings: Settings, words: Sequence[str]) -> Command:
    # Both halves on the path: the import rules look at the bot's packages by their own names.
    path = f"{settings.root}:{settings.bot}"
    return Command([str(API.python(settings)), *words], settings.root, environ(PYTHONPATH=path))
