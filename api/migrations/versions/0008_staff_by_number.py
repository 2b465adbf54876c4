"""A policy takes whom a transaction stands for as the number of a member of staff only where it is a number.

Who has waited for a row that changed meanwhile is shown the new one, and PostgreSQL works out first whatever the policy
may need, also what is staff's. The conversation of a speaker is no number, and their words were refused.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# as PostgreSQL writes the expressions of 0006 down
_AFTER_THE_COLON = "split_part(current_setting('pupil_voice.reader'::text, true), ':'::text, 2)"
ANYTHING = f"NULLIF({_AFTER_THE_COLON}, ''::text)"
A_NUMBER = f"\"substring\"({_AFTER_THE_COLON}, '^[0-9]{{1,9}}$'::text)"
_POLICIES = sa.text("SELECT tablename, qual FROM pg_policies WHERE policyname = 'reader' AND qual LIKE '%::integer%'")


def upgrade() -> None:
    _replace(ANYTHING, A_NUMBER)


def downgrade() -> None:
    _replace(A_NUMBER, ANYTHING)


def _replace(old: str, new: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    for table, policy in connection.execute(_POLICIES).all():
        if old not in policy:
            raise RuntimeError(f"The policy of {table} is not that of migration 0006.")
        op.execute(sa.text(f"ALTER POLICY reader ON {table} USING ({_escaped(policy.replace(old, new))})"))


def _escaped(expression: str) -> str:
    """A colon would begin a parameter."""
    return expression.replace(":", r"\:")
