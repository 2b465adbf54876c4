from __future__ import annotations

import pytest
from understanding.control import ControlReader
from understanding.examples import ANSWER, Example

ONE_IN = 5  # answers, of every language: all of them take a minute


@pytest.mark.parametrize(
    ("code", "text", "language"),
    [
        ("skip", "skip", "en"),
        ("pause", "break please", "en"),
        ("repeat", "what?", "en"),
        ("skip", "Skip please!!", "en"),
        ("skip", "pomiń", "pl"),
        ("skip", "pomin", "pl"),
        ("skip", "تخطى لو سمحت", "ar"),
        ("dont_know", "idk", "en"),
        ("dont_know", "dunnooo", "en"),
        ("dont_know", "nie wiem", "pl"),
        ("dont_know", "مدري", "ar"),
        ("dont_know", "ما بعرف", "ar"),
        ("dont_know", "🤷🏾‍♀️", "en"),
        ("pause", "can we stop now", "en"),
        ("repeat", "say that again", "en"),
        ("explain", "what do you mean?", "en"),
        ("explain", "co to znaczy?", "pl"),
        ("person", "can i talk to a person", "en"),
        ("privacy", "who will see this", "en"),
        ("privacy", "kto to zobaczy", "pl"),
        ("language", "بالعربي", "ar"),
        ("withdraw", "delete that", "en"),
    ],
)
def test_a_request_is_understood(control: ControlReader, code: str, text: str, language: str) -> None:
    assert control.read(text, [language]).code == code


def test_a_request_is_understood_whatever_language_is_recorded(control: ControlReader) -> None:
    assert control.read("nie wiem", ["en"]).code == "dont_know"


@pytest.mark.parametrize("text", ["i dont want to talk about that", "to prywatne", "ما بدي احكي عن هالشي"])
def test_a_refusal_is_told_from_a_mere_skip(control: ControlReader, text: str) -> None:
    reading = control.read(text)
    assert (reading.code, reading.refusal) == ("skip", True)


def test_a_mere_skip_is_no_refusal(control: ControlReader) -> None:
    assert not control.read("next question").refusal


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("break", "en"),
        ("english", "en"),
        ("przerwa", "pl"),
        ("papá", "es"),
        ("ਬੱਸ", "pa"),
        ("أبي", "ar"),
        ("Ben", "en"),
        ("park", "pa"),
        ("f", "en"),
        ("ش", "ar"),
        ("aaaaaaa", "en"),
        ("\U0001f3fb", "en"),
        ("\u0640", "ur"),
    ],
)
def test_one_word_that_names_something_is_not_taken_for_a_request(
    control: ControlReader, text: str, language: str
) -> None:
    assert control.read(text, [language, "en"]).code is None


@pytest.mark.parametrize(
    "text",
    [
        "I don't know why they hate me and it makes me cry at night",
        '"stop it" i said but she kept pulling my hair',
        "nie wiem dlaczego pani zawsze krzyczy tylko na mnie",
        "the teacher never explains what we have to do",
        "no",
        "yes",
        "ok",
        "y",
        "7",
        "2 3",
        "٤",
        "🙂",
        "",
    ],
)
def test_an_answer_is_not_taken_for_a_request(control: ControlReader, text: str) -> None:
    assert control.read(text).code is None


def test_hardly_any_training_answer_is_taken_for_a_request(control: ControlReader, examples: list[Example]) -> None:
    answers = [example for example in examples if example.intent == ANSWER][::ONE_IN]
    taken = [example for example in answers if control.read(example.text, [example.language]).code]
    assert len(taken) <= 0.01 * len(answers)
