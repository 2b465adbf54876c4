"""Setting up an environment: once, again when its lock changed, and from the start when it was broken off."""

import asyncio
from pathlib import Path

import pytest

from deploy.local.environments import BOT, RUN, TEST, prepare
from deploy.local.progress import Stop
from deploy.local.settings import Settings
from deploy.local.stamps import remove_stamp
from tests.deploy.programs import program


def set_up(settings: Settings, purpose: str = RUN) -> None:
    asyncio.run(prepare(BOT, settings, purpose))


def calls(uv: Path, word: str) -> int:
    return sum(line.startswith(word) for line in uv.read_text().splitlines())


def test_a_second_set_up_does_nothing(settings: Settings, uv: Path) -> None:
    set_up(settings)
    set_up(settings)
    assert (calls(uv, "venv"), calls(uv, "pip sync")) == (1, 1)


def test_a_changed_lock_is_installed_into_the_same_environment(settings: Settings, uv: Path) -> None:
    set_up(settings)
    (settings.locks / "bot.txt").write_text("bot==2\n")
    set_up(settings)
    assert (calls(uv, "venv"), calls(uv, "pip sync")) == (1, 2)


def test_an_environment_to_test_serves_to_run(settings: Settings, uv: Path) -> None:
    set_up(settings, TEST)
    set_up(settings, RUN)
    assert calls(uv, "pip sync") == 1


def test_an_environment_to_run_does_not_serve_to_test(settings: Settings, uv: Path) -> None:
    set_up(settings, RUN)
    set_up(settings, TEST)
    assert calls(uv, "pip sync") == 2


def test_a_set_up_that_was_broken_off_is_redone_from_the_start(settings: Settings, uv: Path) -> None:
    set_up(settings)
    remove_stamp(BOT.folder(settings))
    set_up(settings)
    assert calls(uv, "venv") == 2


def test_packages_that_do_not_install_leave_no_stamp(settings: Settings, uv: Path) -> None:
    set_up(settings)
    (settings.locks / "bot.txt").write_text("bot==2\n")
    program(settings.root / ".tools" / "bin" / "uv", "exit 1")
    with pytest.raises(Stop):
        set_up(settings)
    assert not BOT.serves(settings, RUN)


def test_packages_are_installed_by_their_hashes_only(settings: Settings, uv: Path) -> None:
    set_up(settings)
    assert "--require-hashes" in uv.read_text().splitlines()[-1]


def test_stdout_stays_free_for_data_while_packages_install(
    settings: Settings, uv: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    set_up(settings)
    program(settings.root / ".tools" / "bin" / "uv", "echo noise")
    set_up(settings, TEST)
    assert capfd.readouterr().out == ""


def test_where_no_python_can_be_had_the_person_reads_four_lines(
    settings: Settings, uv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(settings.root / ".tools" / "bin" / "uv", "exit 2")
    monkeypatch.setattr("deploy.local.environments.folders", lambda *_: [])
    with pytest.raises(Stop) as stopped:
        set_up(settings)
    assert len(str(stopped.value).splitlines()) == 4


def test_a_python_that_was_chosen_must_be_the_right_one(
    settings: Settings, uv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_PYTHON", str(program(tmp_path / "python", "echo 3 12")))
    with pytest.raises(Stop, match=r"3\.10"):
        set_up(settings)
