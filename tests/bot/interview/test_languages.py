from tests.bot.interview.speaker import Speaker


def test_asking_for_another_language_offers_them_by_their_own_names(started: Speaker) -> None:
    started.says("can I have it in Polish", control="language")
    labels = [(choice.code, choice.label.text, choice.label.context) for choice in started.question.choices]
    assert labels == [("language:en", "EN", None), ("language:pl", "PL", None), ("language:ar", "AR", None)]


def test_the_same_question_stands_in_the_language_chosen(started: Speaker) -> None:
    before = started.question
    started.picks("control:language").picks("language:ar")
    assert started.progress.language == "ar"
    assert started.question == before


def test_a_word_instead_of_a_language_is_no_answer(started: Speaker) -> None:
    before = started.question
    started.picks("control:language").says("oh never mind", seeing="utter_choose_language")
    assert started.question == before


def test_an_answer_instead_of_a_language_is_an_answer(started: Speaker) -> None:
    started.picks("control:language").says("we had a trip to the sea", seeing="utter_choose_language")
    assert started.is_asked("hard_day")


def test_a_language_heard_is_proposed_before_the_question(started: Speaker) -> None:
    started.says("to był dobry dzień w szkole", proposed="pl")
    assert started.heard == ["utter_thank_good_day", "utter_propose_language", "utter_ask_hard_day"]
    assert started.moves[1].choices[0].code == "language:pl"


def test_a_language_is_proposed_once(started: Speaker) -> None:
    started.says("to był dobry dzień w szkole", proposed="pl").says("nie wiem", proposed="pl")
    assert "utter_propose_language" not in started.heard


def test_a_language_that_is_not_offered_is_not_proposed(started: Speaker) -> None:
    assert "utter_propose_language" not in started.says("ceci et cela encore", proposed="fr").heard


def test_a_language_named_in_how_to_be_reached_is_part_of_the_answer(parent: Speaker) -> None:
    parent.answers_until_asked("contact").says("best by text after three, in Polish", control="language")
    assert "best by text after three, in Polish" in parent.told()
    assert parent.is_asked("carers")


def test_another_language_can_be_asked_for_there_too(parent: Speaker) -> None:
    parent.answers_until_asked("contact").says("Polish please", control="language")
    assert parent.asked == "utter_ask_contact"
    assert parent.question.response == "utter_choose_language"
