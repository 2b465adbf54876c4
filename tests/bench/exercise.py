"""What the measured person says. Made up for the bench; every answer names something that the bot has to read."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import cycle

ANSWERS = (
    "Drawing. And my dog.",
    "Mornings are the worst, I am late and everyone looks at me when I come in.",
    "the corridors are mad",
    "I like art because Miss lets me sit by the window and nobody talks over you there. We did clay last week and mine "
    "did not fall apart, she put it on the shelf. I would go in if every lesson was like that one.",
    "maths, I don't get it and it goes too fast",
    "At lunch I don't really have anyone to sit with since my friend moved to the other class.",
    "My nan",
    "It is too loud in the hall. The bell makes me jump and people push on the stairs, so I wait until they have gone.",
    "I stay up late and then I can't wake up in the morning.",
    "Having a quiet place to start the day would help, and somebody who meets me at the gate so I don't walk in alone.",
    "The bus is often full so I walk, it takes about forty minutes.",
    "ok I guess",
    "I want to be back in my football group. We used to play on Fridays.",
    "If the homework was shorter I could do it, I am tired when I come home from the club.",
)

PICKS = ("topic:any", "feeling:worried", "control:resume")  # what this person taps when it is offered


@dataclass(frozen=True)
class Step:
    kind: str
    text: str = ""
    choices: tuple[str, ...] = ()


def said(text: str) -> Step:
    return Step("say", text=text)


def chosen(code: str) -> Step:
    return Step("choose", choices=(code,))


Person = Callable[[Collection[str]], Step]  # from the choices on the screen to the next step


def talkative() -> Person:
    """Picks where there is something to pick, else says the next answer."""
    answers = cycle(ANSWERS)

    def respond(offered: Collection[str]) -> Step:
        if "readback:done" in offered:
            return chosen("control:repeat")
        if any(code.startswith("feeling:") for code in offered):
            return chosen("feeling:worried")
        return next((chosen(code) for code in PICKS if code in offered), None) or said(next(answers))

    return respond


BETWEEN = (
    *map(chosen, ("control:repeat", "control:explain", "control:privacy", "control:repeat", "control:pause")),
    said("I am back now, my dog wanted to go out."),
    chosen("control:person"),
)
PERIOD = 1 + len(BETWEEN)


def lingering() -> Person:
    """Keeps one conversation going for 200 turns: each answer is followed by seven turns that leave the question
    standing, so that the plan of topics lasts. Every eight turns hold the same mixture, two of them spoken."""
    answer, steps = talkative(), cycle((None, *BETWEEN))

    def respond(offered: Collection[str]) -> Step:
        return next(steps) or answer(offered)

    return respond


def moods() -> Iterator[str]:
    """The stock assistant's own conversation, both of its ends, for as long as it is asked."""
    happy = ("hello", "I am feeling great today", "thank you, bye")
    sad = ("hey there", "I am very sad today", "no, it did not help", "are you a bot?", "not so good", "yes", "goodbye")
    return cycle((*happy, *sad))
