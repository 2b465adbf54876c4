"""Patterns that words are looked up in. A file holds lines `id<TAB>pattern, pattern, ...`:

word       that word: any case, with or without apostrophes and accents
stem*      a word that starts so; *end ends so; *mid* holds it
a * b      a phrase; a lone star stands for none to two words, ** for none to five
<name>     any one word of the set of that name
^ ... $    only at the beginning / end of the message
emoji, ?, ??, !!, ..., :) are words too. `#` begins a comment or one of the directives:
#negation  after|before|both   where the negated thing stands (default: after)
#prefixes  a, b, c             written together with the next word in this language ("wal-" in Arabic)
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from understanding.text import lowered, plain_emoji, without_accents, without_apostrophes
from understanding.tokens import LETTER, TOKEN, forms_of

GAPS = {"*": 2, "**": 5}
_SEPARATORS = re.compile("[,\uff0c\u060c\u3001\t]")
_SET = re.compile(r"<\w+>")
_PLAIN = re.compile(rf"{LETTER}+\*?")  # one word, or its beginning
REMEMBERED = 2000  # words a lexicon
SHORTEST_WITHOUT_ACCENTS = 3  # letters


Key = TypeVar("Key")
Value = TypeVar("Value")


class LexiconError(ValueError):
    """A lexicon file cannot be read; the message says where."""


class Step(NamedTuple):
    kind: str  # exact, prefix, suffix, inside, gap
    word: str


class Meaning(NamedTuple):
    concept: str
    at_start: bool
    at_end: bool


_NONE: dict[Any, Node] = {}


class Node:
    """A place in the trie. What begins here is unfolded when a text first comes by: most patterns never are,
    and fourteen languages hold a hundred thousand."""

    __slots__ = ("_folded", "exact", "gaps", "inside", "meanings", "prefix", "suffix")

    def __init__(self) -> None:
        self.exact: dict[str, Node] = _NONE
        self.prefix: dict[str, Node] = _NONE
        self.suffix: dict[str, Node] = _NONE
        self.inside: dict[str, Node] = _NONE
        self.gaps: dict[int, Node] = _NONE
        self.meanings: tuple[Meaning, ...] = ()
        self._folded: tuple[tuple[str, Meaning], ...] = ()

    def child(self, step: Step) -> Node:
        kind, word = step
        name, key = ("gaps", GAPS[word]) if kind == "gap" else (kind, word)
        children: dict[Any, Node] = getattr(self, name)
        if children is _NONE:
            children = {}
            setattr(self, name, children)
        node = children.get(key)
        if node is None:
            # The same words stand in thousands of patterns.
            node = children[sys.intern(key) if isinstance(key, str) else key] = Node()
        return node

    def fold(self, rest: str, meaning: Meaning) -> None:
        """Keeps a pattern that goes on with `rest` from here."""
        if rest:
            self._folded += ((rest, meaning),)
        elif meaning not in self.meanings:
            self.meanings += (meaning,)

    def unfolded(self) -> Node:
        if self._folded:
            folded, self._folded = self._folded, ()
            for rest, meaning in folded:
                for end in self._ends(rest):
                    end.fold("", meaning)
        return self

    def _ends(self, rest: str) -> Iterable[Node]:
        """Where a pattern ends that goes on with `rest`: as written, and without accents."""
        written = bare = self
        for chunk in rest.split():
            if chunk in GAPS:
                written, bare = written.child(Step("gap", chunk)), bare.child(Step("gap", chunk))
            elif _PLAIN.fullmatch(chunk):
                kind, word = _kind_and_word(chunk)
                spellings = _spellings_of_word(word, alone=False)
                written, bare = written.child(Step(kind, spellings[0])), bare.child(Step(kind, spellings[-1]))
            else:  # apostrophes, emoji, sets
                return [_descend(self, spelling) for spelling in _spellings(list(_steps(rest)), alone=False)]
        return {written, bare}


@dataclass
class Lexicon:
    """A trie of patterns. `sets` maps a set's name to its words, each a pattern of one word."""

    negation: str = "after"
    prefixes: tuple[str, ...] = ()
    root: Node = field(default_factory=Node)
    sets: Node = field(default_factory=Node)
    _meanings: dict[Meaning, Meaning] = field(default_factory=dict)
    _lookup: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    _openings: dict[tuple[str, ...], list[Node]] = field(default_factory=dict)

    def add(self, concept: str, pattern: str) -> None:
        at_start, at_end, body = _anchors(pattern)
        meaning = Meaning(concept, at_start, at_end)
        meaning = self._meanings.setdefault(meaning, meaning)
        first, _, rest = body.partition(" ")
        if _PLAIN.fullmatch(first):  # the common case, and the quick one
            kind, word = _kind_and_word(first)
            rest = _without_gaps_at_the_end(rest)
            for written in _spellings_of_word(word, alone=not rest):
                self.root.child(Step(kind, written)).fold(rest, meaning)
            return
        steps, rest = _opening(body)
        if not steps:
            raise LexiconError(f"The pattern {pattern!r} of {concept!r} holds no word.")
        if len(steps) > 1:  # "w-f": only what begins with one word is folded
            steps, rest = steps + list(_steps(rest)), ""
        for spelling in _spellings(steps, alone=not rest and len(steps) == 1):
            _descend(self.root, spelling).fold(rest, meaning)

    def add_set(self, name: str, words: Iterable[str]) -> None:
        for word in words:
            steps = list(_steps(word))
            if len(steps) != 1:
                raise LexiconError(f"The set {name!r} takes single words, not {word!r}.")
            for spelling in _spellings(steps, alone=True):
                _descend(self.sets, spelling).fold("", Meaning(f"<{name}>", False, False))

    def lookup_forms(self, forms: tuple[str, ...]) -> tuple[str, ...]:
        """The forms of a token, those without a joined prefix, and the sets that it belongs to."""
        found = self._lookup.get(forms)
        if found is None:
            bare = tuple(dict.fromkeys((*forms, *self._without_prefix(forms))))
            sets = {meaning.concept for node in edges(self.sets, bare) for meaning in node.meanings}
            found = _remembered(self._lookup, forms, (*bare, *sorted(sets)))
        return found

    def openings(self, forms: tuple[str, ...]) -> list[Node]:
        """Where patterns that begin with this token lead; remembered, for words come again."""
        found = self._openings.get(forms)
        if found is None:
            found = _remembered(self._openings, forms, [node.unfolded() for node in edges(self.root, forms)])
        return found

    def _without_prefix(self, forms: tuple[str, ...]) -> Iterator[str]:
        for form in forms:
            for prefix in self.prefixes:
                if form.startswith(prefix) and len(form) >= len(prefix) + 3:
                    yield form[len(prefix) :]


def _remembered(memory: dict[Key, Value], key: Key, value: Value) -> Value:
    """A memory of words that does not grow with everything that is ever said."""
    if len(memory) >= REMEMBERED:
        memory.clear()
    memory[key] = value
    return value


def edges(node: Node, forms: tuple[str, ...]) -> Iterator[Node]:
    """Every node that one token leads to."""
    for form in forms:
        if form in node.exact:
            yield node.exact[form]
        if form[0] == "<":
            continue
        if node.prefix:
            yield from _found(node.prefix, (form[:size] for size in range(1, len(form) + 1)))
        if node.suffix:
            yield from _found(node.suffix, (form[size:] for size in range(len(form))))
        if node.inside:
            yield from (child for part, child in node.inside.items() if part in form)


def _found(children: dict[str, Node], parts: Iterable[str]) -> Iterator[Node]:
    for part in parts:
        if part in children:
            yield children[part]


def _anchors(pattern: str) -> tuple[bool, bool, str]:
    body = pattern.strip()
    at_start, at_end = body.startswith("^"), body.endswith("$") and len(body) > 1
    return at_start, at_end, body[1 if at_start else 0 : -1 if at_end else None]


def _steps(body: str) -> Iterator[Step]:
    for chunk in body.split():
        if chunk in GAPS:
            yield Step("gap", chunk)
        elif _SET.fullmatch(chunk):
            yield Step("exact", chunk)
        else:
            yield from _steps_of_chunk(chunk)


def _steps_of_chunk(chunk: str) -> Iterator[Step]:
    matches = [m for m in TOKEN.finditer(chunk.strip("*")) if m.lastgroup not in ("stop", "pause")]
    for index, match in enumerate(matches):
        kind = match.lastgroup or ""
        open_left = chunk.startswith("*") and index == 0
        open_right = chunk.endswith("*") and index == len(matches) - 1
        if kind == "word":
            yield Step(_edge_kind(open_left, open_right), lowered(match.group()))
        else:
            word = plain_emoji(match.group()) if kind == "emoji" else forms_of(kind, match.group())[0]
            yield Step("exact", word)


def _edge_kind(open_left: bool, open_right: bool) -> str:
    if open_left and open_right:
        return "inside"
    return "suffix" if open_left else "prefix" if open_right else "exact"


def _opening(body: str) -> tuple[list[Step], str]:
    """The steps of the first word, and what comes after it. Gaps at either end say nothing."""
    chunks = body.split()
    while chunks and chunks[-1] in GAPS:
        chunks.pop()
    for place, chunk in enumerate(chunks):
        steps = [] if chunk in GAPS else list(_steps(chunk))
        if steps:
            return steps, " ".join(chunks[place + 1 :])
    return [], ""


def _kind_and_word(chunk: str) -> tuple[str, str]:
    return ("prefix", lowered(chunk[:-1])) if chunk.endswith("*") else ("exact", lowered(chunk))


def _without_gaps_at_the_end(rest: str) -> str:
    rest = rest.strip()
    while rest.endswith("*") and rest.split()[-1] in GAPS:
        rest = " ".join(rest.split()[:-1])
    return rest


def _spellings_of_word(word: str, *, alone: bool) -> tuple[str, ...]:
    """As written and without accents; but a lone word of one or two letters without them is another word."""
    bare = word if word.isascii() or (alone and len(word) < SHORTEST_WITHOUT_ACCENTS) else without_accents(word)
    return (word,) if bare in (word, "") else (word, bare)


def _spellings(steps: list[Step], *, alone: bool) -> set[tuple[Step, ...]]:
    """The steps as written, without apostrophes, without accents, without both. `alone`: they are a whole pattern."""

    def bare(word: str) -> str:
        return _spellings_of_word(word, alone=alone)[-1]

    text = "".join(step.word for step in steps)
    # Most patterns are plain, and there are tens of thousands: only what can differ is made.
    ways: list[Callable[[str], str]] = [str]
    if "'" in text:
        ways.append(without_apostrophes)
    if not text.isascii():
        ways += [bare, *((lambda word: bare(without_apostrophes(word)),) if "'" in text else ())]
    return {tuple(Step(step.kind, way(step.word)) for step in steps) for way in ways}


def _descend(node: Node, spelling: tuple[Step, ...]) -> Node:
    for step in spelling:
        node = node.child(step)
    return node


def split_patterns(line: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(line) if part.strip()]


def read_lexicon(*paths: Path) -> Lexicon:
    """All files of one language in one."""
    lexicon = Lexicon()
    for line in chain.from_iterable(path.read_text(encoding="utf-8").splitlines() for path in paths):
        head, _, rest = line.partition("\t")
        if head == "#negation":
            lexicon.negation = rest.strip()
        elif head == "#prefixes":
            lexicon.prefixes = tuple(split_patterns(rest))
        elif rest and not head.startswith("#"):
            for pattern in split_patterns(rest):
                lexicon.add(head.strip(), pattern)
    return lexicon


def read_groups(inventory: Path) -> Mapping[str, str]:
    """Concept id → group, of `inventory.tsv` (id, gloss, group)."""
    rows = (line.split("\t") for line in inventory.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[2] for row in rows if len(row) >= 3}
