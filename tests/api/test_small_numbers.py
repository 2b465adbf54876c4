"""Nobody is singled out by a count. The reader here knows every size, the total, and the rule itself."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from api.services.insight.small_numbers import LEAST, Part, Shown, merged, shown


@st.composite
def a_part(draw: st.DrawFn, most: int = 14) -> Part:
    of = draw(st.integers(LEAST, most))
    return Part(draw(st.integers(0, of)), of)


def tables(groups: int, most: int = 14) -> st.SearchStrategy[dict[int, Part]]:
    return st.lists(a_part(most), min_size=1, max_size=groups).map(lambda parts: dict(enumerate(parts)))


def could_be(parts: dict[int, Part], seen: Shown[int]) -> list[dict[int, int]]:
    """Every way in which the hidden counts can be, by what is shown and by the rule itself."""
    hidden = sorted(seen.hidden)
    left = (seen.total or 0) - sum(count or 0 for count in seen.groups.values())
    ways = product(*(range(parts[group].of + 1) for group in hidden))
    found = [dict(zip(hidden, way, strict=True)) for way in ways if seen.total is None or sum(way) == left]
    return [way for way in found if shown(filled(parts, way)) == seen]


def filled(parts: dict[int, Part], counts: dict[int, int]) -> dict[int, Part]:
    return {group: Part(counts.get(group, part.count), part.of) for group, part in parts.items()}


@given(tables(8, most=60))
def test_no_small_number_is_shown(parts: dict[int, Part]) -> None:
    seen = shown(parts)

    assert seen.total is None or LEAST <= seen.total <= sum(part.of for part in parts.values()) - LEAST
    assert all(LEAST <= count <= parts[group].of - LEAST for group, count in seen.groups.items() if count is not None)


@given(tables(8, most=60))
def test_what_is_shown_is_true(parts: dict[int, Part]) -> None:
    seen = shown(parts)

    assert seen.total in (None, sum(part.count for part in parts.values()))
    assert all(count in (None, parts[group].count) for group, count in seen.groups.items())


@settings(max_examples=80, deadline=None)
@given(tables(3, most=12))
def test_no_hidden_number_can_be_worked_out(parts: dict[int, Part]) -> None:
    seen = shown(parts)

    ways = could_be(parts, seen)

    assert all(len({way[group] for way in ways}) > 1 for group in seen.hidden)


@settings(max_examples=80, deadline=None)
@given(tables(4, most=60))
def test_hidden_numbers_together_are_no_small_number(parts: dict[int, Part]) -> None:
    """The total less what is shown is a number that the reader has, too."""
    seen = shown(parts)
    if seen.total is None or not seen.hidden:
        return

    counted = seen.total - sum(count or 0 for count in seen.groups.values())

    assert LEAST <= counted <= sum(parts[group].of for group in seen.hidden) - LEAST


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 40)))
def test_merged_groups_lose_nobody_and_are_never_small(sizes: dict[int, int]) -> None:
    groups = merged(sizes)

    people = [sum(sizes[each] for each in group) for group in groups]
    assert sorted(each for group in groups for each in group) == sorted(sizes)
    assert len(groups) < 2 or all(size >= LEAST for size in people)


def test_the_last_hidden_group_is_not_the_total_less_the_others() -> None:
    parts = {"7": Part(2, 20), "8": Part(9, 20), "9": Part(12, 25)}

    assert shown(parts) == Shown(23, {"7": None, "8": None, "9": 12})


def test_all_but_a_few_is_as_telling_as_a_few() -> None:
    assert shown({"7": Part(18, 20), "8": Part(10, 20), "9": Part(11, 25)}).groups["7"] is None
