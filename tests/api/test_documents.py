"""A document is accessible, right in every script, and never obeys the words in it."""

from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
import typst
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from api.documents import making
from api.documents.model import Document
from api.documents.reading import read
from api.documents.writing_docx import docx_of
from api.documents.writing_pdf import pdf_of
from api.errors import NoFont, NotMade
from api.i18n import Translators, read_languages
from api.settings import Settings

WORDS = {
    "ar": "الضوضاء في الممر كبيرة",
    "ur": "راہداری میں شور بہت زیادہ ہے",
    "bn": "বারান্দায় খুব শব্দ হয়",
    "pa": "ਗਲਿਆਰੇ ਵਿੱਚ ਬਹੁਤ ਰੌਲਾ ਹੈ",
    "uk": "У коридорі дуже гучно",
    "en": "The corridor is too loud",
}
NEEDED = {"Noto Sans", "Noto Naskh Arabic", "Noto Nastaliq Urdu", "Noto Sans Bengali", "Noto Sans Gurmukhi"}
HOSTILE = (
    "#import",
    "\\",
    "$x$",
    "*bold*",
    "_a_",
    "= Heading",
    "#sys.inputs",
    '"',
    "`raw`",
    "<label>",
    "@ref",
    "//",
    "[[",
)
WITHOUT_FONTS = typst.Fonts(include_system_fonts=False)
with_fonts = pytest.mark.skipif(
    not set(typst.Fonts().families()) >= NEEDED, reason="the fonts of docs/operating.md are not on this machine"
)


def page(*quoted: str, language: str = "en") -> Document:
    """A document with a title, a heading, and the words of these languages."""
    quotations = "".join(f'<blockquote lang="{code}">{WORDS[code]}</blockquote>' for code in quoted)
    return read(f"<title>A title</title><h1>First</h1><h2>Second</h2>{quotations}", language)


def text_of(pdf: bytes) -> str:
    return "".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(pdf))


def paragraph_with(words: str, file: bytes) -> Paragraph:
    found = docx.Document(BytesIO(file))
    return next(each for each in found.paragraphs if words in each.text)


def marks(paragraph: Paragraph) -> set[str]:
    return {element.tag for element in paragraph._element.iter()}


@with_fonts
@pytest.mark.parametrize("language", WORDS)
def test_words_can_be_read_out_of_a_pdf_in_every_script(language: str) -> None:
    found = text_of(pdf_of(page(language)))

    # in what order letters of Nastaliq stand, which hang below each other, each program guesses for itself
    said = WORDS[language].split() if language != "ur" else WORDS[language].replace(" ", "")
    assert [word for word in said if word not in found] == []


@with_fonts
@pytest.mark.parametrize("quoted", ["ar", "en"])
def test_words_of_either_direction_stand_whole_in_an_arabic_document(quoted: str) -> None:
    found = text_of(pdf_of(page(quoted, language="ar"))).split()

    assert set(WORDS[quoted].split()) <= set(found)


def test_a_pdf_is_tagged_and_says_its_language_and_title() -> None:
    made = pdf_of(page("en", language="cy"))

    assert all(f"/StructElem/S/{tag}".encode() in made for tag in ("H1", "H2", "BlockQuote", "P"))
    assert all(mark in made for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang(cy)", b"/Marked true"))
    assert pypdfium2.PdfDocument(made).get_metadata_value("Title") == "A title"


@with_fonts
def test_each_quotation_of_a_pdf_says_its_own_language() -> None:
    made = pdf_of(page("en", "ar", "bn", "pa"))

    assert all(f"/Lang({code})".encode() in made for code in ("ar", "bn", "pa"))


@pytest.mark.parametrize("words", HOSTILE)
def test_words_that_look_like_markup_stay_words(words: str) -> None:
    escaped = words.replace("<", "&lt;")
    document = read(f"<title>{escaped}</title><p>{escaped}</p><blockquote>{escaped}</blockquote>", "en")

    assert text_of(pdf_of(document)).count(words) >= 2
    assert paragraph_with(words, docx_of(document)).text == words


def test_a_script_without_a_font_is_refused_and_never_empty_boxes() -> None:
    for language in ("bn", "pa"):
        with pytest.raises(NoFont):
            pdf_of(page(language), WITHOUT_FONTS)


def test_a_refusal_quotes_nothing_of_what_was_written() -> None:
    with pytest.raises(NoFont) as refused:
        pdf_of(page("bn"), WITHOUT_FONTS)

    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_a_picture_without_a_font_is_called_by_its_name() -> None:
    document = read("<title>x</title><p>I am 😢 today.</p>", "en")

    assert "I am [crying face] today." in text_of(pdf_of(document, WITHOUT_FONTS))


def test_what_no_format_can_hold_is_dropped() -> None:
    document = read("<title>x</title><p>a\x00b\x0bc\ud800d</p>", "en")

    assert "abcd" in text_of(pdf_of(document))
    assert paragraph_with("abcd", docx_of(document))


def test_lines_that_the_speaker_broke_stay_broken() -> None:
    document = read("<title>x</title><blockquote>one\ntwo</blockquote>", "en")

    assert text_of(pdf_of(document)).split() == ["one", "two", "1/1"]
    assert paragraph_with("one", docx_of(document)).text == "one\ntwo"


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_docx_words_that_read_from_the_right_say_so(language: str) -> None:
    quoted = paragraph_with(WORDS[language], docx_of(page("en", language)))

    assert {qn("w:bidi"), qn("w:rtl")} <= marks(quoted)


def test_docx_words_that_read_from_the_left_keep_their_way_in_an_arabic_document() -> None:
    file = docx_of(page("en", language="ar"))

    assert not {qn("w:bidi"), qn("w:rtl")} & marks(paragraph_with(WORDS["en"], file))
    assert qn("w:bidi") in marks(paragraph_with("First", file))


@pytest.mark.parametrize(("language", "country"), [("ar", "ar-SA"), ("ur", "ur-PK"), ("bn", "bn-BD"), ("pa", "pa-IN")])
def test_docx_words_carry_their_language_and_a_font_for_it(language: str, country: str) -> None:
    quoted = paragraph_with(WORDS[language], docx_of(page(language)))

    tongue = quoted._element.find(f".//{qn('w:lang')}")
    assert tongue.get(qn("w:bidi")) == country
    assert quoted._element.find(f".//{qn('w:rFonts')}").get(qn("w:cs")) != "Calibri"


def test_a_docx_has_real_headings_a_title_and_a_language() -> None:
    file = docx_of(page("en", language="cy"))
    found = docx.Document(BytesIO(file))

    assert [each.style.name for each in found.paragraphs[:2]] == ["Heading 1", "Heading 2"]
    assert (found.core_properties.title, found.core_properties.language) == ("A title", "cy")
    assert b'w:lang w:val="cy"' in ZipFile(BytesIO(file)).read("word/styles.xml")


def test_a_name_of_another_direction_stands_apart() -> None:
    document = read("<title>x</title><p>From <bdi>سامي</bdi> today</p>", "en")

    assert document.blocks[0].text == "From \u2068سامي\u2069 today"
    assert [run.font.rtl for run in paragraph_with("سامي", docx_of(document)).runs] == [None, True, None]


@pytest.mark.parametrize("make", [making.pdf, making.docx])
def test_a_document_of_hundreds_of_pages_is_refused(make: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "LARGEST", 10)
    settings = Settings()
    translators = Translators(read_languages(settings.interview_data / "languages.yml"), settings.translations)
    chronology = SimpleNamespace(
        pupil_id=1, pupil_name="a long name of a pupil", pupil_year="8", is_erased=False, events=(), alerts=()
    )

    with pytest.raises(NotMade):
        make("chronology", chronology, translators["en"])  # type: ignore[operator]
