"""Alerts become records that are complete in themselves and stay when words are erased; steps and the audit trail are
only ever added to. The database itself refuses anything else.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from api.migrations.alerts_of_before import alerts_of_before
from api.migrations.columns import content, key, link, moment, number, primary, unique, words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# what an erasure or a name that becomes known later may change
CHANGEABLE = ("conversation_id", "turn_id", "kept_from_id")
REFUSAL = "this record is kept as it was written"


def upgrade() -> None:
    alerts, acknowledgements = alerts_of_before(op.get_bind())
    op.drop_table("alert_acknowledgement")
    op.drop_table("alert")
    alert = _create_alert()
    acknowledgement = _create_alert_acknowledgement()
    _create_alert_step()
    _create_audit_entry()
    op.bulk_insert(alert, alerts)
    op.bulk_insert(acknowledgement, acknowledgements)
    if alerts and op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('alert', 'id'), (SELECT max(id) FROM alert))")
    fixed = [column.name for column in alert.columns if column.name not in CHANGEABLE]
    _keep("alert", fixed)
    _keep("alert_step")
    _keep("audit_entry")


def downgrade() -> None:
    for table in ("audit_entry", "alert_step", "alert_acknowledgement", "alert"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
    op.create_table(
        "alert",
        key(),
        link("alert", "conversation_id", "conversation", on_delete="CASCADE"),
        link("alert", "turn_id", "turn", on_delete="CASCADE"),
        *(content(name) for name in ("codes", "spans")),
        moment("created_at"),
        primary("alert"),
        unique("alert", "turn_id"),
    )
    op.create_index("ix_alert_conversation_id", "alert", ["conversation_id"])
    _create_alert_acknowledgement()


def _create_alert() -> sa.Table:
    table = op.create_table(
        "alert",
        key(),
        link("alert", "school_id", "school"),
        link("alert", "conversation_id", "conversation", on_delete="SET NULL", optional=True),
        link("alert", "turn_id", "turn", on_delete="SET NULL", optional=True),
        number("pupil_id"),
        *(words(name) for name in ("pupil_name", "pupil_year", "audience", "relation")),
        *(content(name) for name in ("codes", "spans")),
        words("words"),
        content("picked"),
        words("language"),
        content("question", optional=True),
        content("asked_before"),
        *(words(name) for name in ("place", "present")),
        number("adult_id"),
        number("kept_from_id", optional=True),
        *(moment(name) for name in ("said_at", "created_at")),
        primary("alert"),
        unique("alert", "turn_id"),
    )
    for name in ("school_id", "conversation_id", "pupil_id"):
        op.create_index(f"ix_alert_{name}", "alert", [name])
    return table


def _create_alert_acknowledgement() -> sa.Table:
    return op.create_table(
        "alert_acknowledgement",
        link("alert_acknowledgement", "alert_id", "alert", on_delete="CASCADE"),
        link("alert_acknowledgement", "staff_id", "staff_member"),
        words("role"),
        moment("at"),
        primary("alert_acknowledgement", "alert_id", "staff_id"),
    )


def _create_alert_step() -> None:
    op.create_table(
        "alert_step",
        key(),
        link("alert_step", "alert_id", "alert"),
        words("kind"),
        link("alert_step", "staff_id", "staff_member", optional=True),
        words("role", optional=True),
        words("note"),
        moment("at"),
        words("form_id"),
        primary("alert_step"),
        unique("alert_step", "form_id"),
    )
    op.create_index("ix_alert_step_alert_id", "alert_step", ["alert_id"])


def _create_audit_entry() -> None:
    op.create_table(
        "audit_entry",
        key(),
        link("audit_entry", "school_id", "school"),
        moment("at"),
        number("staff_id", optional=True),
        *(words(name) for name in ("act", "about", "about_id")),
        number("pupil_id", optional=True),
        content("details"),
        *(words(name) for name in ("previous_hash", "hash")),
        primary("audit_entry"),
        unique("audit_entry", "hash"),
    )
    op.create_index("ix_audit_entry_school_id", "audit_entry", ["school_id"])


def _keep(table: str, columns: Iterable[str] = ()) -> None:
    """No row is deleted, and these columns (all, when none is named) are never changed."""
    of_columns = f" OF {', '.join(f'"{name}"' for name in columns)}" if columns else ""
    for event, what in (("delete", "DELETE"), ("update", f"UPDATE{of_columns}")):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{event} BEFORE {what} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        else:
            op.execute(
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
            )
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{event} BEFORE {what} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
