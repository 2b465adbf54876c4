"""The interview as a Rasa policy: what to say next is a pure function of the tracker's events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData, confidence_scores_for
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, RULE_SNIPPET_ACTION_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from adapters.fingerprints import fingerprint
from adapters.planning import plans
from adapters.turns import OPEN


class PlanDisagrees(RasaException):
    """A rule or story tells a conversation that the interview would not hold."""

    def __init__(self, story: str, told: str, planned: str) -> None:
        super().__init__(f"“{story}” says {told} where the interview says {planned}. Correct the one that is wrong.")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class InterviewPolicy(Policy):
    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"priority": 6}

    @staticmethod
    def supported_data() -> SupportedData:
        return SupportedData.ML_AND_RULE_DATA

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed plan has to be held against rules and stories again."""
        return fingerprint("interview", "data/interview")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> InterviewPolicy:
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing is learnt: every rule and story is checked against the plan, so that they stay true."""
        for tracker in training_trackers:
            if not tracker.is_augmented:
                check(tracker)
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        return self._prediction(confidence_scores_for(next_action(tracker), 1.0, domain))


def next_action(tracker: DialogueStateTracker) -> str:
    move = plans().next_move(tracker)
    return move.response if move else ACTION_LISTEN_NAME


def check(told: DialogueStateTracker) -> None:
    """Raises PlanDisagrees at the first action that the interview would not take."""
    replayed = DialogueStateTracker(told.sender_id, [])
    for event in _from_the_start(told):
        if isinstance(event, ActionExecuted) and replayed.latest_message.intent_name:
            planned = next_action(replayed)
            if event.action_name != planned:
                raise PlanDisagrees(str(told.sender_id), str(event.action_name), planned)
        replayed.update(event)


def _from_the_start(told: DialogueStateTracker) -> Iterator[Event]:
    """A rule that begins in the middle is told of a conversation that has just been opened."""
    events = [event for event in told.events if isinstance(event, (ActionExecuted, UserUttered))]
    if events and isinstance(events[0], ActionExecuted) and events[0].action_name == RULE_SNIPPET_ACTION_NAME:
        yield from _opening()
        events = events[1:]
    yield from events


def _opening() -> Iterator[Event]:
    tracker = DialogueStateTracker("opening", [])
    tracker.update(UserUttered("", {"name": OPEN}))
    while next_action(tracker) != ACTION_LISTEN_NAME:
        tracker.update(ActionExecuted(next_action(tracker)))
    yield from tracker.events
    yield ActionExecuted(ACTION_LISTEN_NAME)
