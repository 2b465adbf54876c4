"""Where the launcher looks for a Python."""

from pathlib import Path

from deploy.local.environments import BOT, no_python
from deploy.local.pythons import find_python, folders
from tests.deploy.programs import program

SHIM = "echo 'pyenv: python3.10: command not found' >&2; exit 127"


def test_a_python_is_found_past_a_shim(tmp_path: Path) -> None:
    shim = program(tmp_path / "pyenv" / "shims" / "python3.10", SHIM)
    real = program(tmp_path / "pyenv" / "versions" / "3.10.9" / "bin" / "python3.10", "echo 3 10")
    assert find_python([(3, 10)], folders({"PATH": str(shim.parent)}, tmp_path, [])) == real


def test_a_python_of_a_version_manager_is_found_without_any_path(tmp_path: Path) -> None:
    real = program(tmp_path / ".asdf" / "installs" / "python" / "3.10.1" / "bin" / "python3.10", "echo 3 10")
    assert find_python([(3, 10)], folders({}, tmp_path)) == real


def test_a_python_that_is_not_what_its_name_says_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "python3.10", "echo 3 11")
    assert find_python([(3, 10)], [tmp_path]) is None


def test_a_python_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "python3.10", SHIM)
    assert find_python([(3, 10)], [tmp_path]) is None


def test_the_version_preferred_comes_before_the_place_preferred(tmp_path: Path) -> None:
    program(tmp_path / "first" / "python3.13", "echo 3 13")
    preferred = program(tmp_path / "second" / "python3.12", "echo 3 12")
    assert find_python([(3, 12), (3, 13)], [tmp_path / "first", tmp_path / "second"]) == preferred


def test_a_missing_python_is_told_in_four_lines() -> None:
    assert len(no_python(BOT).splitlines()) == 4
