"""How long a training takes, from nothing, with the CPU of every process that it starts."""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from deploy.local.rasa import rasa
from deploy.local.settings import read_settings


def timed(train: Callable[[], object]) -> dict[str, float]:
    started, cpu = time.perf_counter(), children_cpu()
    train()
    return {"seconds": round(time.perf_counter() - started, 1), "cpu_seconds": round(children_cpu() - cpu, 1)}


def train_ours() -> dict[str, float]:
    """The product's own model, into a folder that goes away: the one that is kept stays as it is."""
    with tempfile.TemporaryDirectory(prefix="pupil-voice-training-") as folder:
        command = rasa(read_settings({}), ["train", "--force", "--quiet", "--out", folder])
        with (Path(folder) / "log").open("wb") as log:
            return timed(
                lambda: subprocess.run(
                    command.words, cwd=command.folder, env=dict(command.environment), stdout=log, stderr=log, check=True
                )
            )


def remembered(file: Path) -> dict[str, float]:
    figures: dict[str, float] = json.loads(file.read_text())
    return figures


def children_cpu() -> float:
    times = psutil.Process().cpu_times()
    return float(times.children_user + times.children_system)
