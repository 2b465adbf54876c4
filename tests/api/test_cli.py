import json
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from api.cli import app
from api.database import Database
from api.errors import WrongSignIn
from api.models import StaffMember
from api.services import demo
from api.services.people import signing_in
from api.services.talk import hand_overs


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
    monkeypatch.setenv("PUPIL_VOICE_SECRET", "y" * 40)
    monkeypatch.setenv("PUPIL_VOICE_PUBLIC_URL", "https://voice.school.test")

    assert CliRunner().invoke(app, ["demo"]).exit_code != 0


@pytest.mark.parametrize(("password", "pin"), [("short", "7413"), ("long enough", "12"), ("long enough", "1234")])
def test_a_password_or_a_pin_that_is_soon_guessed_is_refused(url: str, password: str, pin: str) -> None:
    run("migrate")
    about = ("--school=A school", "--country=GB-ENG", "--name=N", "--email=n@school.test")
    result = CliRunner().invoke(app, ["create-admin", *about, f"--password={password}", f"--pin={pin}"])

    assert result.exit_code == 2


def create_admin(school: str, email: str, pin: str = "7413") -> None:
    given = {"school": school, "country": "GB-ENG", "name": "N", "email": email, "pin": pin}
    run("create-admin", *(f"--{name}={value}" for name, value in given.items()), "--password=long enough")


def test_a_first_administrator_can_sign_in(url: str) -> None:
    run("migrate")
    create_admin("A school", "N@school.test")

    database = Database(url)
    with database.writing() as session:
        assert signing_in.sign_in(session, "n@school.test", "long enough", "")
    database.close()


def test_another_name_makes_another_school_and_the_same_one_more_administrator(url: str) -> None:
    run("migrate")
    create_admin("A school", "first@school.test")
    create_admin("A school", "second@school.test")
    create_admin("Another", "third@school.test")

    database = Database(url)
    with database.reading() as session:
        schools = {each.email: each.school_id for each in session.exec(select(StaffMember))}
    database.close()
    assert schools["first@school.test"] == schools["second@school.test"] != schools["third@school.test"]


def test_the_operator_marks_somebody_as_having_left(url: str) -> None:
    run("migrate")
    create_admin("A school", "first@school.test")
    assert CliRunner().invoke(app, ["staff-leaves", "--email=first@school.test"]).exit_code == 2
    create_admin("A school", "second@school.test")

    run("staff-leaves", "--email=First@school.test")

    database = Database(url)
    with database.writing() as session, pytest.raises(WrongSignIn):
        signing_in.sign_in(session, "first@school.test", "long enough", "")
    database.close()


def test_the_set_up_code_follows_from_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = []
    for secret in ("one", "one", "other"):
        monkeypatch.setenv("PUPIL_VOICE_SECRET", secret)
        codes.append(run("set-up-code"))

    assert codes[0] == codes[1] != codes[2]
