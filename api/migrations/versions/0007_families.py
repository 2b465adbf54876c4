"""Carers and how they wish to be reached, messages to them, first days of absence, tasks for people, and the rhythm of
contact. What staff note of a family's words is walled as in 0006.
"""

import sqlalchemy as sa
from alembic import op

from api.migrations.columns import content, day, flag, key, link, moment, number, primary, unique, words

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# ruff: noqa: S608 - put together from the constants here and nothing else

TABLES = ("carer", "delivery", "absence", "absence_step", "task", "planned_contact", "half_term")

QUIET = {"quiet_from": 20 * 60, "quiet_until": 8 * 60, "answer_within": 45}  # minutes
ADDED = {
    "staff_member": ("feed_hash",),
    "school": tuple(QUIET),
    "parent_link": ("opened_at", "code_hash", "made_by_code_of"),
    "turn": ("said_at", "channel"),
    "conversation": ("display", "carer_id"),
}

READER = "current_setting('pupil_voice.reader', true)"
COLLEAGUES = f"""
    SELECT me.school_id FROM staff_member me WHERE me.left_at IS NULL AND me.role <> 'administrator'
    AND {READER} = 'staff:' || me.id"""
# table: which rows members of staff see who are not administrators; their speakers see none
POLICIES = {
    "absence_step": f"absence_id IN (SELECT absence.id FROM absence WHERE absence.school_id IN ({COLLEAGUES}))",
    "task": f"school_id IN ({COLLEAGUES})",
}


def upgrade() -> None:
    _create_carer()
    _create_delivery()
    _create_absence()
    _create_absence_step()
    _create_task()
    _create_planned_contact()
    _create_half_term()
    _add_columns()
    if op.get_bind().dialect.name == "postgresql":
        _build_walls()


def downgrade() -> None:
    _drop_columns()
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_carer() -> None:
    op.create_table(
        "carer",
        key(),
        link("carer", "pupil_id", "pupil", on_delete="CASCADE"),
        *(words(name) for name in ("relation", "language", "phone", "email")),
        number("place"),
        flag("lives_apart"),
        moment("agreed_at", optional=True),
        link("carer", "agreed_by_id", "staff_member", optional=True),
        words("channel", optional=True),
        content("hours"),
        number("at_most", optional=True),
        *(flag(name) for name in ("hears", "interpreter")),
        moment("wished_at", optional=True),
        words("wished_in_id", optional=True),
        words("word_hash"),
        *(moment(name, optional=True) for name in ("stopped_at", "left_at")),
        link("carer", "created_by_id", "staff_member"),
        moment("created_at"),
        primary("carer"),
    )
    op.create_index("ix_carer_pupil_id", "carer", ["pupil_id"])
    op.create_index("ix_carer_phone", "carer", ["phone"])


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        key(),
        link("delivery", "school_id", "school", on_delete="CASCADE"),
        link("delivery", "carer_id", "carer", on_delete="CASCADE"),
        link("delivery", "conversation_id", "conversation", on_delete="CASCADE", optional=True),
        *(words(name) for name in ("channel", "kind")),
        content("about"),
        words("sealed", optional=True),
        words("key"),
        flag("is_answer"),
        *(moment(name) for name in ("created_at", "due_at")),
        number("attempts"),
        *(words(name, optional=True) for name in ("fault", "provider_id")),
        *(moment(name, optional=True) for name in ("sent_at", "delivered_at", "given_up_at")),
        primary("delivery"),
        unique("delivery", "key"),
        unique("delivery", "provider_id"),
    )
    for column in ("school_id", "carer_id", "conversation_id", "due_at"):
        op.create_index(f"ix_delivery_{column}", "delivery", [column])


def _create_absence() -> None:
    op.create_table(
        "absence",
        key(),
        link("absence", "school_id", "school", on_delete="CASCADE"),
        link("absence", "pupil_id", "pupil", on_delete="CASCADE"),
        day("day"),
        link("absence", "started_by_id", "staff_member"),
        moment("started_at"),
        *(moment(name, optional=True) for name in ("next_at", "accounted_at")),
        link("absence", "accounted_by_id", "staff_member", optional=True),
        words("accounted_how", optional=True),
        primary("absence"),
        unique("absence", "pupil_id", "day"),
    )
    op.create_index("ix_absence_school_id", "absence", ["school_id"])
    op.create_index("ix_absence_next_at", "absence", ["next_at"])


def _create_absence_step() -> None:
    op.create_table(
        "absence_step",
        key(),
        link("absence_step", "absence_id", "absence", on_delete="CASCADE"),
        words("kind"),
        link("absence_step", "carer_id", "carer", on_delete="SET NULL", optional=True),
        words("channel", optional=True),
        link("absence_step", "conversation_id", "conversation", on_delete="SET NULL", optional=True),
        link("absence_step", "staff_id", "staff_member", optional=True),
        words("note"),
        moment("at"),
        words("key"),
        primary("absence_step"),
        unique("absence_step", "key"),
    )
    op.create_index("ix_absence_step_absence_id", "absence_step", ["absence_id"])


def _create_task() -> None:
    op.create_table(
        "task",
        key(),
        link("task", "school_id", "school", on_delete="CASCADE"),
        link("task", "pupil_id", "pupil", on_delete="CASCADE"),
        link("task", "carer_id", "carer", on_delete="SET NULL", optional=True),
        words("kind"),
        content("about"),
        link("task", "for_id", "staff_member", optional=True),
        *(moment(name) for name in ("due_at", "created_at")),
        moment("done_at", optional=True),
        link("task", "done_by_id", "staff_member", optional=True),
        *(words(name) for name in ("note", "key")),
        primary("task"),
        unique("task", "key"),
    )
    for column in ("school_id", "pupil_id"):
        op.create_index(f"ix_task_{column}", "task", [column])


def _create_planned_contact() -> None:
    op.create_table(
        "planned_contact",
        key(),
        link("planned_contact", "pupil_id", "pupil", on_delete="CASCADE"),
        words("kind"),
        day("day"),
        number("minute", optional=True),
        link("planned_contact", "carer_id", "carer", on_delete="SET NULL", optional=True),
        *(link("planned_contact", name, "staff_member") for name in ("owner_id", "made_by_id")),
        moment("made_at"),
        words("outcome", optional=True),
        moment("settled_at", optional=True),
        link("planned_contact", "settled_by_id", "staff_member", optional=True),
        link("planned_contact", "conversation_id", "conversation", on_delete="SET NULL", optional=True),
        number("version"),
        words("key"),
        primary("planned_contact"),
        unique("planned_contact", "key"),
    )
    for column in ("pupil_id", "day", "owner_id"):
        op.create_index(f"ix_planned_contact_{column}", "planned_contact", [column])


def _create_half_term() -> None:
    op.create_table(
        "half_term",
        key(),
        link("half_term", "school_id", "school", on_delete="CASCADE"),
        *(day(name) for name in ("first_day", "last_day")),
        words("name"),
        primary("half_term"),
    )
    op.create_index("ix_half_term_school_id", "half_term", ["school_id"])


def _add_columns() -> None:
    """One by one: rebuilding a table, as batches do on SQLite, would delete the old one and all that hangs on it."""
    op.add_column("conversation", number("carer_id", optional=True))
    op.create_index("ix_conversation_carer_id", "conversation", ["carer_id"])
    op.add_column("conversation", sa.Column("display", sa.JSON, nullable=False, server_default="{}"))
    op.add_column("turn", sa.Column("channel", sa.String, nullable=False, server_default="page"))
    op.add_column("turn", moment("said_at", optional=True))
    op.add_column("parent_link", number("made_by_code_of", optional=True))
    op.create_index("ix_parent_link_made_by_code_of", "parent_link", ["made_by_code_of"])
    op.add_column("parent_link", words("code_hash", optional=True))
    op.create_index("ix_parent_link_code_hash", "parent_link", ["code_hash"], unique=True)
    op.add_column("parent_link", moment("opened_at", optional=True))
    for name, minutes in QUIET.items():
        op.add_column("school", sa.Column(name, sa.Integer, nullable=False, server_default=str(minutes)))
    op.add_column("staff_member", words("feed_hash", optional=True))
    op.create_index("ix_staff_member_feed_hash", "staff_member", ["feed_hash"], unique=True)


def _drop_columns() -> None:
    op.drop_index("ix_staff_member_feed_hash", "staff_member")
    for column in ("code_hash", "made_by_code_of"):
        op.drop_index(f"ix_parent_link_{column}", "parent_link")
    op.drop_index("ix_conversation_carer_id", "conversation")
    for table, columns in ADDED.items():
        for column in columns:
            op.drop_column(table, column)


def _build_walls() -> None:
    for table, staff in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")  # for the owner of the table, too
        op.execute(f"CREATE POLICY reader ON {table} USING ({READER} = 'everything' OR {staff})")
