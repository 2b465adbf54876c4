"""Ports, before anything starts."""

import socket
from collections.abc import Iterator

import pytest

from deploy.local import ports
from deploy.local.progress import Stop
from deploy.local.settings import read_settings


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        yield stranger.getsockname()[1]


def test_a_taken_port_is_a_sentence_that_names_it(taken: int) -> None:
    with pytest.raises(Stop, match=rf"Port {taken} .*PORT="):
        ports.must_be_free(taken, "PORT")


def test_a_bot_port_that_was_chosen_must_be_free(taken: int) -> None:
    with pytest.raises(Stop, match="BOT_PORT"):
        ports.bot_port(taken)


def test_without_a_choice_the_bot_takes_another_free_port(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "USUAL_BOT_PORT", taken)
    assert ports.is_free(ports.bot_port(None))


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eight", "8000 "])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(Stop, match="PORT"):
        read_settings({"PORT": port})


def test_the_person_chooses_port_and_data_folder(tmp_path: str) -> None:
    chosen = read_settings({"PORT": "8123", "DATA": str(tmp_path)})
    assert (chosen.port, chosen.data) == (8123, tmp_path)
