"""Placeholders for libraries that Rasa imports and this bot does not use.

Rasa 3.6 imports every component and messenger that it ships with, although none of them is configured here:
TensorFlow (2 GB, seconds), and a third of the memory of a running bot. Those imports are answered with
placeholders. They may be subclassed and used as decorators while modules load, and refuse with a sentence as soon
as something wants to work with them.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Iterable
from typing import Any

TENSORFLOW = ("tensorflow", "tensorflow_text", "tensorflow_hub", "keras")
# Training and reports need the first five; the rest are messengers, and the only door is the api's.
UNUSED_WHILE_SPEAKING = (
    "sklearn",
    "sklearn_crfsuite",
    "scipy",
    "joblib",
    "matplotlib",
    "aiogram",
    "fbmessenger",
    "mattermostwrapper",
    "rocketchat_API",
    "slack_sdk",
    "twilio",
    "webexteamssdk",
)
NEURAL = frozenset(
    {
        "DIETClassifier",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
        "ResponseSelector",
        "LanguageModelFeaturizer",
        "ConveRTFeaturizer",
    }
)


class NeuralComponent(RuntimeError):
    """A component of the configuration needs TensorFlow, which is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} needs TensorFlow, which is not installed here. Take it out of bot/config.yml, "
            "or install tensorflow 2.12 into the bot's environment."
        )


class StandInUsed(RuntimeError):
    """Something works with a library that is only stood in for."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is only stood in for (bot/adapters/stand_ins.py): take the component that uses it out of "
            "bot/config.yml, or take the library out of the list there and install it."
        )


class _Placeholder(type):
    def __getattr__(cls, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return _placeholder(f"{cls.__qualname__}.{name}")

    def __getitem__(cls, _: object) -> type:
        return cls

    def __or__(cls, _: object) -> type:
        return cls

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if not cls.__dict__.get("_stands_in"):
            return super().__call__(*args, **kwargs)
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]  # `@tf.function`, met while Rasa's own classes are defined
        raise StandInUsed(cls.__qualname__)


def _placeholder(name: str) -> type:
    return _Placeholder(name, (), {"_stands_in": True})


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, libraries: Iterable[str]) -> None:
        self._libraries = frozenset(libraries)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] not in self._libraries:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        module = types.ModuleType(spec.name)
        module.__dict__.update(__version__="0", __getattr__=lambda name: _member(spec.name, name))
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """A placeholder runs nothing."""


def _member(module: str, name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    return _placeholder(f"{module}.{name}")


def has_tensorflow() -> bool:
    return importlib.machinery.PathFinder.find_spec("tensorflow") is not None


def stand_in_for_tensorflow() -> None:
    """An installed TensorFlow is left alone."""
    if not has_tensorflow():
        sys.meta_path.append(_Finder(TENSORFLOW))


def stand_in_while_speaking() -> None:
    """For a process that runs the trained bot and does nothing else: the libraries are there, and stay unloaded."""
    sys.meta_path.insert(0, _Finder(UNUSED_WHILE_SPEAKING))


def refuse_neural(components: Iterable[str]) -> None:
    """Raise for the first configured component that cannot work; said before minutes of training, not after."""
    for name in components:
        if not has_tensorflow() and name.rpartition(".")[2] in NEURAL:
            raise NeuralComponent(name)
