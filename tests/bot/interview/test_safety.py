import pytest

from tests.bot.interview.speaker import Speaker

DISCLOSURE = ("He hit me at home.", {}, {"physical_abuse": "hit me"})
SAFE = ["control:person", "control:pause", "control:finish"]


@pytest.fixture
def alerted(started: Speaker) -> Speaker:
    return started.says(*DISCLOSURE)


def test_an_alert_carries_codes_and_spans(alerted: Speaker) -> None:
    span = {"code": "physical_abuse", "start": 3, "end": 9, "confidence": 1.0}
    assert alerted.progress.alert == {"codes": ["physical_abuse"], "spans": [span]}


def test_the_interview_stops_at_once(alerted: Speaker) -> None:
    assert alerted.state == "alerted"
    assert alerted.asked is None
    assert not alerted.is_asked_anything()


def test_it_thanks_says_who_is_told_and_shows_human_help(alerted: Speaker) -> None:
    assert alerted.heard == ["utter_alert_thank_pupil", "utter_alert_told_pupil", "utter_alert_help_pupil"]


def test_a_person_a_rest_or_an_end_are_all_that_is_offered(alerted: Speaker) -> None:
    assert alerted.offered == SAFE


@pytest.mark.parametrize("control", ["repeat", "resume", "skip", "explain", "finish", "pause", "language", "privacy"])
def test_nothing_brings_the_questions_back(alerted: Speaker, control: str) -> None:
    alerted.picks(f"control:{control}").says("can we go on", control="repeat").opens()
    assert alerted.state == "alerted"
    assert not alerted.is_asked_anything()


def test_later_words_are_kept_and_answered_shortly(alerted: Speaker) -> None:
    alerted.says("and it was raining too")
    assert alerted.heard == ["utter_alert_kept_pupil"]
    assert "and it was raining too" in alerted.told()
    assert alerted.progress.alert is None


def test_later_words_are_screened(alerted: Speaker) -> None:
    alerted.says("there is no food here", harm={"neglect": "no food"})
    assert alerted.progress.alert is not None
    assert alerted.progress.alert["codes"] == ["neglect"]


def test_asking_for_a_person_is_heard(alerted: Speaker) -> None:
    assert alerted.picks("control:person").progress.state()["wants_person"] is True


def test_withdrawing_does_not_undo_an_alert(alerted: Speaker) -> None:
    alerted.says("forget it", control="withdraw")
    assert alerted.told(status="left_out") == ["He hit me at home."]
    assert alerted.state == "alerted"


@pytest.mark.parametrize("moment", ["control:pause", "control:finish", "control:language"])
def test_the_screen_comes_first_at_any_moment(started: Speaker, moment: str) -> None:
    assert started.picks(moment).says(*DISCLOSURE).state == "alerted"


def test_the_screen_comes_before_the_opening(guides) -> None:
    assert Speaker(guides["pupil"]).says(*DISCLOSURE).state == "alerted"


def test_the_screen_comes_before_a_control(started: Speaker) -> None:
    words, tags, harm = DISCLOSURE
    assert started.says(words, tags, harm, control="skip").state == "alerted"
    assert started.told()[-1] == words


def test_a_parent_may_be_the_one_at_risk(parent: Speaker) -> None:
    parent.says("I cannot go on any more", harm={"adult_at_risk": "cannot go on"})
    assert parent.heard[-1] == "utter_alert_help_parent"


def test_help_is_shown_again_in_the_language_chosen_then(alerted: Speaker) -> None:
    alerted.picks("language:pl")
    assert alerted.progress.language == "pl"
    assert alerted.heard == ["utter_alert_help_pupil"]
