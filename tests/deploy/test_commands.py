"""The command line."""

import subprocess
import sys

import pytest

from deploy.local.commands import COMMANDS, main
from deploy.local.demo import describe
from deploy.local.settings import CHECKOUT

DEMO = {
    "school": "Demo School",
    "staff": "http://127.0.0.1:8000/staff",
    "staff_sign_ins": [{"email": "lead@demo.example", "password": "demo", "role": "safeguarding_lead", "pin": "1234"}],
    "pupil": "http://127.0.0.1:8000/pupil",
    "pupil_code": "123456",
    "parent": "http://127.0.0.1:8000/parent/abc",
}


def test_an_unknown_command_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dance"]) == 2
    assert "understand" in capsys.readouterr().err


def test_every_command_of_the_makefile_is_known() -> None:
    made = {line.split()[-1] for line in (CHECKOUT / "Makefile").read_text().splitlines() if "$(LAUNCHER)" in line}
    assert made == set(COMMANDS)


def test_a_wrong_port_ends_the_command_with_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "eight")
    assert main(["run"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_three_addresses_and_the_sign_ins_are_printed() -> None:
    printed = describe(DEMO)
    assert all(value in printed for key, value in DEMO.items() if key != "staff_sign_ins")
    assert all(value in printed for value in ("lead@demo.example", "1234"))


def test_the_launcher_needs_nothing_beyond_the_standard_library() -> None:
    load = f"import sys; sys.path[:0] = ['{CHECKOUT}']; import deploy.local.commands"
    subprocess.run([sys.executable, "-I", "-S", "-c", load], check=True)
