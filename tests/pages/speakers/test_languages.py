"""The same pages in every language: marked with it, in its direction, and without a gap."""

import re

import httpx
import pytest

from tests.pages.speakers.conftest import LANGUAGES, Ask, Device
from tests.pages.speakers.forms import look, read, say, texts_without
from tests.pages.speakers.pseudo import MARK
from tests.pages.speakers.staged_bot import StagedBot

OTHERS = sorted(set(LANGUAGES) - {"en"})


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_is_marked_with_its_language_and_direction(client: httpx.Client, handed_over: Ask, code: str) -> None:
    client.post("/pupil/code", data={"code": handed_over(code)})
    page = look(client)

    assert (page.html["lang"], page.html["dir"]) == (code, LANGUAGES[code].direction)


@pytest.mark.parametrize("stage", ["asking", "faces", "paused", "reading_back", "alerted", "finished"])
def test_every_sentence_of_a_screen_comes_from_the_catalog(
    client: httpx.Client, linked: Ask, bot: StagedBot, stage: str
) -> None:
    path = linked()
    client.post(f"{path}/language", data={"language": "pl"})
    client.post(f"{path}/talk/open")
    bot.stage = stage
    say(client, "Nie chce wstać", f"{path}/talk")

    # own words, the agent's messages and names of languages carry a language of their own
    texts = texts_without(client.get(f"{path}/talk").text, "lang", "data-own-name")
    assert [text for text in texts if MARK not in text] == []


@pytest.mark.parametrize("path", ["/pupil/code", "/pupil/nowhere", "/nowhere", "/parent/wrong"])
def test_pages_before_a_conversation_speak_the_browsers_language(client: httpx.Client, path: str) -> None:
    page = client.get(path, headers={"accept-language": "fr;q=0.2, ur-PK;q=0.9, xx"})

    assert (read(page).html["lang"], read(page).html["dir"]) == ("ur", "rtl")
    assert [text for text in texts_without(page.text, "lang", "data-own-name") if MARK not in text] == []


def test_a_parents_first_page_is_headed_in_every_language(client: httpx.Client, linked: Ask) -> None:
    heading = re.findall(r"<h1>.*</h1>", client.get(linked()).text, re.DOTALL)[0]

    for code, language in LANGUAGES.items():
        (words,) = re.findall(rf'<span lang="{code}" dir="{language.direction}">(.*?)</span>', heading)
        assert words.startswith(MARK) == (code != "en")


def test_the_language_can_be_changed_in_the_middle(talking: httpx.Client, bot: StagedBot) -> None:
    say(talking, "It was loud")
    talking.post("/pupil/talk/language", data={"language": "ar"})

    assert look(talking).html["dir"] == "rtl"
    assert bot.heard[-1]["choices"] == ["language:ar"]


def test_unsent_words_come_along_when_the_language_changes(talking: httpx.Client) -> None:
    answer = talking.post("/pupil/talk/language", data={"language": "ar", "draft": "half a sentence"})

    assert read(answer).boxes["text"] == "half a sentence"


def test_own_words_keep_the_direction_of_their_language(device: Device, linked: Ask) -> None:
    path, phone = linked(), device()
    phone.post(f"{path}/language", data={"language": "ar"})
    phone.post(f"{path}/talk/open")
    say(phone, "hello", f"{path}/talk")

    assert '<p class="mine__words" lang="ar" dir="auto">' in phone.get(f"{path}/talk").text
