"""Rasa's command line, with this repository's paths and without TensorFlow."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest
from adapters import commands, fingerprints, stand_ins
from adapters.stand_ins import NeuralComponent, StandInUsed

lean = pytest.mark.skipif(stand_ins.has_tensorflow(), reason="TensorFlow is installed here")


@pytest.mark.parametrize(
    "words", [["train"], ["run"], ["shell"], ["test", "core"], ["test", "nlu"], ["data", "validate"]]
)
def test_every_path_that_was_not_given_is_filled_in(words: list[str]) -> None:
    completed = commands.completed(words)
    assert completed[: len(words)] == words
    assert len(completed) > len(words)


@pytest.mark.parametrize("given", [["-d", "other"], ["--domain", "other"], ["--domain=other"]])
def test_a_path_that_was_given_stays(given: list[str]) -> None:
    completed = commands.completed(["train", *given])
    assert not any(word.endswith("bot/domain") for word in completed)


def test_the_bot_listens_on_loopback_only() -> None:
    completed = commands.completed(["run"])
    assert completed[completed.index("--interface") + 1] == "127.0.0.1"


@lean
def test_tensorflow_can_be_imported_subclassed_and_used_as_a_decorator() -> None:
    tensorflow, layers = import_module("tensorflow"), import_module("tensorflow.keras.layers")

    class Ours(layers.Layer):  # type: ignore[name-defined]
        @tensorflow.function
        def call(self) -> int:
            return 7

    assert Ours().call() == 7


@lean
def test_what_needs_tensorflow_says_so() -> None:
    with pytest.raises(StandInUsed, match="constant"):
        import_module("tensorflow").constant(1, 2)


@lean
def test_the_stand_in_answers_for_tensorflow_alone() -> None:
    with pytest.raises(ModuleNotFoundError):
        __import__("tensorflowless")
    assert "torch" not in sys.modules


@lean
@pytest.mark.parametrize("name", ["DIETClassifier", "TEDPolicy", "rasa.nlu.classifiers.diet_classifier.DIETClassifier"])
def test_a_neural_component_is_refused(name: str) -> None:
    with pytest.raises(NeuralComponent):
        stand_ins.refuse_neural(["adapters.policy.InterviewPolicy", name])


def test_a_fingerprint_changes_with_any_file(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "BOT", tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "guides.yml").write_text("one")
    before = fingerprints.fingerprint("data")
    (tmp_path / "data" / "guides.yml").write_text("two")
    assert fingerprints.fingerprint("data") != before
