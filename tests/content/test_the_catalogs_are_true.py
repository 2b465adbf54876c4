"""What the check of the catalogs finds, on small catalogs, and that the templates hold the source of today."""

from babel.messages.catalog import Catalog

from translations.checking import catalog_faults, stale_templates
from translations.writing import as_bytes, template

SENTENCE = "You said “{quote}”, %(name)s."


def faults_of(translation: str | tuple[str, ...], *, flags: tuple[str, ...] = ()) -> int:
    return len(list(catalog_faults(source(), translated(translation, flags))))


def source() -> Catalog:
    catalog = Catalog()
    catalog.add(SENTENCE, context="utter_test")
    return catalog


def translated(string: str | tuple[str, ...], flags: tuple[str, ...] = ()) -> Catalog:
    catalog = Catalog(locale="pl")
    catalog.add(SENTENCE, string, context="utter_test", flags=flags)
    return catalog


def test_the_templates_hold_the_source_of_today() -> None:
    assert list(stale_templates()) == []


def test_a_template_is_the_same_every_time() -> None:
    assert as_bytes(template("pages")) == as_bytes(template("pages"))


def test_a_true_translation_has_no_fault() -> None:
    assert faults_of("%(name)s: „{quote}”.") == 0


def test_a_missing_translation_is_a_fault() -> None:
    assert faults_of("") == 1


def test_a_guess_is_a_fault() -> None:
    assert faults_of("%(name)s: „{quote}”.", flags=("fuzzy",)) == 2


def test_a_lost_place_is_a_fault() -> None:
    assert faults_of("%(name)s.") == 1


def test_an_invented_place_is_a_fault() -> None:
    assert faults_of("%(name)s {quote} {adult}") == 1


def test_a_sentence_that_nobody_says_is_a_fault() -> None:
    catalog = translated("%(name)s: „{quote}”.")
    catalog.add("Gone", "Nie ma")

    assert len(list(catalog_faults(source(), catalog))) == 1


def test_a_place_may_stand_in_some_plural_forms_only() -> None:
    meant, said = Catalog(), Catalog(locale="pl")
    meant.add(("%(num)s day", "%(num)s days"))
    said.add(("%(num)s day", "%(num)s days"), ("jeden dzień", "%(num)s dni", "%(num)s dni"))

    assert list(catalog_faults(meant, said)) == []
