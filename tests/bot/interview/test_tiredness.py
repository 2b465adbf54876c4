from tests.bot.interview.speaker import Speaker


def tire(speaker: Speaker) -> Speaker:
    for _ in range(3):
        speaker.says("fine")
    return speaker


def test_three_tired_answers_bring_an_offer_to_stop(started: Speaker) -> None:
    assert tire(started).asked == "utter_offer_stop"
    assert started.offered == ["control:resume", "control:pause", "control:finish"]


def test_not_knowing_is_tired_too(started: Speaker) -> None:
    for _ in range(3):
        started.says("dunno", control="dont_know")
    assert started.asked == "utter_offer_stop"


def test_a_lively_answer_starts_the_count_again(started: Speaker) -> None:
    started.says("fine").says("fine").says("we had a trip to the sea").says("fine")
    assert started.asked != "utter_offer_stop"


def test_a_short_answer_that_tells_something_is_not_tired(started: Speaker) -> None:
    for code, words in (("sad", "sad"), ("angry", "mad"), ("bored", "bored")):
        started.says(words, {code: words})
    assert started.asked != "utter_offer_stop"


def test_carrying_on_asks_the_next_question(started: Speaker) -> None:
    assert tire(started).picks("control:resume").is_asked("people")


def test_going_on_talking_carries_on(started: Speaker) -> None:
    assert tire(started).says("no go on").is_asked("people")


def test_it_is_offered_once(started: Speaker) -> None:
    tire(started).picks("control:resume")
    assert tire(started).asked != "utter_offer_stop"


def test_stopping_reads_back(started: Speaker) -> None:
    assert tire(started).picks("control:finish").state == "reading_back"


def test_somebody_of_few_words_is_offered_pictures(pupil: Speaker) -> None:
    assert "control:pictures" in tire(pupil.picks("control:skip").picks("topic:people")).offered
    assert pupil.picks("control:pictures").asked == "utter_ask_cards"


def test_pictures_are_not_offered_twice(pupil: Speaker) -> None:
    pupil.picks("control:skip").picks("topic:cards").picks("card:noise.good").says("it is calm there in the morning")
    assert "control:pictures" not in tire(pupil).offered


def test_a_parent_is_offered_no_pictures(parent: Speaker) -> None:
    assert "control:pictures" not in tire(parent).offered
