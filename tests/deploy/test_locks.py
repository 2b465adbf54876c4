"""The committed locks, and the command that writes them."""

from pathlib import Path

import pytest

from deploy.local.locks import LOCKS, Lock, refuse_addresses
from deploy.local.progress import Stop
from deploy.local.settings import CHECKOUT

REQUIREMENTS = CHECKOUT / "deploy" / "requirements"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_host(lock: Lock) -> None:
    refuse_addresses(REQUIREMENTS / f"{lock.name}.txt")


def test_an_address_in_a_lock_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("rasa @ https" + "://example.org/rasa.whl\n")
    with pytest.raises(Stop):
        refuse_addresses(tmp_path / "bad.txt")


@pytest.mark.parametrize("half", ["api", "bot"])
def test_what_runs_is_a_part_of_what_is_tested(half: str) -> None:
    run, test = (set(lines(f"{half}{suffix}.txt")) for suffix in ("", "-test"))
    assert run < test


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_has_a_hash(lock: Lock) -> None:
    written = (REQUIREMENTS / f"{lock.name}.txt").read_text().replace("\\\n", "").splitlines()
    assert [line for line in written if line.strip() and "--hash=sha256:" not in line] == []


def lines(name: str) -> list[str]:
    return [line for line in (REQUIREMENTS / name).read_text().splitlines() if "==" in line]
