"""When late words were said was added to 0007 after databases had been made by it: here it is for those, too."""

import sqlalchemy as sa
from alembic import op

from api.migrations.columns import moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("turn")}
    if "said_at" not in columns:
        op.add_column("turn", moment("said_at", optional=True))


def downgrade() -> None:
    """0007 takes it away."""
