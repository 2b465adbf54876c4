"""What a conversation was started with: a time to look at, and what the same person told before."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("pattern", sa.String))
    op.add_column("conversation", sa.Column("conversations_before", sa.Integer, nullable=False, server_default="0"))
    op.add_column("conversation", sa.Column("told_before", sa.JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    for name in ("told_before", "conversations_before", "pattern"):
        op.drop_column("conversation", name)
