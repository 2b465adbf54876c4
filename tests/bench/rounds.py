"""The comparison: every side in turn, round after round, so that a slow minute of the machine slows all of them."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from tests.running.server import Memory, Server

from .exercise import PERIOD
from .figures import Load, cost_around, middle
from .talking import Begin, long_talk, round_of_turns

TURNS = {1: 112, 32: 448}  # in one round, by how many conversations go on at a time
LONG_TALKS = 3
LENGTHS = (5, 50, 200)


@dataclass
class Side:
    """Who is measured: how a conversation begins, how a very long one begins, and which processes answer."""

    name: str
    begin: Begin
    begin_long: Begin
    server: Server
    naming: str = ""  # only the processes whose command line holds this
    training: Mapping[str, float] = field(default_factory=dict)
    before: Memory | None = None  # healthy and warm, before the load
    loads: dict[int, list[Load]] = field(default_factory=dict)
    long_talks: list[list[float]] = field(default_factory=list)

    def cpu_seconds(self) -> float:
        return self.server.cpu_seconds(self.naming)

    def figures(self) -> dict[str, object]:
        whole = not self.naming
        return {
            **{f"{at_a_time}_at_a_time": asdict(middle(rounds)) for at_a_time, rounds in self.loads.items()},
            "ms_at_turn": {str(turn): cost_around(self.long_talks, turn, PERIOD) for turn in LENGTHS},
            "memory": asdict(self.before) if self.before else None,
            "memory_after": asdict(self.server.memory(self.naming)),
            "seconds_to_healthy": self.server.seconds_to_healthy if whole else None,
            "training": dict(self.training),
        }


async def measure(sides: Sequence[Side], rounds: int) -> None:
    for side in sides:
        await round_of_turns(side.begin, 1, 28, side.cpu_seconds)  # first turns fill caches and are not counted
        side.before = side.server.memory(side.naming)
    for number in range(rounds):
        for at_a_time, turns in TURNS.items():
            for side in sides:
                load = await round_of_turns(side.begin, at_a_time, turns, side.cpu_seconds)
                side.loads.setdefault(at_a_time, []).append(load)
                say(f"round {number + 1}, {at_a_time} at a time, {side.name}: {load}")
    for _ in range(LONG_TALKS):
        for side in sides:
            side.long_talks.append(await long_talk(side.begin_long, max(LENGTHS) + PERIOD))
            say(f"a conversation of {max(LENGTHS)} turns, {side.name}: done")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
