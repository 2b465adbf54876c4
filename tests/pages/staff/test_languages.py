import httpx
import pytest

from api.i18n import Language, Translators, read_languages
from api.settings import ROOT
from tests.api.people import People
from tests.pages.staff.drivers import AtDesk, OnTablet, Started

TRANSLATORS = Translators(read_languages(ROOT / "bot" / "data" / "interview" / "languages.yml"), ROOT / "translations")
OFFERED = pytest.mark.parametrize("language", TRANSLATORS.offered, ids=lambda language: language.code)


@OFFERED
def test_every_page_speaks_each_offered_language(
    adult: AtDesk, people: People, started: Started, tablet: OnTablet, language: Language
) -> None:
    tablet.says("The noise.")
    adult.posts("/staff/language", language=language.code)
    pupil, conversation = f"/staff/pupils/{people.pupil.id}", f"/staff/conversations/{started.conversation}"

    for page in ("/staff/pupils", pupil, f"{pupil}/start", f"{pupil}/invite", conversation, f"{conversation}/summary"):
        html = adult.sees(page).one("html")
        assert (html["lang"], html["dir"]) == (language.tag, language.direction), page


@OFFERED
def test_words_keep_their_own_language_on_a_page_in_another(
    adult: AtDesk, started: Started, tablet: OnTablet, language: Language
) -> None:
    tablet.says("The noise.")
    adult.posts("/staff/language", language=language.code)

    words = adult.sees(f"/staff/conversations/{started.conversation}/summary").one("blockquote")

    assert (words["lang"], words["dir"], words.text) == ("en", "ltr", "The noise.")


@OFFERED
def test_signing_in_speaks_each_offered_language(client: httpx.Client, language: Language) -> None:
    page = AtDesk(client).sees(f"/staff/sign-in?language={language.code}")

    assert page.one("html")["lang"] == language.tag
    assert page.one("input", name="language")["value"] == language.tag


def test_the_languages_own_name_is_marked_as_its_own_language(adult: AtDesk) -> None:
    options = [option for option in adult.sees("/staff/pupils").find("option") if "lang" in option.attributes]

    assert [option["lang"] for option in options] == [language.tag for language in TRANSLATORS.offered]
