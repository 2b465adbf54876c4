"""The bot's trained model: made again when, and only when, something it is made from changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from deploy.local.alone import waiting_for
from deploy.local.environments import BOT
from deploy.local.processes import call_quietly
from deploy.local.progress import Stop, say
from deploy.local.rasa import rasa
from deploy.local.settings import Settings
from deploy.local.stamps import digest

KEPT = 3  # a running bot may be restarted with the model it began with
TRAINED_FROM = ("config.yml", "domain", "data", "understanding", "interview", "adapters")
NOT_TRAINED_FROM = {".md", ".pyc", ".ini"}  # .ini: rules about our own questions


async def trained(settings: Settings) -> Path:
    """The model's archive. The bot's environment must be prepared."""
    model = models(settings) / f"{content_key(settings)}.tar.gz"
    if not model.exists():
        async with waiting_for(settings.build / "training.lock"):
            if not model.exists():
                await _train(settings, model)
    os.utime(model)
    prune(models(settings))
    return model


def content_key(settings: Settings) -> str:
    parts: list[Path | str] = [BOT.lock(settings, "run"), repr(BOT.versions)]
    for source in sources(settings.bot):
        parts += [source.relative_to(settings.bot).as_posix(), source]
    return digest(*parts)[:16]


def sources(bot: Path) -> Iterator[Path]:
    for name in TRAINED_FROM:
        place = bot / name
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (path for path in found if path.is_file() and path.suffix not in NOT_TRAINED_FROM)


def models(settings: Settings) -> Path:
    return settings.bot / "models"


def prune(folder: Path, kept: int = KEPT) -> None:
    newest_first = sorted(folder.glob("*.tar.gz"), key=lambda model: model.stat().st_mtime, reverse=True)
    for old in newest_first[kept:]:
        old.unlink(missing_ok=True)


async def _train(settings: Settings, model: Path) -> None:
    say("Training the bot: a minute or two, and only when its data or code changed.")
    draft = settings.build / "training"
    draft.mkdir(parents=True, exist_ok=True)
    model.parent.mkdir(exist_ok=True)
    command = rasa(settings, ["train", "--quiet", "--out", str(draft), "--fixed-model-name", model.name])
    log = settings.build / "training.log"  # Rasa warns of much that is as it should be
    if await call_quietly(command, log):
        say("".join(log.read_text(errors="replace").splitlines(keepends=True)[-20:]))
        raise Stop(f"The bot could not be trained; the lines above and {log} say why.")
    (draft / model.name).replace(model)
