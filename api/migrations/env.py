"""Run by alembic with the settings' database, or with the connection that a caller already holds."""

from alembic import context
from sqlalchemy import Connection

from api.database import build_engine, stand_for_everything
from api.models import Record
from api.settings import Settings


def migrate(connection: Connection) -> None:
    # batch: SQLite changes a table by copying it
    context.configure(connection=connection, target_metadata=Record.metadata, render_as_batch=True)
    with context.begin_transaction():
        stand_for_everything(connection)
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with build_engine(Settings().database_url).connect() as own:
        migrate(own)
        own.commit()
