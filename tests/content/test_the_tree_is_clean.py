"""Nothing local, built or foreign stands in the tree."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT = re.compile(r"\.(mo|pyc|tar\.gz|sqlite3?|db|log)$|(^|/)(uv\.lock|node_modules/|\.venv)")
# Put together here so that this file does not hold what it forbids.
REGISTRIES = re.compile(
    "|".join(["pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs", r"deb\." + "debian"])
)
DRAWERS = re.compile(r"(^|/)(utils?|helpers?|common|misc|manager)\.(py|js)$")


def tracked() -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listing.stdout.splitlines() if (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    read = []
    for name in tracked():
        try:
            read.append((name, (ROOT / name).read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return read


def test_nothing_built_is_tracked() -> None:
    assert [name for name in tracked() if BUILT.search(name)] == []


def test_no_file_names_a_package_registry() -> None:
    assert [name for name, text in texts() if REGISTRIES.search(text)] == []


def test_no_file_holds_a_path_of_the_machine_it_was_written_on() -> None:
    assert [name for name, text in texts() if str(ROOT) + "/" in text or str(Path.home()) + "/" in text] == []


def test_no_lock_holds_an_address() -> None:
    locks = [(name, text) for name, text in texts() if name.startswith("deploy/requirements/")]
    assert locks
    assert [name for name, text in locks if "://" in text] == []


def test_no_file_is_a_drawer_without_a_name_of_its_own() -> None:
    assert [name for name in tracked() if DRAWERS.search(name)] == []


@pytest.mark.parametrize("suffix", [".py", ".js", ".html", ".css"])
def test_no_source_file_is_longer_than_four_hundred_lines(suffix: str) -> None:
    assert [name for name, text in texts() if name.endswith(suffix) and text.count("\n") > 400] == []
