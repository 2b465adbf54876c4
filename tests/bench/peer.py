"""The peer: what `rasa init` makes (moodbot: DIET, TED, TensorFlow), in its own environment, trained once.

Its conversations stay in memory, as `rasa init` leaves it. That is the choice that favours the peer: nothing is
written to a disk, while our bot and our api both keep theirs. `--peer-store sqlite` gives it Rasa's SQL store.
"""

import json
import subprocess

from deploy.local.environ import environ
from deploy.local.environments import PEER
from deploy.local.settings import read_settings
from tests.running.server import Server

from .training import remembered, timed

SETTINGS = read_settings({})
FOLDER = SETTINGS.build / "peer"
RASA = (str(PEER.python(SETTINGS)), "-W", "ignore", "-m", "rasa")
QUIET = {"RASA_TELEMETRY_ENABLED": "false"}
TRAINING = FOLDER / "training.json"
PORT = 5120

STORES = {
    "memory": "# in memory, as rasa init leaves it\n",
    "sqlite": "tracker_store: {type: SQL, dialect: sqlite, db: tracker.db}\n",
}


def ready() -> bool:
    return TRAINING.exists()


def train_once() -> None:
    """The project, its model and how long it took stay in .build/peer, which is never committed."""
    if ready():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not (FOLDER / "config.yml").exists():
        rasa("init", "--no-prompt", "--init-dir", ".")
    TRAINING.write_text(json.dumps(timed(lambda: rasa("train", "--force", "--quiet"))))


def training_time() -> dict[str, float]:
    return remembered(TRAINING)


def start(store: str) -> Server:
    (FOLDER / "endpoints.yml").write_text(STORES[store])
    command = [*RASA, "run", "--interface", "127.0.0.1", "--port", str(PORT), "--enable-api"]
    return Server(command, f"{ADDRESS}/status", FOLDER / "server.log", FOLDER, **QUIET)


ADDRESS = f"http://127.0.0.1:{PORT}"


def rasa(*arguments: str) -> None:
    with (FOLDER / "training.log").open("ab") as log:
        subprocess.run([*RASA, *arguments], cwd=FOLDER, env=environ(**QUIET), stdout=log, stderr=log, check=True)
