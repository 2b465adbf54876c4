"""What the docs name exists."""

import re
from pathlib import Path

import pytest

from api.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
PLACE = re.compile(r"`((?:api|bot|deploy|docs|tests|translations)/[\w./-]*)`")
SETTING = re.compile(r"`(PUPIL_VOICE_[A-Z_]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_place_that_is_named_exists(page: Path) -> None:
    assert [place for place in PLACE.findall(page.read_text()) if not (ROOT / place).exists()] == []


def test_the_readme_fits_on_a_hundred_lines() -> None:
    assert (ROOT / "README.md").read_text().count("\n") <= 100


def test_every_setting_of_the_api_is_in_the_operating_guide() -> None:
    documented = set(SETTING.findall((ROOT / "docs/operating.md").read_text()))
    assert {f"PUPIL_VOICE_{name.upper()}" for name in Settings.model_fields} <= documented


def test_every_command_of_the_makefile_has_a_line_of_help() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.M))
    explained = set(re.findall(r"^([a-z][a-z-]*):.*##", makefile, re.M))
    assert targets - explained == set()
