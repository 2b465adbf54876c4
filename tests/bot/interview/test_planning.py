from tests.bot.interview.speaker import Speaker

ALL_TOPICS = {
    "good_day", "hard_day", "cards", "people", "lessons", "breaks", "mornings", "home", "feelings", "wishes", "helps",
    "adult", "first_step",
}  # fmt: skip
CORRIDORS = ("The corridors are mad. I go in late.", {"school.unstructured": "corridors"})


def topics_asked(speaker: Speaker) -> list[str]:
    topics: list[str] = []
    while speaker.state == "asking":
        topics.append(speaker.question.topic or "")
        speaker.says("it was fine with us that day")
    return topics


def test_every_topic_is_asked_once(started: Speaker) -> None:
    topics = topics_asked(started)
    assert set(topics) == ALL_TOPICS
    assert len(topics) == len(set(topics))


def test_when_the_plan_is_covered_it_is_read_back(started: Speaker) -> None:
    assert started.answers_everything().state == "reading_back"


def test_what_was_told_elsewhere_is_not_asked(started: Speaker) -> None:
    started.says("My dad shouts at mum a lot", {"home.conflict": "shouts"})
    assert "home" not in topics_asked(started)
    assert started.status("home") == "said"


def test_wishes_are_asked_even_of_who_made_a_wish(started: Speaker) -> None:
    started.says("I wish it was quiet there", {"wish": "I wish"})
    assert "wishes" in topics_asked(started)


def test_a_word_or_two_is_not_thanked_for_as_a_story(started: Speaker) -> None:
    assert started.says("it was ok").heard[0] == "utter_acknowledge_words"


def test_a_barrier_is_followed_up_in_the_speakers_words(started: Speaker) -> None:
    started.says(*CORRIDORS)
    assert started.asked == "utter_follow_up"
    assert started.is_quoted() == "The corridors are mad."


def test_a_barrier_is_followed_up_once(started: Speaker) -> None:
    started.says(*CORRIDORS).says("The corridors are so loud", {"school.unstructured": "corridors"})
    assert started.is_asked("hard_day")


def test_a_topic_is_followed_up_twice_at_most(started: Speaker) -> None:
    started.says(*CORRIDORS).says("Maths is too hard", {"school.learning": "hard"})
    assert started.is_quoted() == "Maths is too hard"
    assert started.says("And the bus is late", {"life.transport": "bus"}).is_asked("hard_day")


def test_one_quotation_takes_up_all_that_it_names(started: Speaker) -> None:
    started.says("The corridors and the bus are loud", {"school.unstructured": "corridors", "life.transport": "bus"})
    assert started.says("it is like that every day").is_asked("hard_day")


def test_of_a_long_sentence_only_the_words_that_matter_are_quoted(started: Speaker) -> None:
    started.says("so " + "and then " * 20 + "the corridors are mad", {"school.unstructured": "the corridors are mad"})
    assert started.is_quoted() == "the corridors are mad"


def test_a_long_answer_is_followed_up_where_the_feeling_is(started: Speaker) -> None:
    started.says("we went " + "on and on " * 10 + ". I was so proud of it.", {"proud": "proud"})
    assert started.is_quoted() == "I was so proud of it."


def test_a_short_answer_with_a_feeling_is_left_as_it_is(started: Speaker) -> None:
    assert started.says("I was so proud of it.", {"proud": "proud"}).is_asked("hard_day")


def test_an_answer_is_acknowledged_before_the_next_question(started: Speaker) -> None:
    started.says("we had a trip to the sea")
    assert started.heard == ["utter_thank_good_day", "utter_ask_hard_day"]


def test_a_feeling_is_acknowledged_in_the_speakers_words(started: Speaker) -> None:
    started.says("We had a trip. I was so happy.", {"happy": "happy"})
    acknowledged = started.moves[0]
    assert acknowledged.response == "utter_acknowledge_feeling"
    assert acknowledged.quote == started.line("I was so happy.")


def test_the_same_acknowledgement_takes_another_wording(started: Speaker) -> None:
    first = started.says("I was happy then you know", {"happy": "happy"}).moves[0]
    second = started.says("I was happy then you know", {"happy": "happy"}).moves[0]
    assert (first.variation, second.variation) == (0, 1)


def test_silence_settles_a_topic_without_pressing(started: Speaker) -> None:
    assert started.says("").is_asked("hard_day")
    assert started.heard[0] == "utter_acknowledge_skip"
    assert started.status("good_day") == "skipped"


def test_a_doubtful_tag_is_not_followed_up(started: Speaker) -> None:
    started.says("I like drawing dragons", {"self.mood": "drawing"}, confidence=0.3)
    assert started.is_asked("hard_day")


def test_a_doubtful_tag_does_not_close_a_topic(started: Speaker) -> None:
    started.says("We went to the park", {"home.conflict": "went"}, confidence=0.3)
    assert "home" in topics_asked(started)
