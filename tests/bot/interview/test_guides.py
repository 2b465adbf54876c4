from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from interview.guide import GuideError
from interview.guides import Guides, load_guides

from tests.bot.interview.conftest import BOT

Spoil = Callable[[dict], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of bot/data/interview to spoil."""
    return Path(shutil.copytree(BOT / "data" / "interview", tmp_path / "interview"))


def spoil(folder: Path, name: str, how: Spoil) -> None:
    content = yaml.safe_load((folder / name).read_text("utf-8"))
    how(content)
    (folder / name).write_text(yaml.safe_dump(content), "utf-8")


def first_topic(content: dict) -> dict:
    return content["guides"]["pupil"]["topics"][0]


def test_both_interviews_have_ten_topics_at_least(guides: Guides) -> None:
    assert all(len(guides[name].topics) >= 10 for name in ("pupil", "parent"))


def test_fourteen_languages_are_named(guides: Guides) -> None:
    assert len({language.code for language in guides.languages}) == 14


FAULTS: dict[str, tuple[str, Spoil]] = {
    "no guides": ("guides.yml", lambda c: c.update(guides={})),
    "an empty guide": ("guides.yml", lambda c: c["guides"].update(pupil=None)),
    "no topics": ("guides.yml", lambda c: c["guides"]["pupil"].update(topics=[])),
    "no opening": ("guides.yml", lambda c: c["guides"]["pupil"].update(opening=[])),
    "an unknown audience": ("guides.yml", lambda c: c["guides"]["pupil"].update(audience="cat")),
    "a choice after no topic": ("guides.yml", lambda c: c["guides"]["pupil"].update(chooses_after="nowhere")),
    "a topic twice": ("guides.yml", lambda c: c["guides"]["pupil"]["topics"].append(first_topic(c))),
    "a topic without question": ("guides.yml", lambda c: first_topic(c).update(topic="weather")),
    "a topic without label": ("guides.yml", lambda c: first_topic(c).pop("label")),
    "an unknown section": ("guides.yml", lambda c: first_topic(c).update(section="gossip")),
    "an unknown code": ("guides.yml", lambda c: first_topic(c).update(covers=["school.dragons"])),
    "too many follow-ups": ("guides.yml", lambda c: first_topic(c).update(follow_ups=3)),
    "a choice without label": ("guides.yml", lambda c: c.update(choices=[])),
    "a question without explanation": (
        "questions.yml",
        lambda c: c["questions"]["utter_follow_up"].pop("explained_by"),
    ),
    "an unknown kind": ("questions.yml", lambda c: c["questions"]["utter_follow_up"].update(kind="order")),
    "an unknown offer": ("questions.yml", lambda c: c["questions"]["utter_ask_feelings"].update(offers="sweets")),
    "faces without invitation": ("questions.yml", lambda c: c["questions"]["utter_ask_feelings"].pop("invites")),
    "pictures without invitation": ("questions.yml", lambda c: c["questions"]["utter_pick_wishes"].pop("invites")),
    "a way by taps that is none": (
        "questions.yml",
        lambda c: c["questions"]["utter_ask_home"].update(by_taps="utter_nothing"),
    ),
    "no way to be reached": ("reaching.yml", lambda c: [entries.clear() for entries in c.values()]),
    "an other form that is none": (
        "questions.yml",
        lambda c: c["questions"]["utter_ask_home"].update(other_form="utter_nothing"),
    ),
    "no follow-up": ("questions.yml", lambda c: c["questions"].pop("utter_follow_up")),
    "no feelings": ("taxonomy.yml", lambda c: c.update(feelings=[])),
    "a language without name": ("languages.yml", lambda c: c["languages"][0].pop("name")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_used_is_said_in_a_sentence(folder: Path, fault: str) -> None:
    name, how = FAULTS[fault]
    spoil(folder, name, how)
    with pytest.raises(GuideError) as raised:
        load_guides(folder)
    assert str(raised.value)[0].isupper() or str(raised.value)[0] in "“"
    assert str(raised.value).endswith(".")


def test_all_faults_are_said_at_once(folder: Path) -> None:
    spoil(folder, "guides.yml", lambda c: c["guides"]["pupil"].update(opening=[], chooses_after="nowhere"))
    with pytest.raises(GuideError) as raised:
        load_guides(folder)
    assert str(raised.value).count("In the guide") == 2


@pytest.mark.parametrize("content", ["", "- a list", "a: [unclosed"])
def test_a_file_that_is_no_mapping_is_refused(folder: Path, content: str) -> None:
    (folder / "guides.yml").write_text(content, "utf-8")
    with pytest.raises(GuideError):
        load_guides(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GuideError, match=r"guides\.yml"):
        load_guides(tmp_path)
