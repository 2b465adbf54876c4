"""Everything that stands on the summary page beside the words: what is new, verdicts, notes, gists, expectations."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from api import access
from api.access import Opened
from api.models import Review
from api.pages.staff.desk import Desk, Named
from api.pages.staff.summary_sheet import Sheet, sheet_of
from api.services.catalog import Taxonomy
from api.services.review import expectations, reviewing, summaries, tag_reviews, translating
from api.services.review.expectations import Compared
from api.services.review.gists import gists
from api.services.review.inbox import needs_interpreter
from api.services.review.reviewing import NoteView
from api.services.review.summaries import Item
from api.services.review.tag_reviews import Place, VerdictView

Naming = Callable[[str], str]
CONTEXTS = {"factors": "factor", "feelings": "feeling"}


@dataclass(frozen=True)
class Beside:
    sheet: Sheet
    newest: int | None  # ordinal of the newest turn on the page
    since: int | None  # ordinal up to which the reader had seen the words; None: never opened before
    new_turns: Collection[str]
    verdicts: Mapping[Place, Sequence[VerdictView]]
    notes: Sequence[NoteView]
    review: Review | None
    interpreter_needed: bool
    expected: Sequence[Compared]
    may_assign: bool
    may_translate: bool  # as far as the words are concerned; whether there is a machine is a setting
    gists: Callable[[Item, str], Sequence[str]]  # of a line under the heading of a section
    factor: Naming
    domain: Naming
    mark: Naming  # of a factor or a feeling
    marks_to_choose: Sequence[tuple[str, Sequence[Named]]]  # by domain, then the feelings


def beside_words(desk: Desk, opened: Opened, taxonomy: Taxonomy, since: int | None) -> Beside:
    session = desk.session
    newest = access.newest_ordinal_in(session, opened)  # first: a turn that comes meanwhile is not on the page
    view = summaries.view(session, opened, taxonomy)
    review = access.review_of(session, opened) if opened.whole else None
    return Beside(
        sheet_of(view, taxonomy.kinds),
        newest,
        since,
        () if since is None else {turn.id for turn in access.turns_in(session, opened, since)},
        tag_reviews.verdicts(session, opened),
        reviewing.notes(session, opened),
        review,
        needs_interpreter(review),
        expectations.compared(session, desk.staff, opened, view, taxonomy),
        opened.whole and reviewing.may_assign(session, desk.staff, opened),
        translating.may_translate(session, opened, taxonomy),
        _gists_for(desk, taxonomy),
        *_names_of(desk, taxonomy),
        marks_to_choose(desk, taxonomy, ("factors", "feelings")),
    )


def marks_to_choose(desk: Desk, taxonomy: Taxonomy, kinds: Collection[str]) -> list[tuple[str, list[Named]]]:
    """Under the headings that they stand below in a list; feelings have none of their own."""
    speak = desk.translator.pgettext
    groups: dict[str, list[Named]] = {}
    for code, kind in taxonomy.kinds.items():
        if kind in kinds:
            heading = speak("domain", taxonomy.labels[code.split(".")[0]]) if kind == "factors" else ""
            groups.setdefault(heading, []).append(Named(code, speak(CONTEXTS[kind], taxonomy.labels[code])))
    return list(groups.items())


def name_of_mark(desk: Desk, taxonomy: Taxonomy) -> Naming:
    return lambda code: desk.translator.pgettext(CONTEXTS[taxonomy.kinds[code]], taxonomy.labels[code])


def _names_of(desk: Desk, taxonomy: Taxonomy) -> tuple[Naming, Naming, Naming]:
    speak = desk.translator.pgettext
    return (
        lambda code: speak("factor", taxonomy.labels[code]),
        lambda code: speak("domain", taxonomy.labels[code]),
        name_of_mark(desk, taxonomy),
    )


def _gists_for(desk: Desk, taxonomy: Taxonomy) -> Callable[[Item, str], Sequence[str]]:
    reads = desk.translator.language.code
    return lambda item, section: [
        desk.translator.pgettext("gist", source) for source in gists(item, section, reads, taxonomy)
    ]
