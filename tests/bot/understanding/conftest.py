from __future__ import annotations

from pathlib import Path

import pytest
from understanding.archive import load_reader, save_parts
from understanding.control import ControlReader
from understanding.examples import Example, read_examples
from understanding.reading import Reader
from understanding.safeguarding import Screen
from understanding.tags import Tagger

NLU = Path(__file__).resolve().parents[3] / "bot" / "data" / "nlu"


@pytest.fixture(scope="session")
def examples() -> list[Example]:
    return read_examples(NLU)


@pytest.fixture(scope="session")
def model(examples: list[Example], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Trained once, on what the product is trained on."""
    folder = tmp_path_factory.mktemp("model")
    save_parts(folder, Screen.train(examples), ControlReader.train(examples), Tagger.train(examples))
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
