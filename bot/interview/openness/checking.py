"""One prompt in, open or closed out, with every reason why it is not open.

Each sentence is read by itself: what it does (asks, invites, or neither), then how. A prompt is open when it holds one
open ask and nothing that narrows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interview.openness.rules import Rules, rules_of
from interview.openness.text import Sentence, sentences

YES_NO = "yes_no"  # a particle, an inversion, or the voice alone
EITHER_OR = "either_or"  # one of two offered words answers it
TAG = "tag"  # "..., right?"
DISGUISED = "disguised"  # "Can you tell me ...", "Tell me if ..."
ONE_WORD = "one_word"  # when, where, who, how many, how often
WHY = "why"  # sounds like blame
LEADING = "leading"  # says what the answer is, or takes it for given
DOUBLE = "double"  # two things at once
RECAST = "recast"  # open first, then narrowed
NO_INVITATION = "no_invitation"  # nothing is asked
UNKNOWN_LANGUAGE = "unknown_language"
REASONS = (YES_NO, EITHER_OR, TAG, DISGUISED, ONE_WORD, WHY, LEADING, DOUBLE, RECAST, NO_INVITATION, UNKNOWN_LANGUAGE)
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True)
class Verdict:
    form: str
    reasons: tuple[str, ...] = ()


def check(text: str, language: str) -> Verdict:
    """`language`: a code; of a region (`pt-BR`) its language counts. A language without rules is never called open."""
    rules = rules_of(language.lower().replace("_", "-").split("-")[0])
    if rules is None:
        return Verdict(CLOSED, (UNKNOWN_LANGUAGE,))
    reasons = tuple(dict.fromkeys(_reasons(list(sentences(text)), rules)))
    return Verdict(CLOSED if reasons else OPEN, reasons)


def _reasons(said: list[Sentence], rules: Rules) -> Iterator[str]:
    asks = [sentence for sentence in said if is_ask(sentence, rules)]
    asks = [sentence for sentence in asks if not rules.lead_ins.search(sentence.text)] or asks[:1]
    if not asks and not any(_turns_to_the_listener(sentence.text, rules) for sentence in said):
        yield NO_INVITATION
    found = [list(_faults(sentence, rules)) for sentence in asks]
    for faults in found:
        yield from faults
    if len(asks) > 1:
        yield RECAST if not found[0] and any(found[1:]) else DOUBLE
    if any(rules.leading.search(sentence.text) for sentence in said):
        yield LEADING


def is_ask(sentence: Sentence, rules: Rules) -> bool:
    return bool(
        sentence.asks
        or rules.invites.search(sentence.text)
        or rules.tells.search(sentence.text)
        or is_disguised(sentence.text, rules)
    )


def _turns_to_the_listener(text: str, rules: Rules) -> bool:
    """Asks to pick something; or says neither "tell" nor a question, but something to be done for "me"."""
    return bool(rules.picks.search(text) or rules.to_me.search(text))


def is_disguised(text: str, rules: Rules) -> bool:
    """ "Would you like to tell ..." is; in "What would you like to tell ..." a question word came first."""
    found = rules.disguised.search(text)
    if found is None:
        return False
    before = text[: found.start()]
    return not (rules.open_words.search(before) or rules.word_answers.search(before))


def _faults(sentence: Sentence, rules: Rules) -> Iterator[str]:
    text = sentence.text
    if is_disguised(text, rules):
        yield DISGUISED
        return
    if sentence.asks and _has_tag(sentence, rules):
        yield TAG
        return
    if rules.open_anyway.search(text):
        return
    if sentence.asks and (not _invites(text, rules) or _is_yes_no(text, rules)):
        yield from _of_question(sentence, rules)
    else:
        yield from _of_invitation(sentence, rules)


def _invites(text: str, rules: Rules) -> bool:
    return bool(rules.invites.search(text) or rules.tells.search(text))


def _of_invitation(sentence: Sentence, rules: Rules) -> Iterator[str]:
    text = sentence.text
    if any(_answers_in_a_word(told, rules) for told in _told(text, rules)):
        yield ONE_WORD
    if any(rules.why.match(told) for told in _told(text, rules)):
        yield WHY
    if sentence.asks and any(_is_yes_no(clause, rules) for clause in sentence.clauses[1:]):
        yield EITHER_OR if rules.alternatives.search(text) else YES_NO
    if _invites_twice(text, rules):
        yield DOUBLE


def _told(text: str, rules: Rules) -> list[str]:
    """What is to be told: the words after "tell me"; where the verb may come last, those before it as well."""
    tell = rules.tells.search(text)
    if tell is None or (rules.invites.search(text) or tell).start() < tell.start():
        return []
    after, before = text[tell.end() :].strip(" ,:"), text[: tell.start()].strip(" ,:")
    return [after, before] if rules.tells_last else [after]


def _answers_in_a_word(told: str, rules: Rules) -> bool:
    """At its beginning; where the verb comes last the question word may stand anywhere, as long as none is open."""
    if rules.word_answers.match(told):
        return True
    return rules.tells_last and bool(rules.word_answers.search(told)) and not rules.open_words.search(told)


def _of_question(sentence: Sentence, rules: Rules) -> Iterator[str]:
    text = sentence.text
    if rules.yes_no_anywhere.search(text) or any(_is_yes_no(clause, rules) for clause in sentence.clauses):
        yield EITHER_OR if rules.alternatives.search(text) else YES_NO
    elif rules.why.search(text) and not _comes_before(rules.open_words, rules.why, text):
        yield WHY
    else:
        yield from _of_question_word(sentence, rules)
    if _is_double(text, rules) or _asks_twice(sentence, rules):
        yield DOUBLE


def _asks_twice(sentence: Sentence, rules: Rules) -> bool:
    """ "What did you eat, when did you leave": a second main clause with a word that asks for one word. Words like
    *what* also join clauses in many languages, so they do not count.
    """
    first, *rest = _main_clauses(sentence, rules).split(", ")
    asks_first = rules.open_words.search(first) or rules.word_answers.search(first)
    return bool(asks_first) and any(rules.word_answers.search(clause) for clause in rest)


def _of_question_word(sentence: Sentence, rules: Rules) -> Iterator[str]:
    text = _main_clauses(sentence, rules)
    opens, narrows = rules.open_words.search(text), rules.word_answers.search(text)
    if narrows and (opens is None or (narrows.start(), -narrows.end()) <= (opens.start(), -opens.end())):
        yield ONE_WORD
    elif opens is None:
        yield EITHER_OR if rules.alternatives.search(text) else YES_NO
    elif len(sentence.clauses) > 1 and any(rules.alternatives.search(clause) for clause in sentence.clauses[1:]):
        yield EITHER_OR


def _main_clauses(sentence: Sentence, rules: Rules) -> str:
    """ "When you get to school, what happens": the question is in the second clause."""
    main = [clause for clause in sentence.clauses if not _is_subordinate(clause, rules)]
    return ", ".join(main) if main else sentence.text


def _is_subordinate(clause: str, rules: Rules) -> bool:
    return any(rules.subordinate.match(said) for said in (clause, without_fillers(clause, rules)))


def _is_yes_no(clause: str, rules: Rules) -> bool:
    return bool(rules.yes_no_first.match(without_fillers(clause, rules)))


def without_fillers(clause: str, rules: Rules) -> str:
    while found := rules.fillers.match(clause):
        clause = clause[found.end() :].lstrip(" ,")
    return clause


def _is_double(text: str, rules: Rules) -> bool:
    """ "... and what ...": a second question word, joined to a first one that has something to ask about."""
    words = re.compile(f"(?:{rules.open_words.pattern})|(?:{rules.word_answers.pattern})|(?:{rules.why.pattern})")
    for before, after in _joined(text, rules):
        first = words.search(before)
        if first and before[first.end() :].split() and words.match(after):
            return True
    return False


def _invites_twice(text: str, rules: Rules) -> bool:
    """An invitation, then another one or something that a word answers. "... and how it came about" only goes on; "how
    and when" is one ask.
    """
    second = (rules.invites, rules.tells, rules.word_answers, rules.why)
    return any(
        _invites(before, rules)
        and not _ends_with(rules.open_words, before)
        and any(words.match(after) for words in second)
        for before, after in _joined(text, rules)
    )


def _ends_with(words: re.Pattern[str], text: str) -> bool:
    return any(found.end() == len(text.rstrip()) for found in words.finditer(text))


def _joined(text: str, rules: Rules) -> Iterator[tuple[str, str]]:
    """What stands before and after each "and"."""
    for join in rules.joins.finditer(text):
        yield text[: join.start()], text[join.end() :].lstrip()


def _has_tag(sentence: Sentence, rules: Rules) -> bool:
    """As a last clause of its own, or at the end of what would otherwise be a statement."""
    *before, last = sentence.clauses or [""]
    if before and rules.tags.fullmatch(last):
        return True
    ends = any(found.end() == len(last) and found.start() > 0 for found in rules.tags.finditer(last))
    asks = rules.open_words.search(last) or rules.word_answers.search(last) or _is_yes_no(last, rules)
    return ends and not asks


def _comes_before(first: re.Pattern[str], second: re.Pattern[str], text: str) -> bool:
    one, other = first.search(text), second.search(text)
    return one is not None and (other is None or one.start() < other.start())
