"""What the log must not hold, and what it must say: a link for a parent or for a new colleague is a key, a search is a
name, and the server's own log of requests must hold neither.
"""

import logging
import re

from api.database import Database

log = logging.getLogger(__name__)
_KEY = re.compile(r"(/parent/|/staff/invited/|/calendar/)[^/?\s]+")
_QUERY = re.compile(r"^(/[^?\s]*)\?.*", re.DOTALL)


class WithoutLinks(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_without_names(arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


def _without_names(asked_for: str) -> str:
    return _QUERY.sub(r"\1?...", _KEY.sub(r"\1...", asked_for))


def hide_links() -> None:
    requests = logging.getLogger("uvicorn.access")
    if not any(isinstance(each, WithoutLinks) for each in requests.filters):
        requests.addFilter(WithoutLinks())


def warn_of_an_open_wall(database: Database) -> None:
    if database.bypasses_policies():
        log.warning("the database role bypasses row-level security: use one that is no superuser (docs/operating.md)")
