import logging

import pytest

from api.logs import hide_links


@pytest.mark.parametrize(
    "path",
    [
        "/parent/secret/talk",
        "/staff/invited/secret",
        "/staff/invited/secret?language=pl",
        "/staff/pupils?q=secret",
        "/calendar/secret.ics",
    ],
)
def test_the_log_of_requests_holds_no_key_and_no_name(path: str) -> None:
    hide_links()
    record = logging.LogRecord("uvicorn.access", logging.INFO, "", 0, "%s", (path,), None)
    logging.getLogger("uvicorn.access").filter(record)

    assert "secret" not in record.getMessage()
