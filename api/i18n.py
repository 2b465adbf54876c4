"""The languages on offer and the words, numbers and dates of each.

Order in which a page's language is found: what the person chose, else what the school recorded, else what their
browser asks for, else English. Detection never decides (practice: language is a stored choice).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, localedata
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from api.catalogs import SOURCE_LANGUAGE, complete, read_translations
from api.yaml_files import read_yaml

TIMEZONE = ZoneInfo("Europe/London")
COUNTRY = "GB"


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    status: str

    @property
    def tag(self) -> str:
        """BCP 47, for `lang` attributes."""
        return self.code.replace("_", "-")

    @cached_property
    def locale(self) -> Locale:
        """Days and hours as this country writes them, where the language has a form of its own here."""
        here = f"{self.code}_{COUNTRY}"
        return Locale.parse(here) if localedata.exists(here) else Locale.parse(self.tag, sep="-")

    @property
    def direction(self) -> str:
        return self.locale.text_direction


def read_languages(file: Path) -> tuple[Language, ...]:
    entries = read_yaml(file)["languages"]
    return tuple(Language(entry["code"], entry["name"], entry["status"]) for entry in entries)


@dataclass(frozen=True)
class Translator:
    """Speaks one language. `%(place)s` in a message is filled from the keywords; a translation that lost or
    bent a place is replaced by the English sentence, because a crash helps nobody.
    """

    language: Language
    catalog: NullTranslations = field(repr=False)
    text: type[str] = str

    def gettext(self, message: str, /, **places: object) -> str:
        return self._filled(self.catalog.gettext(message), message, places)

    def pgettext(self, context: str, message: str, /, **places: object) -> str:
        return self._filled(self.catalog.pgettext(context, message), message, places)

    def ngettext(self, one: str, many: str, n: int, /, **places: object) -> str:
        translated = self.catalog.ngettext(one, many, n)
        return self._filled(translated, one if n == 1 else many, {"num": n, **places})

    def npgettext(self, context: str, one: str, many: str, n: int, /, **places: object) -> str:
        translated = self.catalog.npgettext(context, one, many, n)
        return self._filled(translated, one if n == 1 else many, {"num": n, **places})

    def _filled(self, translated: str, source: str, places: Mapping[str, object]) -> str:
        if "%" not in translated:  # most have no place, and a page asks for hundreds of them
            return self.text(translated)
        try:
            return self.text(translated) % places
        except (KeyError, TypeError, ValueError):
            return self.text(source) % places

    def weekday(self, day: date | datetime) -> str:
        """The date with its day of the week: what is promised is easier to wait for."""
        return format_date(_local(day), "full", locale=self.language.locale)

    def date(self, day: date | datetime) -> str:
        return format_date(_local(day), "long", locale=self.language.locale)

    def time(self, moment: datetime) -> str:
        return format_time(_local(moment), "short", locale=self.language.locale)

    def moment(self, moment: datetime) -> str:
        return format_datetime(_local(moment), "medium", locale=self.language.locale)

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self.language.locale)

    def for_templates(self) -> dict[str, Any]:
        """What every template is given: the gettext family (escaping what it fills in), formats, language."""
        speak = Translator(self.language, self.catalog, Markup)
        family: dict[str, Callable[..., str]] = {
            "_": speak.gettext,
            "gettext": speak.gettext,
            "ngettext": speak.ngettext,
            "pgettext": speak.pgettext,
            "npgettext": speak.npgettext,
        }
        formats = {"date": self.date, "weekday": self.weekday, "time": self.time, "moment": self.moment}
        return {**family, **formats, "number": self.number, **self._about()}

    def _about(self) -> dict[str, str]:
        language = self.language
        names = {"language_code": language.code, "own_name": language.name}
        return {"lang": language.tag, "dir": language.direction, **names}


def _local(day: date | datetime) -> Any:
    """Moments are stored as UTC; people read the school's clock."""
    if not isinstance(day, datetime):
        return day
    aware = day if day.tzinfo else day.replace(tzinfo=ZoneInfo("UTC"))
    return aware.astimezone(TIMEZONE)


class Translators:
    """The languages on offer: listed in languages.yml and with both catalogs complete. Read when first used."""

    def __init__(self, languages: Iterable[Language], folder: Path) -> None:
        self.folder = folder
        self.known = tuple(languages)
        self._loaded: dict[str, Translator] = {}

    @cached_property
    def offered(self) -> tuple[Language, ...]:
        codes = complete(self.folder, [language.code for language in self.known])
        return tuple(language for language in self.known if language.code in codes)

    def __getitem__(self, code: str) -> Translator:
        """A language that is not on offer speaks English."""
        language = self.find(code) or self.source
        if language.code not in self._loaded:
            catalog = read_translations(self.folder, language.code, "pages")
            # labels of feelings and topics are said by the agent and read by staff: one translation serves both
            catalog.add_fallback(read_translations(self.folder, language.code, "interview"))
            self._loaded[language.code] = Translator(language, catalog)
        return self._loaded[language.code]

    @property
    def source(self) -> Language:
        return next(language for language in self.known if language.code == SOURCE_LANGUAGE)

    def find(self, code: str | None) -> Language | None:
        return next((language for language in self.offered if language.code == code), None)

    def choose(self, *, chosen: str | None = None, recorded: str | None = None, accepted: str = "") -> Translator:
        wanted = [chosen, recorded, *accepted_codes(accepted)]
        found = next((language for code in wanted if (language := self.find(code))), self.source)
        return self[found.code]


def accepted_codes(header: str) -> list[str]:
    """Language codes of an Accept-Language header, most wanted first; regions also count as their language."""
    weighted = sorted((_weighted(part) for part in header.split(",")[:20]), key=lambda pair: -pair[0])
    tags = [tag for weight, tag in weighted if tag and weight > 0]
    return [code for tag in tags for code in dict.fromkeys((tag, tag.split("-")[0]))]


def _weighted(part: str) -> tuple[float, str]:
    tag, _, parameter = part.partition(";")
    try:
        weight = float(parameter.partition("=")[2] or 1)
    except ValueError:
        weight = 0.0
    return weight, tag.strip().lower()


def build_environment(folders: Sequence[Path]) -> Environment:
    """The gettext family comes with each render (see Translator.for_templates), so one environment serves all."""
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=select_autoescape(default=True),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # else every template of every page is looked for on disk again
    )
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    return environment
