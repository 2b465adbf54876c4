import pytest
from interview.turns import Line

from tests.bot.interview.speaker import Speaker


@pytest.fixture
def reading(started: Speaker) -> Speaker:
    return started.says("We went to the pool. It was cold.").picks("control:finish")


def test_each_line_can_be_kept_or_left_out(reading: Speaker) -> None:
    assert set(reading.offered) >= {"readback:keep", "readback:leave_out", "readback:done"}


def test_who_may_read_a_line_is_the_speakers_to_say(reading: Speaker) -> None:
    reading.picks("readback:adult_only", line=reading.line("It was cold."))
    shown_to = {item["start"]: item["shown_to"] for item in reading.progress.summary()["items"][-2:]}
    assert sorted(shown_to.values()) == ["adult", "school"]
    assert reading.heard == ["utter_acknowledge_adult_only", "utter_read_back_pupil"]


def test_a_line_for_the_adult_alone_can_be_shared_again(reading: Speaker) -> None:
    line = reading.line("It was cold.")
    reading.picks("readback:adult_only", line=line).picks("readback:shared", line=line)
    assert {item["shown_to"] for item in reading.progress.summary()["items"]} == {"school"}


def test_a_changed_line_stays_with_those_who_could_read_it(reading: Speaker) -> None:
    line = reading.line("It was cold.")
    reading.picks("readback:adult_only", line=line).says("It was freezing.", instead_of=line)
    said = [item for item in reading.progress.summary()["items"] if item["status"] == "said"]
    assert said[-1]["shown_to"] == "adult"


def test_what_is_said_after_the_end_is_for_the_adult_alone(reading: Speaker) -> None:
    """It was never read back, so nobody agreed to show it."""
    reading.picks("readback:done").says("The noise hurts my ears.")
    assert reading.progress.summary()["items"][-1]["shown_to"] == "adult"


def test_before_the_lines_it_is_said_who_can_read_them(started: Speaker) -> None:
    started.says("We went to the pool.").picks("control:finish")
    assert started.heard == ["utter_explain_who_sees", "utter_read_back_pupil"]


def test_a_line_left_out_is_left_out_alone(reading: Speaker) -> None:
    reading.picks("readback:leave_out", line=reading.line("It was cold."))
    assert reading.told(status="left_out") == ["It was cold."]
    assert "We went to the pool." in reading.told()


def test_a_line_left_out_can_be_put_back(reading: Speaker) -> None:
    before = reading.told()
    line = reading.line("It was cold.")
    assert reading.picks("readback:leave_out", line=line).picks("readback:keep", line=line).told() == before


def test_a_line_kept_stays(reading: Speaker) -> None:
    before = reading.told()
    assert reading.picks("readback:keep", line=reading.line("It was cold.")).told() == before
    assert reading.state == "reading_back"


def test_changed_words_take_the_place_of_the_old_ones(reading: Speaker) -> None:
    reading.says("It was freezing.", instead_of=reading.line("It was cold."))
    assert reading.told(status="left_out") == ["It was cold."]
    assert "It was freezing." in reading.told()


def test_changed_words_keep_their_topic(reading: Speaker) -> None:
    reading.says("It was freezing.", instead_of=reading.line("It was cold."))
    assert reading.progress.summary()["items"][-1]["topic"] == "good_day"


def test_changed_words_stay_in_their_section(started: Speaker) -> None:
    started.says("Maths is hard", {"school.learning": "Maths"}).picks("control:finish")
    started.says("It is hard for me", instead_of=started.line("Maths is hard"))
    assert started.told("worries") == ["It is hard for me"]


def test_changed_words_that_sound_like_a_control_are_words(reading: Speaker) -> None:
    reading.says("stop", control="pause", instead_of=reading.line("It was cold."))
    assert "stop" in reading.told()
    assert reading.state == "reading_back"


def test_changed_words_are_screened(reading: Speaker) -> None:
    words = "It hurt where he hit me."
    reading.says(words, harm={"physical_abuse": "hit me"}, instead_of=reading.line("It was cold."))
    assert reading.state == "alerted"
    assert reading.told(status="left_out") == ["It was cold."]


def test_more_words_become_another_line(reading: Speaker) -> None:
    assert "And my friend came with us" in reading.says("And my friend came with us").told()
    assert reading.state == "reading_back"


def test_a_nod_is_not_a_line(reading: Speaker) -> None:
    before = reading.told()
    assert reading.says("yes thats right").told() == before


def test_a_line_that_does_not_exist_changes_nothing(reading: Speaker) -> None:
    before = reading.told()
    reading.picks("readback:leave_out", line=Line("turn-9", 3, 7))
    assert reading.told() == before
    assert reading.heard == ["utter_read_back_pupil"]


def test_done_closes(reading: Speaker) -> None:
    assert reading.picks("readback:done").state == "finished"
    assert not reading.is_asked_anything()


def test_done_before_the_read_back_does_not_close(started: Speaker) -> None:
    assert started.picks("readback:done").state == "asking"


def test_words_after_the_end_are_kept(reading: Speaker) -> None:
    reading.picks("readback:done").says("one more thing I forgot")
    assert "one more thing I forgot" in reading.told()
    assert reading.state == "finished"
