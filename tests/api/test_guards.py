import httpx
import pytest
from starlette.datastructures import Headers

from api.guards import is_cross_site

OWN = "https://school.test"


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "cross-site", "origin": OWN}, True),
        ({"origin": OWN}, False),
        ({"origin": "http://127.0.0.1:8000", "host": "127.0.0.1:8000"}, False),
        ({"origin": "https://elsewhere.test", "host": "school.test"}, True),
        ({"origin": "null"}, True),
    ],
)
def test_only_our_own_pages_may_send(headers: dict[str, str], foreign: bool) -> None:
    assert is_cross_site(Headers(headers), OWN) is foreign


def test_a_form_of_another_site_is_refused(client: httpx.Client) -> None:
    response = client.post("/staff/sign-in", data={"email": "x"}, headers={"origin": "https://elsewhere.test"})

    assert response.status_code == 403


@pytest.mark.parametrize("path", ["/health", "/pupil/code", "/nothing", "/parent/none/talk"])
def test_every_answer_is_guarded(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert (headers["cache-control"], headers["x-frame-options"]) == ("no-store", "DENY")


def test_static_files_may_be_kept(client: httpx.Client) -> None:
    assert "no-store" not in client.get("/static/base.css").headers.get("cache-control", "")
