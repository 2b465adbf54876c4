"""The drawing says what the table says, in the direction in which the reader reads."""

from itertools import pairwise

from api.models import now
from api.pages.staff.change_chart import Chart, chart_of
from api.services.insight.changes import Count, Course
from api.services.insight.voices import Talk, Voice


def chart(direction: str) -> Chart:
    talks = [Talk(name, now(), []) for name in ("first", "second")]
    counts = [Count("happy", [0, 2])], [Count("sad", [1, 0])], [Count("life.money", [4, 2])]
    return chart_of(Course(Voice("pupil", "", talks), talks, *counts, [], [], []), direction)


def drawn(direction: str) -> list[tuple[int, str, int]]:
    """From left to right."""
    bars = [(slot.place, bar) for slot in chart(direction).slots for bar in slot.bars]
    return [(place, bar.kind, bar.count) for place, bar in sorted(bars, key=lambda each: each[1].x)]


def test_time_runs_as_the_reader_reads() -> None:
    assert [count for _, _, count in drawn("ltr")] == [0, 1, 4, 2, 0, 2]
    assert drawn("rtl") == drawn("ltr")[::-1]


def test_bars_are_as_tall_as_their_numbers() -> None:
    heights = {bar.count: bar.height for slot in chart("ltr").slots for bar in slot.bars}

    assert heights[4] > heights[2] > heights[1] > 0
    assert heights[0] == 0


def test_bars_do_not_overlap_and_stand_inside_the_drawing() -> None:
    drawing = chart("ltr")
    left = sorted(bar.x for slot in drawing.slots for bar in slot.bars)

    assert all(later - earlier >= drawing.bar for earlier, later in pairwise(left))
    assert left[0] >= 0
    assert left[-1] + drawing.bar <= drawing.width
