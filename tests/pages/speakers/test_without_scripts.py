"""Every action is a plain form: POST, 303, GET."""

import httpx
import pytest

from tests.pages.speakers.conftest import Ask
from tests.pages.speakers.forms import look, read, say, send
from tests.pages.speakers.staged_bot import StagedBot


def test_a_wrong_number_opens_nothing(client: httpx.Client) -> None:
    answer = client.post("/pupil/code", data={"code": "000000"})

    assert answer.status_code == 403
    assert "code-error" in read(answer).ids
    assert "tablet" not in client.cookies


def test_nothing_is_asked_before_the_pupil_starts(tablet: httpx.Client, bot: StagedBot) -> None:
    page = look(tablet)

    assert [form.action for form in page.forms if form.action.endswith("/open")] == ["/pupil/talk/open"]
    assert bot.heard == []


def test_starting_brings_one_question(tablet: httpx.Client) -> None:
    answer = tablet.post("/pupil/talk/open")

    assert (answer.status_code, answer.headers["location"]) == (303, "/pupil/talk")
    assert look(tablet).responses == ["utter_hello", "utter_ask_1"]


def test_words_are_sent_and_the_next_question_stands(talking: httpx.Client) -> None:
    answer = say(talking, "It was loud")

    assert (answer.status_code, answer.headers["location"]) == (303, "/pupil/talk")
    assert look(talking).responses == ["utter_thank", "utter_ask_2"]


def test_the_same_form_sent_twice_counts_once(talking: httpx.Client, bot: StagedBot) -> None:
    form = look(talking).form("/turn")
    for _ in range(2):
        talking.post(form.action, data={**form.fields, "text": "It was loud"})

    assert [turn["text"] for turn in bot.talks.popitem()[1].turns] == ["", "It was loud"]


def test_each_page_makes_a_turn_id_of_its_own(talking: httpx.Client) -> None:
    ids = [form.fields["turn"] for _ in range(2) for form in look(talking).forms if "turn" in form.fields]

    assert len(ids) == len(set(ids))


def test_the_question_on_the_screen_is_sent_along(talking: httpx.Client, bot: StagedBot) -> None:
    say(talking, "It was loud")

    assert bot.heard[-1]["asked"] == "utter_ask_1"


@pytest.mark.parametrize(("words", "status"), [("", 422), ("  \n ", 422), ("a" * 8001, 422)])
def test_words_that_were_refused_stay_in_the_box(talking: httpx.Client, words: str, status: int) -> None:
    answer = say(talking, words)
    page = read(answer)

    assert answer.status_code == status
    assert page.boxes["text"].strip() == words.strip()
    assert "error" in page.ids


def test_an_old_form_with_other_words_is_not_lost(talking: httpx.Client) -> None:
    form = look(talking).form("/turn")
    talking.post(form.action, data={**form.fields, "text": "first"})
    answer = talking.post(form.action, data={**form.fields, "text": "second"})

    assert answer.status_code == 409
    assert read(answer).boxes["text"] == "second"


def test_words_in_the_box_outlive_a_button(talking: httpx.Client) -> None:
    answer = send(talking, text="half a sentence", choices="control:explain")

    assert read(answer).boxes["text"] == "half a sentence"


def test_markup_stays_words(talking: httpx.Client) -> None:
    say(talking, "<script>alert(1)</script></textarea>")

    assert "<script>alert" not in talking.get("/pupil/talk").text


def test_several_faces_are_one_turn(talking: httpx.Client, bot: StagedBot) -> None:
    bot.stage = "faces"
    say(talking, "loud")
    send(talking, choices=["feeling:sad", "feeling:tired"])

    assert bot.heard[-1]["choices"] == ["feeling:sad", "feeling:tired"]


def test_no_face_at_all_is_told_and_kept(talking: httpx.Client, bot: StagedBot) -> None:
    bot.stage = "faces"
    say(talking, "loud")

    assert "error" in read(send(talking)).ids


@pytest.mark.parametrize("code", ["skip", "dont_know", "person", "pause", "explain", "repeat", "privacy", "withdraw"])
def test_every_way_out_is_on_the_screen(talking: httpx.Client, code: str) -> None:
    assert f"control:{code}" in look(talking).buttons


def test_a_line_is_left_out_by_its_place(talking: httpx.Client, bot: StagedBot) -> None:
    bot.stage = "reading_back"
    say(talking, "It was loud")
    form = next(form for form in look(talking).forms if "target_turn" in form.fields)
    talking.post(form.action, data={**form.fields, "choices": "readback:leave_out"})

    assert bot.heard[-1]["target"] == {"turn": form.fields["target_turn"], "start": 0, "end": 11}
    assert "readback:keep" in look(talking).buttons


def test_a_line_is_changed_with_new_words(talking: httpx.Client, bot: StagedBot) -> None:
    bot.stage = "reading_back"
    say(talking, "It was loud")
    form = next(form for form in look(talking).forms if "target_turn" in form.fields)
    talking.post(form.action, data={**form.fields, "text": "It was too loud"})

    assert (bot.heard[-1]["kind"], bot.heard[-1]["text"]) == ("say", "It was too loud")


def test_after_an_alert_only_calm_choices_and_the_box_remain(talking: httpx.Client, bot: StagedBot) -> None:
    bot.stage = "alerted"
    say(talking, "UNSAFE")
    page = look(talking)
    offered = {code for code in page.buttons if ":" in code}

    assert page.now["data-state"] == "alerted"
    assert offered == {"control:person", "control:pause", "control:finish"}
    assert "text" in page.boxes


@pytest.mark.parametrize("code", ["pause", "finish"])
def test_who_stops_after_an_alert_is_sent_to_the_adult_and_can_still_write(
    talking: httpx.Client, bot: StagedBot, code: str
) -> None:
    bot.stage = "alerted"
    say(talking, "UNSAFE")
    assert "give-back" not in look(talking).ids

    send(talking, choices=f"control:{code}")
    page = look(talking)

    assert "give-back" in page.ids
    assert "text" in page.boxes


def test_a_parent_has_no_tablet_to_give_back(client: httpx.Client, linked: Ask, bot: StagedBot) -> None:
    link = linked()
    path = f"{link}/talk"
    client.post(f"{link}/language", data={"language": "en"})
    client.post(f"{path}/open")
    bot.stage = "alerted"
    say(client, "UNSAFE", path)
    send(client, path, choices="control:finish")

    assert look(client, path).now["data-state"] == "alerted"
    assert "give-back" not in look(client, path).ids


def test_the_end_asks_for_nothing_more(talking: httpx.Client, bot: StagedBot) -> None:
    bot.stage = "finished"
    say(talking, "done")
    page = look(talking)

    assert page.boxes == {}
    assert not [form for form in page.forms if form.action.endswith("/turn")]


def test_what_was_said_can_be_read_again(talking: httpx.Client) -> None:
    say(talking, "first")
    say(talking, "second")

    assert len(look(talking, "/pupil/talk/said").turns) == 2


def test_the_way_to_what_was_said_stays_after_a_button(talking: httpx.Client) -> None:
    say(talking, "first")
    send(talking, choices="control:skip")

    assert "/pupil/talk/said" in look(talking).links
    assert look(talking).turns == []


def test_each_sorted_card_is_a_choice(talking: httpx.Client, bot: StagedBot) -> None:
    form = look(talking).form("/turn")
    talking.post(form.action, data={**form.fields, "card-noise": "card:noise.hard", "card-lunch": "card:lunch.good"})

    assert bot.heard[-1]["choices"] == ["card:noise.hard", "card:lunch.good"]


def test_three_wishes_are_one_answer_a_line_each(talking: httpx.Client, bot: StagedBot) -> None:
    form = look(talking).form("/turn")
    talking.post(form.action, data={**form.fields, "wish": ["a quiet room", " ", "my dog"]})

    assert (bot.heard[-1]["kind"], bot.heard[-1]["text"]) == ("say", "a quiet room\nmy dog")


def test_a_button_beside_cards_sends_no_card(talking: httpx.Client, bot: StagedBot) -> None:
    form = look(talking).form("/turn")
    talking.post(form.action, data={**form.fields, "card-noise": "card:noise.hard", "choices": "control:skip"})

    assert bot.heard[-1]["choices"] == ["control:skip"]
