"""A turn that breaks the bot is told apart from a bot that takes no turns."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from adapters.channel import _answered
from adapters.exchange import Refused
from sqlalchemy.exc import OperationalError


async def broken_by(error: Exception) -> dict[str, Any]:
    raise error


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (ValueError("xylophone"), 500, "turn_failed"),
        (OperationalError("xylophone", None, Exception()), 503, "store_down"),
        (Refused(503, "not_ready"), 503, "not_ready"),
    ],
)
def test_only_a_turn_that_can_never_be_taken_is_the_turns_own_fault(error: Exception, status: int, code: str) -> None:
    answer = asyncio.run(_answered(broken_by(error)))

    assert (answer.status, json.loads(answer.body or b"")) == (status, {"error": code})
