"""Second factors, identity providers, invitations, sessions that their owner can see, and the school's calendar."""

import sqlalchemy as sa
from alembic import op

from api.migrations.columns import day, flag, key, link, moment, number, primary, unique, words

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("school_closure", "recovery_code", "provider_identity", "invitation")


def upgrade() -> None:
    op.add_column("school", flag("is_demo"))
    op.add_column("staff_member", words("totp_secret", optional=True))
    op.add_column("staff_member", number("totp_step", optional=True))
    op.add_column("staff_member", moment("left_at", optional=True))
    op.add_column("conversation", moment("agreed_at", optional=True))
    op.add_column("conversation", moment("withdrawn_at", optional=True))
    _create_staff_session()
    _create_school_closure()
    _create_recovery_code()
    _create_provider_identity()
    _create_invitation()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_table("staff_session")
    op.create_table(
        "staff_session",
        words("token_hash"),
        link("staff_session", "staff_id", "staff_member", on_delete="CASCADE"),
        moment("expires_at"),
        primary("staff_session", "token_hash"),
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"])
    for table, columns in (
        ("conversation", ("withdrawn_at", "agreed_at")),
        ("staff_member", ("left_at", "totp_step", "totp_secret")),
        ("school", ("is_demo",)),
    ):
        for name in columns:
            op.drop_column(table, name)


def _create_staff_session() -> None:
    """Made anew: everybody signs in once more."""
    op.drop_table("staff_session")
    op.create_table(
        "staff_session",
        words("token_hash"),
        link("staff_session", "staff_id", "staff_member", on_delete="CASCADE"),
        *(moment(name) for name in ("started_at", "last_seen_at", "expires_at")),
        words("method"),
        sa.Column("is_complete", sa.Boolean, nullable=False),
        words("device"),
        primary("staff_session", "token_hash"),
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"])


def _create_school_closure() -> None:
    op.create_table(
        "school_closure",
        key(),
        link("school_closure", "school_id", "school", on_delete="CASCADE"),
        *(day(name) for name in ("first_day", "last_day")),
        words("name"),
        primary("school_closure"),
    )
    op.create_index("ix_school_closure_school_id", "school_closure", ["school_id"])


def _create_recovery_code() -> None:
    op.create_table(
        "recovery_code",
        key(),
        link("recovery_code", "staff_id", "staff_member", on_delete="CASCADE"),
        words("code_hash"),
        moment("used_at", optional=True),
        primary("recovery_code"),
    )
    op.create_index("ix_recovery_code_staff_id", "recovery_code", ["staff_id"])


def _create_provider_identity() -> None:
    op.create_table(
        "provider_identity",
        key(),
        link("provider_identity", "staff_id", "staff_member", on_delete="CASCADE"),
        words("issuer"),
        words("subject"),
        primary("provider_identity"),
        unique("provider_identity", "issuer", "subject"),
    )
    op.create_index("ix_provider_identity_staff_id", "provider_identity", ["staff_id"])


def _create_invitation() -> None:
    op.create_table(
        "invitation",
        key(),
        link("invitation", "school_id", "school", on_delete="CASCADE"),
        *(words(name) for name in ("name", "email", "role", "token_hash")),
        link("invitation", "invited_by_id", "staff_member"),
        *(moment(name) for name in ("created_at", "expires_at")),
        *(moment(name, optional=True) for name in ("accepted_at", "revoked_at")),
        primary("invitation"),
        unique("invitation", "token_hash"),
    )
    op.create_index("ix_invitation_school_id", "invitation", ["school_id"])
