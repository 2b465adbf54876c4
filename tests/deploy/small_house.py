"""A launcher with one small service, for tests that send it signals: python small_house.py FOLDER

The service writes the ids of itself and of a child of its own to FOLDER/processes on every start.
"""

import asyncio
import os
import sys
from pathlib import Path

from deploy.local.processes import Command
from deploy.local.stopping import until_stopped
from deploy.local.supervise import Service, supervise

SERVICE = """
sleep 600 &
echo $$ $! >> processes
wait
"""


async def house(folder: Path) -> None:
    async def prepared() -> Command:
        return Command(["/bin/sh", "-c", SERVICE], folder, os.environ)

    async def announce() -> None:
        (folder / "announced").touch()

    await supervise([Service("small service", prepared)], announce)


if __name__ == "__main__":
    try:
        asyncio.run(until_stopped(house(Path(sys.argv[1]))))
    except asyncio.CancelledError:
        sys.exit(130)
