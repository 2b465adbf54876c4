from dataclasses import replace

from api.models import now
from api.pages.staff.summary_sheet import sheet_of
from api.services.review.summaries import Group, Item, Section, SummaryView, TopicLine
from api.services.talk.questions import Picked, ShownView

QUESTION = ShownView(7, "t0", "utter_ask", "question", None, "Tell me.", "en", "ltr", [], False, None)
CODES = ["school.rules", "wish", "neglect"]
SAID = Item("hard_day", CODES, "t1", 0, 4, "Rule", "pl", "ltr", [], QUESTION, now(), False)
FACES = replace(SAID, codes=["sad"], start=0, end=0, quote="", picked=[Picked("feeling:sad", "Smutno", "pl")])
KINDS = {"school.rules": "factors", "sad": "feelings", "wish": "voice", "neglect": "safeguarding"}
SKIPPED, REACHED = TopicLine("home", "skipped"), TopicLine("people", "said")


def view(*items: Item) -> SummaryView:
    return SummaryView([Section("feelings", [Group(None, list(items))])], [SKIPPED, REACHED], 0, "t1", now())


def test_a_face_is_not_marked_with_its_own_name() -> None:
    (line,) = sheet_of(view(FACES), KINDS).parts[0].groups[0].lines

    assert line.marks == []


def test_marks_neither_repeat_the_section_nor_interpret_what_is_unsafe() -> None:
    (line,) = sheet_of(view(SAID), KINDS).parts[0].groups[0].lines

    assert line.marks == ["school.rules"]


def test_a_question_stands_once_above_its_answers() -> None:
    other = replace(SAID, asked=replace(QUESTION, id=8))
    lines = sheet_of(view(SAID, SAID, other), KINDS).parts[0].groups[0].lines

    assert [line.asks_anew for line in lines] == [True, False, True]


def test_a_line_of_no_domain_never_stands_below_the_heading_of_one() -> None:
    groups = [Group("school", [SAID]), Group("home", [SAID]), Group(None, [SAID])]
    (part,) = sheet_of(replace(view(), sections=[Section("worries", groups)]), KINDS).parts

    assert [group.domain for group in part.groups] == [None, "school", "home"]


def test_topics_stand_by_what_became_of_them_what_was_said_first() -> None:
    assert sheet_of(view(SAID), KINDS).topics == [("said", ["people"]), ("skipped", ["home"])]
