"""The table that a person reads. The same figures go to a JSON file."""

from collections.abc import Iterator, Mapping
from typing import Any

from .desk import AT_MOST, LARGE, SMALL
from .targets import figure

ROWS = (
    ("p50 of a turn, 1 at a time (ms)", ("1_at_a_time", "p50")),
    ("p95 of a turn, 1 at a time (ms)", ("1_at_a_time", "p95")),
    ("CPU of a turn, 1 at a time (ms)", ("1_at_a_time", "cpu")),
    ("p50 of a turn, 32 at a time (ms)", ("32_at_a_time", "p50")),
    ("p95 of a turn, 32 at a time (ms)", ("32_at_a_time", "p95")),
    ("turns a second, 32 at a time", ("32_at_a_time", "turns_per_second")),
    ("CPU of a turn, 32 at a time (ms)", ("32_at_a_time", "cpu")),
    ("turn 5 of one conversation (ms)", ("ms_at_turn", "5")),
    ("turn 50 of one conversation (ms)", ("ms_at_turn", "50")),
    ("turn 200 of one conversation (ms)", ("ms_at_turn", "200")),
    ("RSS of all processes (MB)", ("memory", "rss")),
    ("USS of all processes (MB)", ("memory", "uss")),
    ("PSS of all processes (MB)", ("memory", "pss")),
    ("PSS after the load (MB)", ("memory_after", "pss")),
    ("start to healthy (s)", ("seconds_to_healthy",)),
    ("training (s)", ("training", "seconds")),
    ("training (CPU s)", ("training", "cpu_seconds")),
)
NAMES = ("stock", "bot", "product")


def table(report: Mapping[str, Any]) -> Iterator[str]:
    sides = report["sides"]
    yield f"{'':44}{'stock':>9}{'bot':>9}{'product':>9}{'bot/st.':>9}{'prod/st.':>9}"
    for label, path in ROWS:
        stock, *ours = (figure(sides, (name, *path)) for name in NAMES)
        ratios = [value / stock if value is not None and stock else None for value in ours]
        yield f"{label:44}" + "".join(map(cell, [stock, *ours, *ratios]))
    yield ""
    for row in report["targets"]:
        verdict = {True: "reached", False: "MISSED", None: "no peer"}[row["met"]]
        yield f"{row['target']:44}{cell(row['ratio'])}   at most {row['at_most']:.2f}   {verdict}"


def pages(found: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Iterator[str]:
    """What staff wait for, in a small school and in a large one."""
    small, large = str(SMALL), str(LARGE)
    heads = (f"p50, {small}", f"p50, {large}", f"p95, {large}", "large/small")
    yield f"{'pages of staff (ms)':30}" + "".join(f"{head:>14}" for head in heads)
    for page, waits in found.items():
        few, many = waits[small], waits[large]
        verdict = "" if many["p95"] <= AT_MOST else f"   MISSED: at most {AT_MOST}"
        figures = f"{few['p50']:14.0f}{many['p50']:14.0f}{many['p95']:14.0f}{many['p50'] / few['p50']:14.2f}"
        yield f"{page:30}{figures}{verdict}"


def cell(value: float | None) -> str:
    if value is None:
        return f"{'–':>9}"
    return f"{value:9.2f}" if value < 100 else f"{value:9.0f}"
