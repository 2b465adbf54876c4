"""Long texts are cut where a reader would pause: between sentences, then between words."""

import re
import unicodedata
from collections.abc import Iterator

from api.services.talk.filling import END_ISOLATE, ISOLATE
from api.texting import Channel

# the alphabet of GSM 03.38; a text with any other letter is sent as UCS-2, where a segment holds less than half
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€")  # take two places
SEGMENTS = 3  # of one message; longer ones arrive late or in pieces on old phones
_OF_GSM, _OF_UCS2 = 153, 67  # places in each of several segments
LONGEST_CHAT = 1500  # characters of a WhatsApp message
_MARK = "(10/10) "  # the longest that stands before a part
# typographic marks that would make a segment half as long, and what stands for them
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "\xa0": " "})
_ISOLATES = dict.fromkeys(map(ord, (ISOLATE, END_ISOLATE)))
_SENTENCE = re.compile(r"(?<=[.!?؟۔।\n])\s+")


def split(text: str, channel: Channel) -> list[str]:
    """In the order in which they are to be read, each at most three segments long; numbered where there are several.
    None for a text without words."""
    if not text.strip():
        return []
    room = _Room(channel, text)
    if room.holds_alone(text.strip()):
        return [room.slimmed(text.strip())]
    parts = [room.slimmed(part) for part in _packed(text.strip(), room)]
    return [f"({number}/{len(parts)}) {part}" for number, part in enumerate(parts, 1)]


def _places(text: str, *, as_gsm: bool) -> int:
    if as_gsm:
        return len(text) + sum(letter in _GSM_TWICE for letter in text)
    return len(text.encode("utf-16-le")) // 2


class _Room:
    """How much one message takes. Once any part needs the large alphabet all are counted by it."""

    def __init__(self, channel: Channel, whole: str) -> None:
        self._is_text = channel == "text"
        self._keeps_isolates = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in whole)
        self._as_gsm = False
        self._as_gsm = self._is_text and all(
            letter in _GSM or letter in _GSM_TWICE for letter in self.slimmed(whole.translate(_PLAIN))
        )
        self._places = SEGMENTS * (_OF_GSM if self._as_gsm else _OF_UCS2) if self._is_text else LONGEST_CHAT

    def slimmed(self, text: str) -> str:
        """In the small alphabet, where that changes marks only and no letter; isolates are of no use where all runs
        from left to right.
        """
        slim = text.translate(_PLAIN) if self._as_gsm else text
        return slim if self._keeps_isolates or not self._is_text else slim.translate(_ISOLATES)

    def holds(self, part: str) -> bool:
        return self.holds_alone(_MARK + part)

    def holds_alone(self, text: str) -> bool:
        return _places(self.slimmed(text), as_gsm=self._as_gsm) <= self._places


def _packed(text: str, room: _Room) -> Iterator[str]:
    """Sentences together as long as they fit; one that does not fit alone is cut between words."""
    part = ""
    for piece in _pieces(text, room):
        if part and not room.holds(part + piece.rstrip()):
            yield part.strip()
            part = ""
        part += piece
    if part.strip():
        yield part.strip()


def _pieces(text: str, room: _Room) -> Iterator[str]:
    """Each with the white space that follows it."""
    for sentence in _cut(text, _SENTENCE):
        if room.holds(sentence.strip()):
            yield sentence
            continue
        for word in _cut(sentence, re.compile(r"\s+")):
            yield from [word] if room.holds(word.strip()) else _forced(word, room)


def _cut(text: str, at: re.Pattern[str]) -> Iterator[str]:
    """Never inside what was filled in. An address has no white space to be cut at."""
    kept = list(_isolated(text))
    start = 0
    for match in at.finditer(text):
        if any(first < match.end() and match.start() < last for first, last in kept):
            continue
        yield text[start : match.end()]
        start = match.end()
    yield text[start:]


def _isolated(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while (start := text.find(ISOLATE, start)) >= 0:
        end = text.find(END_ISOLATE, start)
        end = len(text) if end < 0 else end + 1
        yield start, end
        start = end


def _forced(word: str, room: _Room) -> Iterator[str]:
    """What does not fit even alone, such as a quotation of a thousand letters: its isolate is closed in each piece."""
    bare = word.translate(_ISOLATES).rstrip()
    isolate = ISOLATE in word
    piece = ""
    for chunk in _cut(bare, re.compile(r"\s+")):
        for letters in [chunk] if room.holds(_again(chunk, isolate)) else _letters(chunk, room):
            if piece and not room.holds(_again(piece + letters, isolate)):
                yield _again(piece, isolate)
                piece = ""
            piece += letters
    yield _again(piece, isolate) + word[len(word.rstrip()) :]


def _again(text: str, isolate: bool) -> str:
    return f"{ISOLATE}{text}{END_ISOLATE}" if isolate else text


def _letters(word: str, room: _Room) -> Iterator[str]:
    """A letter and the marks on it stay together."""
    piece = ""
    for letter in word:
        if piece and unicodedata.category(letter)[0] != "M" and not room.holds(piece + letter + ISOLATE + END_ISOLATE):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece
