"""Rasa's command line for this repository: `python bot/adapters/launcher.py train|run|test|shell|data validate …`."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

BOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path[0] = str(BOT)  # packages are imported as `adapters`, `interview`, `understanding`

from adapters import commands, logs, stand_ins  # noqa: E402

ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SANIC_ACCESS_LOG": "false",  # a line for every turn costs 0.2 ms and tells nothing
    "MAX_NUMBER_OF_PREDICTIONS": "120",  # one action a message: a read-back says one line after the other
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",  # Rasa declares its own, unused table the old way
    "PUPIL_VOICE_TRACKER_URL": "sqlite:///data/tracker.db",
}
# Of Rasa's own libraries, and nothing that a school could do anything about.
EXPECTED_WARNINGS = [(UserWarning, "pkg_resources is deprecated"), (DeprecationWarning, "deprecated - use '")]
SPEAKING = ("run", "shell")
SHORTEST_SECRET = 16


def prepare() -> None:
    """Everything that has to stand before the first import of Rasa."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
    logs.configure()
    stand_ins.stand_in_for_tensorflow()
    with warnings.catch_warnings():
        import sanic.app  # noqa: F401, PLC0415 - switches deprecation warnings back on, unless it is done here


def check(words: list[str]) -> None:
    """Says in a sentence what would otherwise end as a traceback, or as a person's words on a screen."""
    if words[:1] == ["run"] and len(os.environ.get("PUPIL_VOICE_BOT_SECRET", "")) < SHORTEST_SECRET:
        commands.fail(f"set PUPIL_VOICE_BOT_SECRET to at least {SHORTEST_SECRET} characters; the api needs the same.")
    if words[:1] and words[0] in SPEAKING and _wants_debug_output(words):
        commands.fail("--debug and LOG_LEVEL=DEBUG print what people say, so run and shell refuse them.")
    if words[:1] == ["train"]:
        _check_components(commands.configuration(words))


def _wants_debug_output(words: list[str]) -> bool:
    return bool({"--debug", "-vv"} & set(words)) or os.environ.get("LOG_LEVEL", "").upper() == "DEBUG"


def _check_components(config: Path) -> None:
    import yaml  # noqa: PLC0415 - `run` starts without it

    parts = yaml.safe_load(config.read_text(encoding="utf-8")) or {}
    named = [part["name"] for part in [*(parts.get("pipeline") or []), *(parts.get("policies") or [])]]
    try:
        stand_ins.refuse_neural(named)
    except stand_ins.NeuralComponent as problem:
        commands.fail(str(problem))


def main(words: list[str]) -> None:
    prepare()
    check(words)
    if words[:1] and words[0] in SPEAKING:
        stand_ins.stand_in_while_speaking()
    from rasa import __main__ as rasa_main  # noqa: PLC0415 - only now may Rasa be imported
    from rasa.utils import common as rasa_common  # noqa: PLC0415

    rasa_common.EXPECTED_WARNINGS.extend(EXPECTED_WARNINGS)
    rasa_main.configure_structlog = logs.configure_structlog
    sys.argv = ["rasa", *commands.completed(words)]
    rasa_main.main()


if __name__ == "__main__":
    main(sys.argv[1:])
