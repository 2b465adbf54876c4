from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from interview.guides import Guides
from interview.questions import prompts
from interview.sentences import read_wordings

from tests.bot.interview.conftest import BOT

WORDINGS = read_wordings(BOT / "domain")


def catalog(folder: Path, language: str, leave_out: str = "", doubt: str = "") -> None:
    """A catalog in which every sentence is translated, but for those of two responses."""
    entries = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n']
    for said in (said for ways in WORDINGS.values() for said in ways if said.response != leave_out):
        fuzzy = "#, fuzzy\n" if said.response == doubt else ""
        entries.append(f'{fuzzy}msgctxt "{said.response}"\nmsgid "{said.text}"\nmsgstr "{language} {said.id}"\n')
    file = folder / language / "LC_MESSAGES" / "interview.po"
    file.parent.mkdir(parents=True)
    file.write_text("\n".join(entries), "utf-8")


def languages(guides: Guides, translations: Path) -> set[str]:
    return {prompt["lang"] for prompt in prompts(guides.by_name.values(), WORDINGS, translations)}


def test_english_needs_no_catalog(guides: Guides, tmp_path: Path) -> None:
    assert languages(guides, tmp_path) == {"en"}


def test_a_complete_language_is_listed(guides: Guides, tmp_path: Path) -> None:
    catalog(tmp_path, "pl")
    assert languages(guides, tmp_path) == {"en", "pl"}


@pytest.mark.parametrize("gap", [{"leave_out": "utter_ask_home"}, {"doubt": "utter_ask_home"}])
def test_a_language_with_a_gap_or_a_doubt_is_not_listed(guides: Guides, tmp_path: Path, gap: dict) -> None:
    catalog(tmp_path, "pl", **gap)
    assert languages(guides, tmp_path) == {"en"}


def test_every_prompt_is_listed_once_for_each_audience(guides: Guides, tmp_path: Path) -> None:
    listed = [(p["id"], p["audience"]) for p in prompts(guides.by_name.values(), WORDINGS, tmp_path)]
    assert len(listed) == len(set(listed))
    assert {name for name, _ in listed} == {said.id for ways in WORDINGS.values() for said in ways}


def test_the_command_prints_json_lines_and_nothing_else() -> None:
    command = [sys.executable, "-m", "interview.questions"]
    printed = subprocess.run(command, cwd=BOT, capture_output=True, check=True, text=True, encoding="utf-8")
    prompts = [json.loads(line) for line in printed.stdout.splitlines()]
    assert {frozenset(prompt) for prompt in prompts} == {frozenset(("id", "lang", "audience", "text", "kind"))}
    assert {prompt["kind"] for prompt in prompts} == {"notice", "acknowledge", "question", "scaffold", "readback"}
