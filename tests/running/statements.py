"""Statements that are compiled once for a whole run."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import Dialect, Engine, create_engine

import api.database


@contextmanager
def compiled_once() -> Iterator[None]:
    """Every test has stores of its own, which have the same tables: what SQLAlchemy compiled for one is kept for all of
    them. Without this it takes a quarter of the time of the tests.
    """
    compiled: dict[object, object] = {}
    dialects: dict[str, Dialect] = {}

    def create(url: str, **options: Any) -> Engine:
        engine = create_engine(url, execution_options={"compiled_cache": compiled}, **options)
        engine.dialect = dialects.setdefault(engine.name, engine.dialect)  # compiled statements belong to one
        return engine

    with patch.object(api.database, "create_engine", create):
        yield
