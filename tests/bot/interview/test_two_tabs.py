from tests.bot.interview.speaker import Speaker


def test_an_answer_to_an_older_question_belongs_to_it(started: Speaker) -> None:
    before = started.question
    started.says("I also like the sea", seeing="utter_ask_warm_up")
    assert started.progress.summary()["items"][-1]["topic"] == "warm_up"
    assert started.question == before


def test_an_older_question_does_not_skip_the_one_that_stands(started: Speaker) -> None:
    started.picks("control:skip", seeing="utter_ask_warm_up")
    assert started.is_asked("good_day")
    assert started.status("good_day") == "not_reached"


def test_an_answer_to_a_skipped_question_makes_it_said(started: Speaker) -> None:
    started.picks("control:skip").says("it was that trip", seeing="utter_ask_good_day")
    assert started.status("good_day") == "said"
    assert started.is_asked("hard_day")


def test_a_topic_chosen_late_comes_next(started: Speaker) -> None:
    started.picks("topic:home", seeing="utter_choose_start")
    assert started.is_asked("good_day")
    assert started.says("we had a trip to the sea").is_asked("home")


def test_an_older_question_is_explained_as_itself(started: Speaker) -> None:
    assert started.picks("control:explain", seeing="utter_ask_warm_up").heard[0] == "utter_explain_warm_up"


def test_the_same_turn_counts_once(started: Speaker) -> None:
    once = started.says("we had a trip to the sea").progress
    again = once.after(started.turns[-1])
    assert (again.moves, again.summary(), again.state()) == (once.moves, once.summary(), once.state())
