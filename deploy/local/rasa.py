"""Rasa's own command line, as this bot needs it: without TensorFlow, telemetry or a public address."""

from __future__ import annotations

from collections.abc import Sequence

from deploy.local.environ import environ
from deploy.local.environments import BOT
from deploy.local.processes import Command
from deploy.local.settings import Settings

# One thread for linear algebra: the bot's matrices are small, and each further thread costs memory.
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def bot_environ(settings: Settings, **more: str) -> dict[str, str]:
    """Whoever brings a PostgreSQL tracker store keeps it."""
    ours = environ(
        PYTHONPATH=str(settings.bot),
        RASA_TELEMETRY_ENABLED="false",
        RASA_CACHE_DIRECTORY=str(settings.build / "rasa-cache"),
        SANIC_HOST="127.0.0.1",
        LOG_LEVEL="WARNING",
        **THREADS,
        **more,
    )
    ours.pop("PUPIL_VOICE_SECRET", None)  # what seals the api's records is none of the bot's business
    ours.setdefault("PUPIL_VOICE_TRACKER_URL", f"sqlite:///{settings.data / 'tracker.db'}")
    return ours


def rasa(settings: Settings, words: Sequence[str], **more: str) -> Command:
    """`rasa WORDS`; paths that are not given are the bot's own."""
    launcher = settings.bot / "adapters" / "launcher.py"
    return Command([str(BOT.python(settings)), str(launcher), *words], settings.root, bot_environ(settings, **more))
