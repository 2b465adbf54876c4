"""What the log must not hold, and what it must say: a link for a parent or for a new colleague is a key, and the
server's own log of requests must not hold it.
"""

import logging
import re

from api.database import Database

log = logging.getLogger(__name__)
_KEY = re.compile(r"(/parent/|/staff/invited/)[^/?\s]+")


class WithoutLinks(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_KEY.sub(r"\1...", arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


def hide_links() -> None:
    requests = logging.getLogger("uvicorn.access")
    if not any(isinstance(each, WithoutLinks) for each in requests.filters):
        requests.addFilter(WithoutLinks())


def warn_of_an_open_wall(database: Database) -> None:
    if database.bypasses_policies():
        log.warning("the database role bypasses row-level security: use one that is no superuser (docs/operating.md)")
