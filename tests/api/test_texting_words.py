"""A message that is nothing but a word such as STOP steers the messages, in every language on offer."""

import pytest
import yaml

from api.services.texting.words import SteeringWords
from api.settings import Settings

FOLDER = Settings(environment="test").interview_data
LANGUAGES = [entry["code"] for entry in yaml.safe_load((FOLDER / "languages.yml").read_text("utf-8"))["languages"]]
WORDS = yaml.safe_load((FOLDER / "texting.yml").read_text("utf-8"))["languages"]
STEERING = SteeringWords.read(FOLDER / "texting.yml")


def meant(text: str, *languages: str, has_stopped: bool = False) -> str | None:
    return STEERING.in_message(text, languages, has_stopped=has_stopped)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_of_every_language_steers(code: str) -> None:
    assert {"stop", "start", "help", "call"} <= WORDS[code].keys()
    for what in ("stop", "start", "help", "call"):
        assert {meant(word, code) for word in WORDS[code][what]} == {what}
        assert {meant(f" {word.lower()}! ", code) for word in WORDS[code][what]} == {what}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_word_within_a_sentence_is_told_like_all_words(code: str) -> None:
    assert [meant(f"{word} 123 abc", code) for words in WORDS[code].values() for word in words if meant(word, code)]
    assert not any(meant(f"{word} 123 abc", code) for words in WORDS[code].values() for word in words)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_word_means_two_things(code: str) -> None:
    bare = [meant(word, code) for words in WORDS[code].values() for word in words if meant(word, code)]
    told = [what for what, words in WORDS[code].items() for _ in words if what != "again"]
    assert bare == told


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_that_networks_know_stop_in_every_language(code: str) -> None:
    known = ["STOP", "stopall", "UNSUBSCRIBE", "Cancel", "END", "Quit", "STOP."]
    assert {meant(word, code) for word in known} == {"stop"}


def test_a_word_of_another_language_is_an_answer() -> None:
    """ "Para" is money to one family and stop to another."""
    assert meant("JOOJI", "so") == "stop"
    assert meant("JOOJI", "tr") is None


def test_yes_is_an_answer_unless_they_had_stopped() -> None:
    assert meant("Yes", "en") is None
    assert meant("Yes", "en", has_stopped=True) == "start"


def test_capitals_accents_and_the_turkish_i_do_not_count() -> None:
    assert meant("İPTAL", "tr") == meant("iptal", "tr") == "stop"
    assert meant("arret", "fr") == meant("ARRÊT", "fr") == "stop"
    assert meant("stop", "en") == meant("ＳＴＯＰ", "en") == "stop"
