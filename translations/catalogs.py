"""Keeps the catalogs true to the English source: python -m translations.catalogs extract | update | check."""

import argparse
import sys

from api.i18n import Language, read_languages
from translations import checking, writing
from translations.sources import INTERVIEW, ROOT

TRANSLATED = ("draft", "reviewed")
TOLD = 20  # faults of one language: a new one has hundreds


def translated_languages() -> list[Language]:
    languages = read_languages(ROOT / INTERVIEW / "languages.yml")
    return [language for language in languages if language.status in TRANSLATED]


def extract() -> int:
    writing.write_templates()
    return 0


def update() -> int:
    writing.write_templates()
    writing.write_catalogs(language.code for language in translated_languages())
    return 0


def check() -> int:
    found = [list(checking.stale_templates())]
    found += [list(checking.faults(language.code)) for language in translated_languages()]
    for faults in found:
        tell(faults)
    return 1 if any(found) else 0


def tell(faults: list[str]) -> None:
    print(*faults[:TOLD], sep="\n", end="\n" if faults else "", file=sys.stderr)
    if len(faults) > TOLD:
        print(f"... and {len(faults) - TOLD} more of this language.", file=sys.stderr)


def main() -> int:
    commands = {"extract": extract, "update": update, "check": check}
    parser = argparse.ArgumentParser(prog="translations.catalogs", description=__doc__)
    parser.add_argument("command", choices=commands)
    return commands[parser.parse_args().command]()


if __name__ == "__main__":
    sys.exit(main())
