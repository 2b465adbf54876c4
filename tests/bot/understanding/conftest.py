from __future__ import annotations

from pathlib import Path

import pytest
from understanding.archive import load_reader, train_parts
from understanding.control import ControlReader
from understanding.corpus import corpus_of
from understanding.examples import Example
from understanding.language import LanguageIdentifier
from understanding.reading import Reader
from understanding.safeguarding import Screen
from understanding.tags import Tagger

NLU = Path(__file__).resolve().parents[3] / "bot" / "data" / "nlu"


@pytest.fixture(scope="session")
def examples() -> list[Example]:
    return corpus_of(NLU).examples


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Trained once, on what the product is trained on."""
    folder = tmp_path_factory.mktemp("model")
    train_parts(folder, corpus_of(NLU))
    return folder


@pytest.fixture(scope="session")
def reader(model: Path) -> Reader:
    return load_reader(model)


@pytest.fixture(scope="session")
def screen(model: Path) -> Screen:
    return Screen.load(model / "SafeguardingScreen")


@pytest.fixture(scope="session")
def control(model: Path) -> ControlReader:
    return ControlReader.load(model / "ControlReader")


@pytest.fixture(scope="session")
def tagger(model: Path) -> Tagger:
    return Tagger.load(model / "FactorTagger")


@pytest.fixture(scope="session")
def language(model: Path) -> LanguageIdentifier:
    return LanguageIdentifier.load(model / "LanguageReader")
