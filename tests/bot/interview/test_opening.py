from interview.moves import NOTICE, QUESTION

from tests.bot.interview.speaker import Speaker


def test_it_says_what_it_is_before_it_asks(pupil: Speaker) -> None:
    assert [move.kind for move in pupil.moves] == [NOTICE] * 4 + [QUESTION]


def test_it_warms_up_with_something_good(pupil: Speaker) -> None:
    assert pupil.is_asked("warm_up")


def test_a_parent_is_first_asked_how_things_are(parent: Speaker) -> None:
    assert parent.is_asked("how_things_are")


def test_who_comes_back_finds_the_same_question_without_the_opening(pupil: Speaker) -> None:
    before = pupil.question
    pupil.opens()
    assert pupil.heard[0] == "utter_welcome_back"
    assert pupil.moves[1:] == (before,)


def test_words_before_the_opening_are_kept_and_the_opening_follows(guides) -> None:
    early = Speaker(guides["pupil"]).says("I like drawing dragons")
    assert early.told() == ["I like drawing dragons"]
    assert early.is_asked("warm_up")


def test_the_pupil_chooses_what_to_begin_with(pupil: Speaker) -> None:
    pupil.says("I like drawing dragons a lot")
    assert "topic:lessons" in pupil.offered
    assert pupil.picks("topic:lessons").is_asked("lessons")


def test_after_the_chosen_topic_the_plan_goes_on(pupil: Speaker) -> None:
    pupil.says("I like drawing dragons a lot").picks("topic:lessons").says("they are mostly okay I guess")
    assert pupil.is_asked("good_day")


def test_you_choose_for_me_takes_the_plan(started: Speaker) -> None:
    assert started.is_asked("good_day")


def test_who_names_a_barrier_instead_of_choosing_has_begun(pupil: Speaker) -> None:
    pupil.says("I like drawing dragons a lot").says("I hate the noise in maths", {"school.lesson": "maths"})
    assert pupil.is_asked("lessons")
    assert pupil.is_quoted() == "I hate the noise in maths"


def test_a_word_or_two_instead_of_choosing_is_no_answer(pupil: Speaker) -> None:
    pupil.says("I like drawing dragons a lot").says("ok then")
    assert pupil.is_asked("good_day")
    assert pupil.told() == ["I like drawing dragons a lot"]


def test_a_topic_that_was_told_is_not_offered(pupil: Speaker) -> None:
    pupil.says("My bus never comes on time", {"life.transport": "bus"}).says("it is just late every day")
    assert "topic:people" in pupil.offered
    assert "topic:mornings" not in pupil.offered
