from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from understanding.archive import load_reader, unpack
from understanding.control import ControlReader
from understanding.examples import Example, read_examples
from understanding.language import LanguageIdentifier
from understanding.reading import Reader
from understanding.safeguarding import Screen
from understanding.tags import Tagger

from deploy.local.model import trained
from deploy.local.settings import read_settings

NLU = Path(__file__).resolve().parents[3] / "bot" / "data" / "nlu"


@pytest.fixture(scope="session")
def examples() -> list[Example]:
    return read_examples(NLU)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The parts of the product's own model, trained now if anything that it is made from changed."""
    folder = tmp_path_factory.mktemp("model")
    unpack(asyncio.run(trained(read_settings({}))), folder)
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
