import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.database import Database
from api.services import demo, hand_overs, signing_in


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path}/new folder/pupil-voice.db"
    monkeypatch.setenv("PUPIL_VOICE_DATABASE_URL", url)
    return url


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_demo_opens_all_three_doors(url: str) -> None:
    run("migrate")
    ways = json.loads(run("demo", "--json"))

    database = Database(url)
    with database.writing() as session:
        assert hand_overs.with_code(session, ways["pupil_code"], "")
        for person in ways["staff_sign_ins"]:
            assert signing_in.sign_in(session, person["email"], person["password"], "")
    database.close()
    assert all(ways[door].startswith("http") for door in ("pupil", "parent", "staff"))


def test_the_demo_school_is_made_once_and_its_keys_are_fresh(url: str) -> None:
    run("migrate")
    run("migrate")
    first, second = json.loads(run("demo", "--json")), json.loads(run("demo", "--json"))

    assert first["parent"] != second["parent"]
    assert first["school"] == second["school"] == demo.SCHOOL


def test_there_is_no_demo_in_production(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUPIL_VOICE_ENVIRONMENT", "production")
    monkeypatch.setenv("PUPIL_VOICE_BOT_SECRET", "x" * 40)
    monkeypatch.setenv("PUPIL_VOICE_PUBLIC_URL", "https://voice.school.test")

    assert CliRunner().invoke(app, ["demo"]).exit_code != 0


@pytest.mark.parametrize(("password", "pin"), [("short", "1234"), ("long enough", "12"), ("long enough", "abcd")])
def test_a_password_or_a_pin_that_is_soon_guessed_is_refused(url: str, password: str, pin: str) -> None:
    run("migrate")
    about = ("--school=A school", "--country=GB-ENG", "--name=N", "--email=n@school.test")
    result = CliRunner().invoke(app, ["create-admin", *about, f"--password={password}", f"--pin={pin}"])

    assert result.exit_code == 2


def test_a_first_administrator_can_sign_in(url: str) -> None:
    run("migrate")
    given = {"school": "A school", "country": "GB-ENG", "name": "N", "email": "N@school.test", "pin": "1234"}
    run("create-admin", *(f"--{name}={value}" for name, value in given.items()), "--password=long enough")

    database = Database(url)
    with database.writing() as session:
        assert signing_in.sign_in(session, "n@school.test", "long enough", "")
    database.close()
