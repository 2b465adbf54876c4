"""The two processes of the product, and what each needs before it can start."""

from __future__ import annotations

from deploy.local.data_folder import Secrets
from deploy.local.environ import environ
from deploy.local.environments import API, BOT, prepare
from deploy.local.model import trained
from deploy.local.ports import LOOPBACK
from deploy.local.processes import Command, call_or_stop
from deploy.local.rasa import rasa
from deploy.local.settings import Settings
from deploy.local.supervise import Service

# No access log: addresses hold parents' tokens. A page that still polls must not hold up Ctrl-C.
QUIET = ("--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "3")


def bot_service(settings: Settings, port: int, secrets: Secrets) -> Service:
    async def prepared() -> Command:
        await prepare(BOT, settings)
        model = await trained(settings)
        words = ["run", "--interface", LOOPBACK, "--port", str(port), "--model", str(model)]
        return rasa(settings, words, PUPIL_VOICE_BOT_SECRET=secrets.bot)

    return Service("bot", prepared)


def api_service(settings: Settings, bot_port: int, secrets: Secrets) -> Service:
    environment = api_environ(settings, bot_port, secrets)

    async def prepared() -> Command:
        await prepare(API, settings)
        migrate = api_command(settings, environment, "-m", "api.cli", "migrate")
        await call_or_stop(migrate, "The records could not be brought up to date; the lines above say why.")
        app = ["-m", "uvicorn", "api.main:create_app", "--factory", "--host", LOOPBACK, "--port", str(settings.port)]
        return api_command(settings, environment, *app, *QUIET)

    return Service("api", prepared)


def api_environ(settings: Settings, bot_port: int, secrets: Secrets) -> dict[str, str]:
    """Whoever brings a PostgreSQL database or a public address keeps it."""
    chosen = environ(
        PUPIL_VOICE_BOT_URL=f"http://{LOOPBACK}:{bot_port}",
        PUPIL_VOICE_BOT_SECRET=secrets.bot,
        PUPIL_VOICE_SECRET=secrets.seal,
    )
    chosen.setdefault("PUPIL_VOICE_ENVIRONMENT", "development")
    chosen.setdefault("PUPIL_VOICE_DATABASE_URL", f"sqlite:///{settings.data / 'pupil-voice.db'}")
    chosen.setdefault("PUPIL_VOICE_PUBLIC_URL", address(settings))
    return chosen


def api_command(settings: Settings, environment: dict[str, str], *words: str) -> Command:
    return Command([str(API.python(settings)), *words], settings.root, environment)


def address(settings: Settings) -> str:
    return f"http://{LOOPBACK}:{settings.port}"
