"""What makes a prompt closed, one example of each kind; the sets beside this file hold many more."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from interview.openness.checking import REASONS, check
from interview.openness.rules import RulesError, compiled, languages, rules_of

from tests.bot.interview.conftest import BOT

OPEN = (
    "Tell me about your day.",
    "How are things at home?",
    "What is it like in the dinner hall?",
    "When you get to school, what happens?",
    "You said “can I go home”. Tell me more about that.",
    "Think of a good day. Talk me through it.",
    "Let's talk about Fridays. Tell me how they go.",
)
CLOSED = {
    "Did something happen?": "yes_no",
    "You feel bad?": "yes_no",
    "Was it loud or quiet?": "either_or",
    "It is loud there, isn't it?": "tag",
    "Can you tell me about your day?": "disguised",
    "Tell me if you like it.": "disguised",
    "How many friends do you have?": "one_word",
    "Tell me when it started.": "one_word",
    "Why?": "why",
    "You must be sad about that. Tell me more.": "leading",
    "What did you like, and what was hard?": "double",
    "Tell me about mornings. Was it loud?": "recast",
    "You like maths.": "no_invitation",
}


@pytest.mark.parametrize("text", OPEN)
def test_an_open_prompt_has_no_reason_against_it(text: str) -> None:
    assert check(text, "en").reasons == ()


@pytest.mark.parametrize("text", CLOSED)
def test_a_closed_prompt_says_why(text: str) -> None:
    assert CLOSED[text] in check(text, "en").reasons


def test_every_reason_has_an_example() -> None:
    assert set(REASONS) == {*CLOSED.values(), "unknown_language"}


def test_a_language_without_rules_is_never_called_open() -> None:
    assert check("Qapla'", "tlh").reasons == ("unknown_language",)


def test_a_region_speaks_its_language() -> None:
    assert check("Conte-me sobre o seu dia.", "pt-BR") == check("Conte-me sobre o seu dia.", "pt")


@pytest.mark.parametrize("text", ["", " ", "?", "…", "“”", "\u2068\u2069", "a" * 8000, "? " * 4000, "“" * 4000])
def test_any_text_is_judged(text: str) -> None:
    assert check(text, "en").form in ("open", "closed")


@pytest.mark.parametrize("language", languages())
def test_the_rules_of_every_language_can_be_read(language: str) -> None:
    assert rules_of(language)


def test_a_list_that_nobody_knows_is_told() -> None:
    with pytest.raises(RulesError, match="nothing is called yes_or_no"):
        compiled({"yes_or_no": ["is it"]}, "en.ini")


def test_a_phrase_that_cannot_be_read_is_told() -> None:
    with pytest.raises(RulesError, match="a phrase cannot be read"):
        compiled({"tags": ["(right"]}, "en.ini")


def run(module: str, sent: str = "") -> list[dict[str, object]]:
    command = [sys.executable, "-m", module]
    done = subprocess.run(command, cwd=BOT, input=sent, capture_output=True, check=True, text=True, encoding="utf-8")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_command_answers_each_line_even_a_broken_one() -> None:
    sent = '{"id": 1, "lang": "en", "text": "Tell me more."}\nnot json\n{"id": 3, "lang": "en"}\n'
    answers = run("interview.openness", sent)
    assert answers[0] == {"id": 1, "form": "open", "reasons": []}
    assert [answer.get("error") for answer in answers[1:]] == ["not_json", "bad_field"]


def test_no_question_of_the_interview_is_closed_in_any_language() -> None:
    shown = run("interview.questions")
    asked = [prompt for prompt in shown if prompt["kind"] in ("question", "scaffold")]
    assert {prompt["lang"] for prompt in asked} >= {"en", "ar", "ur"}
    assert not [(p["id"], p["lang"]) for p in asked if check(str(p["text"]), str(p["lang"])).reasons]
