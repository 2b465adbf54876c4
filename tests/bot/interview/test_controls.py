import pytest

from tests.bot.interview.speaker import Speaker

STANDS_AGAIN = ["repeat", "explain", "privacy", "person"]


@pytest.mark.parametrize("control", STANDS_AGAIN)
def test_a_question_back_is_answered_and_the_same_question_stands(started: Speaker, control: str) -> None:
    before = started.question
    assert started.says("say what", control=control).question == before


@pytest.mark.parametrize("control", STANDS_AGAIN)
def test_a_question_back_is_never_the_answer(started: Speaker, control: str) -> None:
    started.says("what is that about", control=control)
    assert started.status("good_day") == "not_reached"
    assert started.told() == ["I like drawing dragons a lot"]


@pytest.mark.parametrize("control", ["skip", "dont_know", "pause", *STANDS_AGAIN, "language", "withdraw"])
def test_each_control_can_be_said_or_picked(guides, control: str) -> None:
    said, picked = (Speaker(guides["pupil"]).opens() for _ in range(2))
    assert said.says("x", control=control).heard == picked.picks(f"control:{control}").heard


def test_an_explanation_belongs_to_the_question(started: Speaker) -> None:
    assert started.says("what do you mean", control="explain").heard[0] == "utter_explain_good_day"


def test_skipping_moves_on(started: Speaker) -> None:
    assert started.says("skip", control="skip").is_asked("hard_day")
    assert started.status("good_day") == "skipped"


def test_refusing_is_kept_apart_from_skipping(started: Speaker) -> None:
    started.says("don't want to talk about that", control="skip", refusal=True)
    assert started.status("good_day") == "refused"


def test_skipping_a_follow_up_keeps_what_was_told(started: Speaker) -> None:
    started.says("The corridors are mad", {"school.unstructured": "corridors"}).picks("control:skip")
    assert started.is_asked("hard_day")
    assert started.status("good_day") == "said"


def test_not_knowing_is_offered_another_form_once(started: Speaker) -> None:
    started.says("dunno", control="dont_know")
    assert started.asked == "utter_other_good_day"
    assert started.says("dunno", control="dont_know").is_asked("hard_day")
    assert started.status("good_day") == "dont_know"


def test_not_knowing_that_tells_something_is_an_answer(started: Speaker) -> None:
    started.says("dunno, maybe the noise", {"school.sensory": "noise"}, control="dont_know")
    assert started.is_quoted() == "dunno, maybe the noise"


def test_a_refusal_that_names_something_keeps_the_words(started: Speaker) -> None:
    started.says("not maths, it hurts my head", {"school.lesson": "maths"}, control="skip")
    assert started.told("worries") == ["not maths, it hurts my head"]
    assert started.is_asked("hard_day")


def test_a_pause_offers_to_go_on_or_to_finish(started: Speaker) -> None:
    started.says("I need a break", control="pause")
    assert started.state == "paused"
    assert started.offered == ["control:resume", "control:finish"]
    assert started.asked == "utter_ask_good_day"


@pytest.mark.parametrize("back", [("picks", "control:resume"), ("says", "hello I am back")])
def test_after_a_pause_the_same_question_comes_back(started: Speaker, back: tuple[str, str]) -> None:
    before = started.question
    started.picks("control:pause")
    how, what = back
    getattr(started, how)(what)
    assert started.question == before
    assert started.state == "asking"


def test_opening_again_does_not_end_a_pause(started: Speaker) -> None:
    assert started.picks("control:pause").opens().state == "paused"


def test_asking_for_a_person_is_noted_for_good(started: Speaker) -> None:
    started.says("can I talk to Miss Okafor", control="person").says("it was a trip to the sea")
    assert started.progress.state()["wants_person"] is True


def test_withdrawing_leaves_the_last_answer_out(started: Speaker) -> None:
    before = started.says("we went to the big pool").question
    started.says("delete that", control="withdraw")
    assert started.told(status="left_out") == ["we went to the big pool"]
    assert started.status("good_day") == "left_out"
    assert started.question == before


def test_a_question_about_withdrawn_words_does_not_stand(started: Speaker) -> None:
    started.says("The corridors are mad", {"school.unstructured": "corridors"})
    assert started.says("take that back", control="withdraw").is_asked("hard_day")


def test_withdrawing_again_takes_the_answer_before(started: Speaker) -> None:
    started.says("we went to the big pool").picks("control:withdraw").picks("control:withdraw")
    assert started.told() == []


def test_with_nothing_said_there_is_nothing_to_withdraw(pupil: Speaker) -> None:
    assert pupil.picks("control:withdraw").heard[0] == "utter_nothing_to_withdraw"


def test_finishing_leads_to_the_read_back(started: Speaker) -> None:
    assert started.picks("control:finish").state == "reading_back"


def test_finishing_with_nothing_said_closes(pupil: Speaker) -> None:
    assert pupil.picks("control:finish").state == "finished"
    assert not pupil.is_asked_anything()


@pytest.mark.parametrize("control", ["pause", "repeat", "finish", "resume", "skip", "dont_know", "language", "explain"])
def test_after_the_end_nothing_is_asked(pupil: Speaker, control: str) -> None:
    pupil.picks("control:finish").picks(f"control:{control}")
    assert pupil.state == "finished"


def test_an_unknown_choice_changes_nothing(started: Speaker) -> None:
    before = started.question
    for choice in ("control:restart", "topic:nowhere", "feeling:nothing", "language:xx", "readback:x", "nonsense", ""):
        assert started.picks(choice).question == before
