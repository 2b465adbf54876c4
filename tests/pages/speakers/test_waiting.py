"""The bot is down or slow: the words are kept, the person is told so, and nothing is doubled."""

import time

import httpx
import pytest

from tests.pages.speakers.forms import look, say
from tests.pages.speakers.staged_bot import StagedBot


def waits(client: httpx.Client) -> bool:
    return "data-waiting" in look(client).screen


def until_answered(client: httpx.Client, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while waits(client):
        assert time.monotonic() < end, "never answered"
        time.sleep(0.2)


def test_words_sent_to_a_dead_bot_stand_on_the_page(talking: httpx.Client, bot: StagedBot) -> None:
    bot.kill()
    say(talking, "It was loud")
    page = look(talking)

    assert "data-waiting" in page.screen
    assert len(page.turns) == 1
    bot.start()


def test_more_can_be_written_while_waiting(talking: httpx.Client, bot: StagedBot) -> None:
    bot.kill()
    say(talking, "first")
    say(talking, "second")
    bot.start()
    until_answered(talking)

    assert [turn["text"] for turn in bot.talks.popitem()[1].turns] == ["", "first", "second"]


def test_a_first_question_that_is_late_comes_by_itself(tablet: httpx.Client, bot: StagedBot) -> None:
    bot.kill()
    tablet.post("/pupil/talk/open")
    assert waits(tablet)
    bot.start()
    until_answered(tablet)

    assert look(tablet).responses == ["utter_hello", "utter_ask_1"]


@pytest.mark.parametrize("place", ["/pupil/talk/news?after=-1", "/pupil/talk/news"])
def test_news_says_whether_something_waits(talking: httpx.Client, place: str) -> None:
    news = talking.get(place, headers={"accept": "application/json"}).json()

    assert (news["waiting"], news["state"], set(news["parts"])) == (False, "asking", {"bar", "screen"})
