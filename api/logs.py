"""A parent's link is a key; the server's own log of requests must not hold it."""

import logging
import re

_KEY = re.compile(r"(/parent/)[^/?\s]+")


class WithoutLinks(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_KEY.sub(r"\1...", arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


def hide_links() -> None:
    log = logging.getLogger("uvicorn.access")
    if not any(isinstance(each, WithoutLinks) for each in log.filters):
        log.addFilter(WithoutLinks())
