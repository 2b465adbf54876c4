"""A DOCX to go on writing in: real headings, the language of every run, and right-to-left where it is read so."""

from io import BytesIO
from typing import Any
from unicodedata import bidirectional

import docx
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

from api.documents.model import Block, BlockKind, Document, Run
from api.services.talk.filling import END_ISOLATE, ISOLATE

STYLES: dict[BlockKind, str] = {
    "title": "Heading 1",
    "heading": "Heading 2",
    "subheading": "Heading 3",
    "item": "List Bullet",
    "words": "Quote",
}
INK, SOFT = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x50, 0x50, 0x50)
LATIN = "Calibri"
# what a family's computer has for letters that Latin fonts lack
COMPLEX = {"ar": "Arial", "ur": "Urdu Typesetting", "bn": "Nirmala UI", "pa": "Nirmala UI"}
# Word counts a right-to-left country among the properties of a language
REGIONS = {"en": "en-GB", "ar": "ar-SA", "ur": "ur-PK", "bn": "bn-BD", "pa": "pa-IN"}
LABEL_WIDTH = Cm(4.6)
# the order of a paragraph's properties is fixed
AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")


def docx_of(document: Document) -> bytes:
    word = docx.Document()
    _prepare(word, document)
    for block in document.blocks:
        _add(word.add_paragraph(style=STYLES.get(block.kind)), block)
    kept = BytesIO()
    word.save(kept)
    return kept.getvalue()


def _prepare(word: Word, document: Document) -> None:
    word.core_properties.title = document.title
    word.core_properties.language = REGIONS.get(document.language, document.language)
    word.core_properties.author = word.core_properties.comments = ""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    _style(word, document)
    _margin(section.header.paragraphs[0], document, document.header, pages=False)
    _margin(section.footer.paragraphs[0], document, document.footer, pages=True)


def _style(word: Word, document: Document) -> None:
    """The template's own colours and fonts are for show; the language of the whole is said once, in the defaults."""
    defaults = word.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(_language(document.language))
    for style in word.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name in {"Normal", *STYLES.values()}:
            style.font.color.rgb = INK
            _fonts(style.element.get_or_add_rPr(), document.language)
    word.styles["Normal"].font.size = Pt(15 if document.large else 11)
    word.styles["Quote"].font.italic = False  # slanted letters are hard to read, and wrong in most scripts


def _add(paragraph: Paragraph, block: Block) -> None:
    _turn(paragraph, block.direction)
    form = paragraph.paragraph_format
    if block.kind == "asked":
        form.keep_with_next = True
    if block.kind in {"words", "picked"}:
        # the start of the line, also where that is on the right
        form.left_indent = Cm(0.6)
    if block.kind == "fact":
        form.left_indent, form.first_line_indent, form.space_after = LABEL_WIDTH, -LABEL_WIDTH, Pt(3)
        form.tab_stops.add_tab_stop(LABEL_WIDTH)
    for place, run in enumerate(block.runs):
        if block.kind == "fact" and place == 1:
            paragraph.add_run("\t")
        _write(paragraph, run, soft=block.kind in {"asked", "soft"})


def _margin(paragraph: Paragraph, document: Document, text: str, *, pages: bool) -> None:
    _turn(paragraph, document.direction)
    _write(paragraph, Run(text, document.language, document.direction), soft=True)
    if pages:
        paragraph.add_run(" · ")
        _field(paragraph, "PAGE")
        paragraph.add_run("/")
        _field(paragraph, "NUMPAGES")


def _write(paragraph: Paragraph, run: Run, *, soft: bool = False) -> None:
    """Each stretch between isolating marks is a run of its own: old versions of Word show the marks as boxes."""
    for text in run.text.replace(ISOLATE, END_ISOLATE).split(END_ISOLATE):
        if text:
            written = paragraph.add_run(text)
            written.bold = written.font.cs_bold = run.strong or None
            written.font.rtl = _reads_rtl(text, run.direction) or None
            if soft:
                written.font.color.rgb = SOFT
            properties = _element(written).get_or_add_rPr()
            _fonts(properties, run.language)
            properties.append(_language(run.language))


def _reads_rtl(text: str, otherwise: str) -> bool:
    """By its first letter that has a direction: a run that says otherwise is set back to front."""
    found = next((kind for kind in map(bidirectional, text) if kind in {"L", "R", "AL"}), None)
    return found in {"R", "AL"} if found else otherwise == "rtl"


def _turn(paragraph: Paragraph, direction: str) -> None:
    """Where the paragraph starts. Indents, bullets and tabs follow."""
    if direction == "rtl":
        properties = _element(paragraph).get_or_add_pPr()
        properties.insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)


def _fonts(properties: Any, language: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.lower().endswith("theme"):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi"):
        fonts.set(qn(name), LATIN)
    fonts.set(qn("w:cs"), COMPLEX.get(language, LATIN))


def _language(code: str) -> Any:
    """Said for all three kinds of letters that Word tells apart, because a language may use any of them."""
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(name), REGIONS.get(code, code))
    return language


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    _element(paragraph).append(field)


def _element(of: Paragraph | WordRun) -> Any:
    return of._element  # noqa: SLF001 - the library has no names for directions, languages and fields
