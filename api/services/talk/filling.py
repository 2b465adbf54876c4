"""The named places of a template are filled here, so that the bot never sees a name and never echoes words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.agent import BotFailed, Line, Message

# whatever is filled in keeps its own reading direction and cannot turn the sentence around it
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
# a quotation stands inside a sentence, which has a full stop of its own; ? and ! belong to the speaker
FULL_STOPS = ".。۔।"
_PLACE = re.compile(r"\{(quote|adult|helpline|emergency)\}")


@dataclass(frozen=True)
class Filler:
    places: Mapping[str, str]  # adult, helpline, emergency
    texts: Mapping[str, str]  # the words of each turn of this conversation that may be quoted

    def naming(self, adult: str) -> "Filler":
        return replace(self, places={**self.places, "adult": adult})

    def fill(self, message: Message) -> str:
        # one pass: words that look like a place stay words
        return _PLACE.sub(lambda place: f"{ISOLATE}{self._filling(place[1], message.quote)}{END_ISOLATE}", message.text)

    def _filling(self, place: str, quote: Line | None) -> str:
        if place != "quote":
            return self.places[place]
        text = self.texts.get(quote.turn, "") if quote else ""
        if quote is None or not quote.start < quote.end <= len(text):
            raise BotFailed("a reply quotes what was not said")
        words = text[quote.start : quote.end]
        return words.rstrip(FULL_STOPS) or words
