"""Empty migrated databases, quickly: a SQLite file to copy, a PostgreSQL template to clone."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from api import schema
from api.database import Database
from tests.api.people import people_the_schools

TEMPLATE = "migrated"
ROLE = "product"  # an ordinary one: policies do not bind a superuser
OPTIONS = "-h 127.0.0.1 -k '' -F -c full_page_writes=off -c synchronous_commit=off"


class SqliteStores:
    def __init__(self, folder: Path) -> None:
        self._template = folder / "migrated.db"
        _prepare(f"sqlite:///{self._template}")

    @contextmanager
    def new(self, folder: Path) -> Iterator[str]:
        copy = folder / "pupil-voice.db"
        shutil.copy(self._template, copy)
        yield f"sqlite:///{copy}"


class PostgresStores:
    """A cluster of its own in a temporary folder; durability is off because nothing is kept."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._port = _free_port()
        # not in pytest's folder, which every other run of pytest closes to all but its own user
        self._folder = Path(tempfile.mkdtemp(prefix="pupil-voice-postgresql-"))
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        self._run("initdb", "--auth=trust", "--username=postgres", "--no-sync", str(self._folder / "data"))
        self._control("-l", str(self._folder / "log"), "-w", "-o", f"-p {self._port} {OPTIONS}", "start")
        self._order(f"CREATE ROLE {ROLE} LOGIN")
        self._order(f"CREATE DATABASE {TEMPLATE} OWNER {ROLE}")
        _prepare(self._url(TEMPLATE))

    @contextmanager
    def new(self, _folder: Path) -> Iterator[str]:
        name = f"t{uuid4().hex}"
        self._order(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {ROLE}")
        yield self._url(name)
        self._order(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        self._control("-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def url_of_superuser(self, url: str) -> str:
        return url.replace(f"//{ROLE}@", "//postgres@")

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://{ROLE}@127.0.0.1:{self._port}/{name}"

    def _order(self, sql: str) -> None:
        url = self.url_of_superuser(self._url("postgres")).replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[call-overload]

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        # PostgreSQL refuses to run as root
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_postgres, str(self._binaries / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


def postgres_binaries() -> Path | None:
    """Debian keeps them off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _prepare(url: str) -> None:
    database = Database(url)
    schema.upgrade(database)
    with database.writing() as session:
        people_the_schools(session)
    database.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
