"""What a text message says: a number picks what was offered, all else is words."""

import re

from api.agent import Line as Target
from api.services.talk.readback import Line
from api.services.talk.turns import Said
from api.services.texting.offers import READY, Offer

# \d is a digit of any script: of a telephone in Arabic, Bengali or Punjabi, too
_NUMBERS = re.compile(r"\s*\d{1,2}(?:\s*[\s,،;.+&/)-]\s*\d{1,2})*\s*[.)]?\s*")
_NUMBER = re.compile(r"\d{1,2}")
_STARRED = re.compile(r"\s*(\d{1,2})\s*[*٭]\s*")
# without a mark behind it the number stays with the words: "2 days ago ..." is kept exactly as somebody said it
_CHANGED = re.compile(r"\s*(\d{1,2})(?:\s*[.):,-]\s*|\s+)(?=\S)(.+)", re.DOTALL)
_MARKED = re.compile(r"\s*\d{1,2}\s*[.):,-]")


def meant(turn_id: str, text: str, offer: Offer) -> Said:
    asked = offer.asked.id if offer.asked else None
    said = _of_line(turn_id, text, offer) if offer.lines else _picked(turn_id, text, offer)
    return (said or Said(turn=turn_id, kind="say", text=text)).model_copy(update={"asked": asked})


def _picked(turn_id: str, text: str, offer: Offer) -> Said | None:
    """A number that was not offered is words, and so are several where one was to be picked."""
    numbers = _numbers_in(text)
    may_be_many = offer.asked is not None and offer.asked.multiple
    if not numbers or not all(number in offer.choices for number in numbers) or (len(numbers) > 1 and not may_be_many):
        return None
    codes = list(dict.fromkeys(offer.choices[number].code for number in numbers))
    return Said(turn=turn_id, kind="choose", choices=codes)


def _of_line(turn_id: str, text: str, offer: Offer) -> Said | None:
    numbers = _numbers_in(text)
    if numbers == [READY]:
        return Said(turn=turn_id, kind="choose", choices=["readback:done"])
    if len(numbers) == 1 and (line := offer.lines.get(numbers[0])):
        return _about(turn_id, line, "keep" if line.left_out else "leave_out")
    if (starred := _STARRED.fullmatch(text)) and (line := offer.lines.get(int(starred[1]))):
        return _about(turn_id, line, "shared" if line.for_adult_only else "adult_only")
    if not numbers and (changed := _CHANGED.fullmatch(text)) and (line := offer.lines.get(int(changed[1]))):
        words = changed[2] if _MARKED.match(text) else text
        return Said(turn=turn_id, kind="say", text=words, target=_target(line)) if line.quote else None
    return None


def _numbers_in(text: str) -> list[int]:
    return [int(number) for number in _NUMBER.findall(text)] if _NUMBERS.fullmatch(text) else []


def _about(turn_id: str, line: Line, what: str) -> Said:
    return Said(turn=turn_id, kind="choose", choices=[f"readback:{what}"], target=_target(line))


def _target(line: Line) -> Target:
    return Target(turn=line.turn, start=line.start, end=line.end)
