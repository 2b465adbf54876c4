"""The product as an app on a tablet: what it is made of is the same for everybody."""

import json
import re

import httpx

from tests.api.people import PIN
from tests.pages.speakers.conftest import LANGUAGES


def test_the_app_opens_where_the_conversation_is(client: httpx.Client) -> None:
    manifest = client.get("/manifest.webmanifest")

    assert manifest.headers["content-type"] == "application/manifest+json"
    assert (manifest.json()["start_url"], manifest.json()["display"]) == ("/pupil", "standalone")
    assert [client.get(icon["src"]).status_code for icon in manifest.json()["icons"]] == [200] * 3


def test_everything_that_the_worker_keeps_is_there(client: httpx.Client) -> None:
    worker = client.get("/sw.js")
    kept = json.loads(re.findall(r"^const KEPT = (.+);$", worker.text, re.MULTILINE)[0])
    wanted = [*kept["files"], *kept["modules"], "/offline"]

    assert worker.headers["content-type"].startswith("text/javascript")
    assert [client.get(address).status_code for address in wanted] == [200] * len(wanted)


def test_the_worker_keeps_all_that_the_page_without_a_line_is_made_of(client: httpx.Client) -> None:
    kept = client.get("/sw.js").text
    pieces = re.findall(r'(?:href|src)="(/static/[^"#]+)', client.get("/offline").text)
    modules = {name for file in pieces if ".js" in file for name in re.findall(r'"\./(.+\.js)"', client.get(file).text)}

    assert [piece for piece in pieces if f'"{piece}"' not in kept and "icon-" not in piece] == []
    assert [name for name in modules if f"/static/speaking/{name}?" not in kept] == []


def test_the_page_without_a_line_is_there_in_every_language(client: httpx.Client) -> None:
    pages = {code: client.get("/offline", params={"language": code, "door": "parent"}).text for code in LANGUAGES}

    assert [code for code, page in pages.items() if f'<html lang="{LANGUAGES[code].tag}"' not in page] == []


def test_modules_are_asked_for_anew_and_files_with_a_fingerprint_may_be_kept(client: httpx.Client) -> None:
    module, file = client.get("/static/speaking/outbox.js"), client.get("/static/base.css?v=0123456789")

    assert module.headers["cache-control"] == "no-cache"
    assert "cache-control" not in file.headers


def test_a_page_of_a_speaker_leads_no_browser_to_fill_in_what_another_typed(talking: httpx.Client) -> None:
    pages = [talking.get(path).text for path in ("/pupil/code", "/pupil/talk", "/pupil/leave")]
    fields = [tag for page in pages for tag in re.findall(r"<(?:input|textarea)[^>]*>", page)]
    typed = [tag for tag in fields if not re.search(r'type="(hidden|radio|checkbox)"', tag)]

    assert len(typed) >= 3
    assert [tag for tag in typed if 'autocomplete="off"' not in tag] == []


def test_a_tablet_that_changes_hands_forgets_what_its_browser_kept(talking: httpx.Client) -> None:
    assert talking.post("/pupil/leave", data={"pin": PIN}).headers["clear-site-data"] == '"cache"'
