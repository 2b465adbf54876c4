"""`python -m interview.questions`: every prompt that the interview can show, as JSON lines on stdout.

Each line is {id, lang, audience, text, kind}. A language is listed when all its sentences are translated;
a sentence that both audiences can see is listed for each.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from interview.guide import Guide
from interview.guides import load_guides
from interview.sentences import SOURCE_LANGUAGE, Wording, languages_in, read_translations, read_wordings
from interview.wording import kind_of, responses_of

BOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = BOT.parent / "translations"

Wordings = Mapping[str, tuple[Wording, ...]]
Translation = Mapping[tuple[str, str], str]


def prompts(guides: Iterable[Guide], wordings: Wordings, translations: Path) -> Iterator[dict[str, str]]:
    for language in languages_in(translations):
        translated = {} if language == SOURCE_LANGUAGE else read_translations(translations, language)
        listed = {
            (prompt["id"], prompt["audience"]): prompt
            for guide in guides
            for prompt in of_guide(guide, wordings, translated, language)
        }
        if all(prompt["text"] for prompt in listed.values()):
            yield from listed.values()


def of_guide(guide: Guide, wordings: Wordings, translated: Translation, language: str) -> Iterator[dict[str, str]]:
    """The text is empty where a sentence is not translated."""
    for response in dict.fromkeys(responses_of(guide)):
        for wording in wordings[response]:
            yield {
                "id": wording.id,
                "lang": language,
                "audience": guide.audience,
                "text": wording.text if language == SOURCE_LANGUAGE else said_to(guide.audience, wording, translated),
                "kind": kind_of(response, guide),
            }


def said_to(audience: str, wording: Wording, translated: Translation) -> str:
    """A sentence that both audiences hear may be said to each in its own way (translations/README.md)."""
    contexts = (f"{wording.response}/{audience}", wording.response)
    return next(
        (translated[context, wording.text] for context in contexts if (context, wording.text) in translated), ""
    )


def main() -> None:
    guides = load_guides(BOT / "data" / "interview").by_name.values()
    for prompt in prompts(guides, read_wordings(BOT / "domain"), TRANSLATIONS):
        sys.stdout.write(json.dumps(prompt, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
