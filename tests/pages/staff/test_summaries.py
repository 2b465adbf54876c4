"""Practice 34 to 36: every line is the speaker's own words and leads to its message."""

from tests.pages.staff.drivers import AtDesk, OnTablet, Started
from tests.pages.staff.markup import Element

SAID = ("The noise.", "Everybody pushes in the corridor. I wait.", "I ❤️ art")


def lines(adult: AtDesk, started: Started) -> list[Element]:
    return adult.sees(f"/staff/conversations/{started.conversation}/summary").find("li", class_="line")


def test_every_line_is_a_part_of_what_was_said_in_its_message(
    adult: AtDesk, started: Started, tablet: OnTablet
) -> None:
    said = {tablet.says(words): words for words in SAID}

    page = adult.sees(f"/staff/conversations/{started.conversation}/summary")

    turns = [line["data-turn"] for line in page.find("li", class_="line")]
    quotes = [quote.text for quote in page.find("blockquote")]
    assert len(quotes) == len(SAID)
    assert all(quote in said[turn] for quote, turn in zip(quotes, turns, strict=True))


def test_every_line_links_to_its_message(adult: AtDesk, started: Started, tablet: OnTablet) -> None:
    turns = {tablet.says(words) for words in SAID}
    conversation = f"/staff/conversations/{started.conversation}"
    links = [link for link in adult.sees(f"{conversation}/summary").links() if "#turn-" in link]

    anchors = {step["id"] for step in adult.sees(conversation).find("li") if "id" in step.attributes}

    assert {link.split("#")[1] for link in links} == {f"turn-{turn}" for turn in turns} <= anchors


def test_every_line_stands_under_the_question_that_was_shown(adult: AtDesk, started: Started, tablet: OnTablet) -> None:
    tablet.says(SAID[0])
    tablet.says(SAID[1])

    first, second = lines(adult, started)
    assert "Tell me about 1." in first.text
    assert "Tell me about 2." in second.text


def test_a_line_that_was_left_out_is_counted_but_not_shown(adult: AtDesk, started: Started, tablet: OnTablet) -> None:
    turn = tablet.says(SAID[0])
    assert len(lines(adult, started)) == 1

    tablet.leaves_out(turn, SAID[0])

    assert lines(adult, started) == []
    assert SAID[0] not in adult.asks(f"/staff/conversations/{started.conversation}").text


def test_picked_faces_are_no_quotation(adult: AtDesk, started: Started, tablet: OnTablet) -> None:
    turn = tablet.picks("feeling:sad")

    page = adult.sees(f"/staff/conversations/{started.conversation}/summary")

    assert page.one("li", class_="line")["data-turn"] == turn
    assert (page.one("span", class_="pick").text, page.find("blockquote")) == ("Sad", [])


def test_every_topic_has_its_status(adult: AtDesk, started: Started, tablet: OnTablet) -> None:
    summary = f"/staff/conversations/{started.conversation}/summary"
    assert adult.sees(summary).find("div", data_status="not_reached")

    tablet.says(SAID[0])

    assert adult.sees(summary).find("div", data_status="said")


def test_before_anything_was_said_there_is_nothing_to_read(adult: AtDesk, started: Started) -> None:
    page = adult.sees(f"/staff/conversations/{started.conversation}/summary")

    assert page.find("blockquote") == []
    assert not [form for form in page.find("form") if form["action"].endswith("/read")]
