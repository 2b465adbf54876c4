"""What goes on as long as the product runs."""

import asyncio

import pytest

from api.services.trying_again import without_end

pytestmark = pytest.mark.anyio
NAME = "Amina"


async def test_a_round_that_fails_is_followed_by_the_next_and_names_nobody(caplog: pytest.LogCaptureFixture) -> None:
    again = asyncio.Event()
    failures = iter([ValueError(NAME)])

    async def go_round() -> None:
        for failure in failures:
            raise failure
        again.set()

    rounds = asyncio.create_task(without_end("a work", go_round, pause=0))
    await asyncio.wait_for(again.wait(), timeout=5)
    rounds.cancel()

    assert [record.getMessage() for record in caplog.records] == ["a work failed: ValueError"]
