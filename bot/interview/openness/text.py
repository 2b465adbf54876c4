"""A prompt as the rules read it: one form of each letter, no quoted words, sentences with the mark that ended them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

QUOTED = re.compile(r"[“”„][^“”„]*[“”]|«[^«»]*»|「[^「」]*」|\"[^\"]*\"|\{\w+\}|[\u2066-\u2068][^\u2069]*\u2069")
QUOTE = " ⟦⟧ "  # stands for words of somebody else, which ask nothing themselves
ENDED = re.compile(r"[.!?؟۔।][“”\"»」]$")  # the quoted words end a sentence, and with it the one that quotes them
SENTENCE = re.compile(r"[^.!?؟？።।॥۔。！…\n]+[.!?؟？።॥।۔。！…]*")
COLON = re.compile(r"\s*[:：]\s+(?=\S)")
CLAUSE = re.compile(r"\s*[,،:;؛–—，、：]\s*|\s+-\s+")
VOWEL_MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
SAME_LETTER = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "ţ": "ț", "¿": " ", "¡": " "}
    # keyboards of Arabic, Persian and Urdu write these letters in different ways
    | {"ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ"}
)


@dataclass(frozen=True)
class Sentence:
    """`text` is folded; `asks`: it ended with a question mark."""

    text: str
    asks: bool

    @property
    def clauses(self) -> list[str]:
        return [clause for clause in CLAUSE.split(self.text) if clause.strip()]


def folded(text: str) -> str:
    """NFC, one apostrophe, no vowel marks of Arabic, small letters (a Turkish İ is i)."""
    plain = VOWEL_MARKS.sub("", unicodedata.normalize("NFC", text))
    return plain.replace("İ", "i").casefold().translate(SAME_LETTER)


def without_words(quoted: re.Match[str]) -> str:
    return f"{QUOTE}. " if ENDED.search(quoted[0]) else QUOTE


def sentences(text: str) -> Iterator[Sentence]:
    for found in SENTENCE.finditer(folded(QUOTED.sub(without_words, text))):
        sentence = " ".join(found[0].rstrip(".!?؟？።॥।۔。！… ").split())
        asks = any(mark in found[0] for mark in "?؟？")
        if asks:
            sentence = COLON.split(sentence)[-1]  # what stands before a colon leads up to the question
        if sentence.strip(" ⟦⟧'-–—,:"):
            yield Sentence(sentence, asks)
