import httpx

from tests.api.scripted_bot import ScriptedBot


def test_it_is_well_when_a_turn_can_be_served(client: httpx.Client) -> None:
    response = client.get("/health")

    assert (response.status_code, response.json()) == (200, {"api": "ok", "bot": "ok"})


def test_it_names_the_part_that_is_not(client: httpx.Client, bot: ScriptedBot) -> None:
    bot.kill()
    response = client.get("/health")

    assert response.status_code == 503
    assert response.json()["api"] == "ok" != response.json()["bot"]
