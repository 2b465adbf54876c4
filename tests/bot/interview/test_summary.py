import pytest

from tests.bot.interview.speaker import Speaker
from tests.contract.schemas import complaints

SECTIONS = [
    ("I wish for a quiet room", {"wish": "I wish"}, "wishes"),
    ("The corridors are mad", {"school.unstructured": "corridors", "angry": "mad"}, "worries"),
    ("I was so angry then", {"angry": "angry"}, "feelings"),
    ("My friend Jo waits for me", {"helps": "waits for me"}, "helps"),
    ("It was a day like that", {}, "own_words"),
]


@pytest.mark.parametrize(("words", "tags", "section"), SECTIONS)
def test_a_sentence_goes_where_its_codes_belong(started: Speaker, words: str, tags: dict, section: str) -> None:
    assert words in started.answers_until_asked("people").says(words, tags).told(section)


def test_unsafe_words_are_a_worry_whatever_was_asked(pupil: Speaker) -> None:
    pupil.says("I like drawing. I am not safe there.", {"helps": "drawing"}, {"physical_abuse": "not safe"})
    assert pupil.told("worries") == ["I am not safe there."]


def test_why_an_alert_was_made_stays_out_of_the_summary(pupil: Speaker) -> None:
    pupil.says("I am not safe there.", harm={"physical_abuse": "not safe"})
    assert [item["codes"] for item in pupil.progress.summary()["items"]] == [[]]


def test_an_answer_about_wishes_is_a_wish(started: Speaker) -> None:
    started.answers_until_asked("wishes").says("less noise in there", {"school.sensory": "noise"})
    assert "less noise in there" in started.told("wishes")


def test_words_beside_a_barrier_are_not_what_goes_well(started: Speaker) -> None:
    started.says("Maths is hard. I just sit there.", {"school.learning": "Maths is hard"})
    assert "I just sit there." in started.told("own_words")


def test_what_is_told_about_a_barrier_is_not_what_goes_well(started: Speaker) -> None:
    started.says("Maths is hard", {"school.learning": "Maths"}).says("everybody else is done before me")
    assert "everybody else is done before me" in started.told("own_words")


def test_what_helps_on_a_good_day_goes_well_even_beside_a_barrier(started: Speaker) -> None:
    started.says("Maths is hard. Jo sits with me.", {"school.learning": "Maths", "helps": "sits with me"})
    assert "Jo sits with me." in started.told("going_well")


def test_each_sentence_is_a_line_with_its_own_codes(started: Speaker) -> None:
    started.says("I was happy. The bus was late.", {"happy": "happy", "life.transport": "bus"})
    items = started.progress.summary()["items"][-2:]
    assert [item["codes"] for item in items] == [["happy"], ["life.transport"]]


def test_offsets_are_code_points(started: Speaker) -> None:
    started.says("😀😀 wow. Ja nie śpię.")
    assert started.told()[-2:] == ["😀😀 wow.", "Ja nie śpię."]


def test_the_guides_topics_are_all_there(pupil: Speaker) -> None:
    statuses = {entry["status"] for entry in pupil.progress.summary()["topics"]}
    assert statuses == {"not_reached"}
    assert len(pupil.progress.summary()["topics"]) == pupil.progress.state()["of"]


def test_what_was_left_out_everywhere_is_left_out(started: Speaker) -> None:
    started.says("we had a trip").picks("control:withdraw")
    assert started.status("good_day") == "left_out"


def test_what_was_never_asked_is_not_left_out(started: Speaker) -> None:
    started.says("My dad shouts at mum a lot", {"home.conflict": "shouts"}).answers_until_asked("feelings")
    started.picks("control:finish").picks("readback:leave_out", line=started.line("My dad shouts at mum a lot"))
    assert started.status("home") == "not_reached"


def test_the_summary_keeps_the_contract(started: Speaker) -> None:
    started.says("The corridors are mad", {"school.unstructured": "corridors"}).answers_everything()
    assert complaints("summary", started.progress.summary()) == []
