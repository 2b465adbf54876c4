"""python -m tests.bench: measures and prints. With PEER=1 the stock assistant is trained, if it never was."""

import argparse
import asyncio
import json
import os
import platform
import tempfile
import time
from pathlib import Path
from typing import Any

from deploy.local.settings import CHECKOUT

from . import desk, peer
from .report import pages, table
from .rounds import measure
from .sides import NAMES, compared
from .targets import reached


def main() -> None:
    options = arguments()
    if os.environ.get("PEER") == "1":
        peer.train_once()
    report = asyncio.run(compare(options)) if options.command == "run" else {}
    report["pages"] = desk.measured()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=1) + "\n")
    turns = table(report) if "sides" in report else ()
    print(*turns, "", *pages(report["pages"]), "", f"Written to {options.out}", sep="\n")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("command", nargs="?", choices=["run", "desk"], default="run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--peer-store", choices=["memory", "sqlite"], default="memory")
    parser.add_argument("--out", type=Path, default=CHECKOUT / ".build" / "bench.json")
    return parser.parse_args()


async def compare(options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="pupil-voice-bench-") as data:
        async with compared(options.only, options.peer_store, Path(data)) as sides:
            await measure(sides, options.rounds)
            figures = {side.name: side.figures() for side in sides}
    return {
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "machine": {"cores": os.cpu_count(), "system": platform.platform(), "load": os.getloadavg()},
        "peer_store": options.peer_store,
        "rounds": options.rounds,
        "sides": figures,
        "targets": reached(figures),
    }


if __name__ == "__main__":
    main()
