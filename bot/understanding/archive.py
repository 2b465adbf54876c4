"""The trained parts in one place: a folder, or the archive of a Rasa model that holds them."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from understanding.control import ControlReader
from understanding.errors import ModelError
from understanding.language import LanguageIdentifier
from understanding.reading import Reader
from understanding.safeguarding import Screen
from understanding.tags import Tagger

MODELS = Path(__file__).resolve().parent.parent / "models"
# Names of the graph components.
PARTS = SCREEN, LANGUAGE, CONTROL, TAGGER = ("SafeguardingScreen", "LanguageReader", "ControlReader", "FactorTagger")


def newest_model(folder: Path = MODELS) -> Path:
    archives = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not archives:
        raise ModelError(f"There is no trained model in {folder}.")
    return archives[-1]


def load_reader(model: Path) -> Reader:
    """`model` is a folder with one folder per part, or an archive of Rasa's."""
    if model.is_dir():
        return _reader({part: _folder_of(model, part) for part in PARTS})
    with tempfile.TemporaryDirectory() as room:
        unpack(model, Path(room))
        return _reader({part: Path(room) / part for part in PARTS})


def _reader(folders: dict[str, Path]) -> Reader:
    return Reader(
        Screen.load(folders[SCREEN]),
        LanguageIdentifier.load(folders[LANGUAGE]),
        ControlReader.load(folders[CONTROL]),
        Tagger.load(folders[TAGGER]),
    )


def _folder_of(model: Path, part: str) -> Path:
    """Rasa names a component's folder `train_<name><number>`."""
    found = [path for path in sorted(model.rglob("*")) if path.is_dir() and part in path.name]
    if not found:
        raise ModelError(f"{model} holds no {part}.")
    return found[0]


def unpack(archive: Path, room: Path) -> None:
    """Only plain files of the known parts, each at a place of our choosing."""
    with tarfile.open(archive, "r:gz") as members:
        for member in members:
            part = _part_of(PurePosixPath(member.name))
            source = members.extractfile(member) if part and member.isfile() else None
            if part and source:
                (room / part).mkdir(exist_ok=True)
                (room / part / PurePosixPath(member.name).name).write_bytes(source.read())


def _part_of(path: PurePosixPath) -> str | None:
    return next((part for part in PARTS for folder in path.parts[:-1] if part in folder), None)
