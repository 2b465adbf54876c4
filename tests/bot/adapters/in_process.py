"""The trained agent inside the test, so that a test can break a part of it."""

from __future__ import annotations

import asyncio
import itertools
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adapters.channel import _reply_to
from adapters.exchange import Request
from adapters.tracker_store import WordlessTrackerStore
from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig


class Broken:
    """Stands where a reader was and fails at every word, with the words in its error."""

    def __getattr__(self, name: str) -> Any:
        def fail(text: str, *_: object, **__: object) -> None:
            raise ValueError(f"cannot read {text}")

        return fail


class OwnAgent:
    def __init__(self, model: Path, store: WordlessTrackerStore) -> None:
        voice = EndpointConfig(type="adapters.nlg.CatalogVoice")
        with warnings.catch_warnings():  # Rasa's own
            warnings.simplefilter("ignore")
            self.agent = Agent.load(model, generator=voice, tracker_store=store)
        self.agent.tracker_store = self.agent.processor.tracker_store = store
        self.store = store
        self._ids = itertools.count(1)
        self._conversation = ""

    def begin(self) -> None:
        """Another conversation."""
        self._conversation = f"conversation-{next(self._ids)}"

    def turn(self, kind: str, text: str = "", **about: Any) -> dict[str, Any]:
        usual = {"choices": [], "target": None, "asked": None, "language": "en", "audience": "pupil"}
        request = Request(
            conversation=self._conversation,
            turn=f"turn-{next(self._ids)}",
            previous=None,
            kind=kind,
            text=text,
            about={"kind": kind, **usual, "guide": "pupil", "age_band": None, "earlier": {}, **about},
        )
        return asyncio.run(self._answer(request))

    async def _answer(self, request: Request) -> dict[str, Any]:
        with self.store.hold(request.conversation) as tracker:
            return await _reply_to(request, tracker, self.agent.handle_message)

    def component(self, name: str) -> Any:
        """The graph component of that class."""
        nodes: Mapping[str, Any] = self.agent.processor.graph_runner._instantiated_nodes
        return next(node._component for key, node in nodes.items() if name in key)
