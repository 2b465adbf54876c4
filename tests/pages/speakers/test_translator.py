from datetime import UTC, datetime
from gettext import NullTranslations
from pathlib import Path

import pytest

from api.i18n import Language, Translator, Translators, accepted_codes
from tests.pages.speakers.conftest import LANGUAGES


class Bent(NullTranslations):
    """A catalog whose every sentence asks for a place that nobody fills."""

    def gettext(self, message: str) -> str:
        return f"{message} %(nobody)s"


@pytest.fixture
def translators(pseudo_translations: Path) -> Translators:
    return Translators(LANGUAGES.values(), pseudo_translations)


def test_a_translation_that_bent_a_place_is_replaced_by_english() -> None:
    translator = Translator(LANGUAGES["pl"], Bent())

    assert translator.gettext("Hello, %(name)s", name="you") == "Hello, you"


def test_what_is_filled_in_is_escaped_in_a_template(translators: Translators) -> None:
    say = translators["en"].for_templates()["_"]

    assert say("Hello, %(name)s", name="<b>") == "Hello, &lt;b&gt;"


def test_a_language_without_catalogs_is_not_offered(pseudo_translations: Path) -> None:
    planned = Language("cy", "Cymraeg", "planned")
    translators = Translators([*LANGUAGES.values(), planned], pseudo_translations)

    assert translators.find("cy") is None
    assert translators["cy"].language.code == "en"


def test_a_choice_outweighs_the_record_and_the_browser(translators: Translators) -> None:
    assert translators.choose(chosen="ar", recorded="pl", accepted="ur").language.code == "ar"
    assert translators.choose(recorded="pl", accepted="ur").language.code == "pl"
    assert translators.choose(accepted="xx, ur").language.code == "ur"
    assert translators.choose(chosen="xx").language.code == "en"


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("pl-PL, en;q=0.5", ["pl-pl", "pl", "en"]),
        ("en;q=0.1, ar;q=0.9", ["ar", "en"]),
        ("*;q=0, so", ["so"]),
        ("", []),
        ("fr;q=much, ;;;, pa", ["pa"]),
    ],
)
def test_a_browsers_wishes_are_read_in_their_order(header: str, codes: list[str]) -> None:
    assert accepted_codes(header) == codes


def test_moments_are_told_by_the_schools_clock(translators: Translators) -> None:
    summer = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)

    assert translators["pl"].time(summer) == "09:30"


def test_labels_of_the_agent_are_spoken_on_pages_too(translators: Translators) -> None:
    assert translators["pl"].pgettext("feeling", "Sad") != "Sad"
