"""The folder with the records, and the secret in it."""

from pathlib import Path

import pytest

from deploy.local.data_folder import opened
from deploy.local.progress import Stop


def test_the_secrets_stay_the_same_from_run_to_run(tmp_path: Path) -> None:
    with opened(tmp_path / "data") as first:
        pass
    with opened(tmp_path / "data") as second:
        assert second == first
        assert len(second.bot) >= 32
        assert len(second.seal) >= 32


def test_what_the_bot_knows_does_not_seal_the_records(tmp_path: Path) -> None:
    with opened(tmp_path) as secrets:
        assert secrets.bot != secrets.seal


def test_two_folders_have_two_secrets(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as one, opened(tmp_path / "two") as two:
        assert one.bot != two.bot
        assert one.seal != two.seal


def test_only_the_owner_can_read_what_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path / "data"):
        kept = (tmp_path / "data", tmp_path / "data" / "bot-secret", tmp_path / "data" / "secret")
        assert [path.stat().st_mode & 0o077 for path in kept] == [0, 0, 0]


def test_a_second_run_on_the_same_records_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(Stop, match="DATA="), opened(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Stop), opened(tmp_path / "file" / "data"):
        pass


def test_secrets_that_the_person_brings_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUPIL_VOICE_BOT_SECRET", "brought from elsewhere")
    monkeypatch.setenv("PUPIL_VOICE_SECRET", "brought too")
    with opened(tmp_path) as secrets:
        assert (secrets.bot, secrets.seal) == ("brought from elsewhere", "brought too")


def test_a_folder_that_was_made_before_is_closed_to_others_too(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "pupil-voice.db-wal").touch()
    with opened(tmp_path):
        assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_a_folder_with_other_things_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "photographs").mkdir()
    with opened(tmp_path):
        assert tmp_path.stat().st_mode & 0o777 == 0o755
