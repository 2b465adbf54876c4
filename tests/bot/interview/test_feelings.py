from tests.bot.interview.speaker import Speaker


def items(speaker: Speaker) -> list[dict]:
    return speaker.progress.summary()["items"]


def test_several_faces_can_be_picked(started: Speaker) -> None:
    started.answers_until_asked("feelings")
    assert started.question.multiple
    assert "feeling:overwhelmed" in started.offered


def test_what_was_picked_is_followed_by_an_open_invitation(started: Speaker) -> None:
    started.answers_until_asked("feelings").picks("feeling:sad", "feeling:tired")
    assert started.asked == "utter_ask_about_picked"
    assert started.is_asked("feelings")


def test_picked_faces_are_kept_without_words(started: Speaker) -> None:
    started.answers_until_asked("feelings").picks("feeling:sad", "feeling:tired", "feeling:sad")
    picked = items(started)[-1]
    assert (picked["codes"], picked["start"], picked["end"]) == (["sad", "tired"], 0, 0)
    assert picked["turn"] == started.newest


def test_faces_for_a_hard_day_belong_to_the_hard_day(started: Speaker) -> None:
    started.answers_until_asked("hard_day").picks("control:dont_know").picks("feeling:scared")
    assert items(started)[-1]["topic"] == "hard_day"
    assert started.is_asked("hard_day")


def test_words_instead_of_faces_are_an_answer(started: Speaker) -> None:
    assert started.answers_until_asked("feelings").says("mostly I feel nothing at all").is_asked("wishes")


def test_a_button_goes_before_the_faces_picked_beside_it(started: Speaker) -> None:
    assert started.answers_until_asked("feelings").picks("feeling:sad", "control:skip").is_asked("wishes")
    assert started.status("feelings") == "skipped"


def test_faces_that_were_not_asked_for_are_kept_and_the_question_stands(started: Speaker) -> None:
    before = started.question
    assert started.picks("feeling:sad").question == before
    assert items(started)[-1]["codes"] == ["sad"]
