"""Which of our languages the letters and words of a text look like: a linear model trained on our own messages."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from understanding.errors import ModelError
from understanding.examples import Example
from understanding.linear import Floats, Vocabulary, matrix_of
from understanding.text import lowered, without_accents
from understanding.tokens import LONGEST_WORD, tokenize

SIZES_OF_LETTER_GROUPS = (1, 2, 3, 4)
SEEN_AT_LEAST = 2  # words or groups of letters, in the texts learnt from
MOST_A_LANGUAGE = 500  # messages: more teach little and cost time
STRENGTH = 10.0
FRAGMENT = 2  # words: short replies are learnt from pieces of long ones
REMEMBERED = 5_000  # words whose scores are kept

WEIGHTS, NAMES, LANGUAGES = "letters.npz", "letters.txt", "languages.json"


@dataclass
class LetterModel:
    languages: Sequence[str]
    vocabulary: Vocabulary
    weights: Floats  # groups of letters × languages
    bias: Floats
    _words: dict[str, tuple[Floats, int, bool]] = field(default_factory=dict)

    def scores(self, words: Sequence[str]) -> tuple[Floats, float]:
        """Log-odds per language, and the share of the words that were ever seen."""
        known = [self._of_word(word) for word in words]
        size = max(1, sum(count for _, count, _ in known)) ** 0.5
        total = sum((vector for vector, _, _ in known), np.zeros(len(self.languages), np.float32))
        return self.bias + total / np.float32(size), sum(seen for _, _, seen in known) / max(1, len(words))

    def _of_word(self, word: str) -> tuple[Floats, int, bool]:
        found = self._words.get(word)
        if found is None:
            if len(self._words) >= REMEMBERED:
                self._words.clear()
            names = groups_of_letters(word)
            vector = self.weights[self.vocabulary.rows(names)].astype(np.float32).sum(axis=0)
            found = self._words[word] = (vector, len(names), names[0] in self.vocabulary)
        return found

    @classmethod
    def train(
        cls,
        examples: Iterable[Example],
        words: Mapping[str, Iterable[str]],
        phrases: Mapping[str, Iterable[str]],
        many_words: Mapping[str, Sequence[str]],
    ) -> LetterModel:
        """From messages, everyday words and phrases, and the words of many matters; each by language."""
        # scikit-learn is needed to train, not to run.
        from understanding.training import linear_classifier, run_together  # noqa: PLC0415

        texts = [*_texts(examples), *_of_lists(words, phrases, many_words)]
        languages = sorted({language for language, _ in texts})
        seen = Counter(name for _, said in texts for word in said for name in groups_of_letters(word))
        vocabulary = Vocabulary(sorted(name for name, count in seen.items() if count >= SEEN_AT_LEAST))
        entries = [
            (row, weight, groups_of_letters(word))
            for row, (_, said) in enumerate(texts)
            for weight in [sum(len(groups_of_letters(word)) for word in said) ** -0.5]
            for word in said
        ]
        matrix = matrix_of(entries, vocabulary, len(texts))
        spoken = Counter(language for language, _ in texts)
        share = np.array([len(texts) / len(languages) / spoken[language] for language, _ in texts])
        weights = np.zeros((len(vocabulary), len(languages)), np.float32)
        bias = np.zeros(len(languages), np.float32)

        def learn(place: int) -> None:
            model = linear_classifier(len(texts), STRENGTH)
            model.fit(matrix, [languages[place] == wanted for wanted, _ in texts], sample_weight=share)
            weights[:, place], bias[place] = model.coef_[0], model.intercept_[0]

        run_together(learn, range(len(languages)))
        return cls(languages, vocabulary, weights, bias)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(folder / WEIGHTS, weights=self.weights.astype(np.float16), bias=self.bias)
        self.vocabulary.save(folder / NAMES)
        (folder / LANGUAGES).write_text(json.dumps(list(self.languages)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LetterModel:
        try:
            languages = json.loads((folder / LANGUAGES).read_text(encoding="utf-8"))
            with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
                weights, bias = arrays["weights"], arrays["bias"]
            vocabulary = Vocabulary.load(folder / NAMES)
        except (OSError, ValueError, KeyError) as problem:
            raise ModelError(f"No readable model of languages in {folder}: train first.") from problem
        return cls(languages, vocabulary, weights, bias)


def words_of(text: str) -> list[str]:
    """In small letters; a word of more than `LONGEST_WORD` letters is cut."""
    words = (token for token in tokenize(text) if token.kind == "word")
    return [lowered(text[word.start : min(word.end, word.start + LONGEST_WORD)]) for word in words]


@lru_cache(REMEMBERED)
def groups_of_letters(word: str) -> tuple[str, ...]:
    """The word first."""
    edged = f"<{word}>"
    groups = (edged[start : start + size] for size in SIZES_OF_LETTER_GROUPS for start in range(len(edged) - size + 1))
    return (f"w:{word}", *(group for group in groups if group not in "<>"))


def _texts(examples: Iterable[Example]) -> Iterator[tuple[str, list[str]]]:
    """Each message as written and without accents, and a piece of it either way."""
    said: dict[str, list[list[str]]] = defaultdict(list)
    for example in examples:
        words = words_of(example.text)
        if words:
            said[example.language].append(words)
    for language, messages in said.items():
        for words in _spread(messages):
            plain = [without_accents(word) for word in words]
            middle = len(words) // 2
            yield language, words
            yield language, plain
            if len(words) > FRAGMENT:
                yield language, words[middle : middle + FRAGMENT]
                yield language, plain[:FRAGMENT]


def _of_lists(
    words: Mapping[str, Iterable[str]], phrases: Mapping[str, Iterable[str]], many_words: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Words each for itself, phrases as written and without accents, the words of many matters two by two."""
    yield from ((language, [word]) for language, listed in words.items() for word in listed)
    for language, spoken in phrases.items():
        for said in map(words_of, spoken):
            yield language, said
            yield language, [without_accents(word) for word in said]
    for language, listed in many_words.items():
        for place in range(0, len(listed), FRAGMENT):
            yield language, list(listed[place : place + FRAGMENT])


def _spread(messages: list[list[str]]) -> list[list[str]]:
    step = max(1, -(-len(messages) // MOST_A_LANGUAGE))
    return messages[::step]
