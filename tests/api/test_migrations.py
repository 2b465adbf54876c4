import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from api import schema
from api.database import Database
from api.models import Record

pytestmark = pytest.mark.parametrize("store", ["sqlite", "postgresql"])


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Record.metadata) == []


def test_migrating_down_leaves_nothing_and_up_again_everything(database: Database) -> None:
    schema.downgrade(database)
    assert inspect(database.engine).get_table_names() == ["alembic_version"]

    schema.upgrade(database)
    assert set(inspect(database.engine).get_table_names()) == {"alembic_version", *Record.metadata.tables}


def test_names_of_constraints_are_those_of_the_models(database: Database) -> None:
    inspector = inspect(database.engine)
    for table in Record.metadata.sorted_tables:
        named = {key["name"] for key in inspector.get_foreign_keys(table.name)}
        assert named == {key.name for key in table.foreign_key_constraints}


def test_migrating_twice_changes_nothing(database: Database) -> None:
    schema.upgrade(database)


def test_a_database_that_an_earlier_0007_made_gets_what_was_added_to_it(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE turn DROP COLUMN said_at"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0008'"))

    schema.upgrade(database)
    assert "said_at" in {column["name"] for column in inspect(database.engine).get_columns("turn")}
