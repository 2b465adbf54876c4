"""Schools and their people, conversations and the keys to them, what was said, shown, summed up and raised."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# each refers only to earlier ones
TABLES = (
    *("school", "staff_member", "staff_session", "pupil", "attempt"),
    *("conversation", "hand_over", "parent_link"),
    *("turn", "shown", "summary", "alert", "alert_acknowledgement"),
)


def upgrade() -> None:
    _create_school()
    _create_staff_member()
    _create_staff_session()
    _create_pupil()
    _create_attempt()
    _create_conversation()
    _create_hand_over()
    _create_parent_link()
    _create_turn()
    _create_shown()
    _create_summary()
    _create_alert()
    _create_alert_acknowledgement()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_school() -> None:
    op.create_table(
        "school",
        sa.Column("id", sa.Integer),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("country", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_school"),
    )


def _create_staff_member() -> None:
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Integer),
        sa.Column(
            "school_id",
            sa.Integer,
            sa.ForeignKey("school.id", name="fk_staff_member_school_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("password_hash", sa.String, nullable=False),
        sa.Column("pin_hash", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_member"),
        sa.UniqueConstraint("email", name="uq_staff_member_email"),
    )
    op.create_index("ix_staff_member_school_id", "staff_member", ["school_id"])


def _create_staff_session() -> None:
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.String),
        sa.Column(
            "staff_id",
            sa.Integer,
            sa.ForeignKey("staff_member.id", name="fk_staff_session_staff_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_session"),
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"])


def _create_pupil() -> None:
    op.create_table(
        "pupil",
        sa.Column("id", sa.Integer),
        sa.Column(
            "school_id",
            sa.Integer,
            sa.ForeignKey("school.id", name="fk_pupil_school_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("year", sa.String, nullable=False),
        sa.Column("age_band", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column(
            "trusted_adult_id",
            sa.Integer,
            sa.ForeignKey("staff_member.id", name="fk_pupil_trusted_adult_id"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pupil"),
    )
    op.create_index("ix_pupil_school_id", "pupil", ["school_id"])
    op.create_index("ix_pupil_trusted_adult_id", "pupil", ["trusted_adult_id"])


def _create_attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer),
        sa.Column("who_hash", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    op.create_index("ix_attempt_who_hash", "attempt", ["who_hash"])


def _create_conversation() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.String),
        sa.Column(
            "pupil_id",
            sa.Integer,
            sa.ForeignKey("pupil.id", name="fk_conversation_pupil_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("audience", sa.String, nullable=False),
        sa.Column("guide", sa.String, nullable=False),
        sa.Column("age_band", sa.String),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("topic", sa.String),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("of", sa.Integer, nullable=False),
        sa.Column(
            "started_by_id",
            sa.Integer,
            sa.ForeignKey("staff_member.id", name="fk_conversation_started_by_id"),
            nullable=False,
        ),
        sa.Column("present", sa.String, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("relation", sa.String, nullable=False),
        sa.Column("wants_person_at", sa.DateTime(timezone=True)),
        sa.Column("person_came_at", sa.DateTime(timezone=True)),
        sa.Column(
            "person_came_id", sa.Integer, sa.ForeignKey("staff_member.id", name="fk_conversation_person_came_id")
        ),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.Column("read_by_id", sa.Integer, sa.ForeignKey("staff_member.id", name="fk_conversation_read_by_id")),
        sa.Column("kept_from_id", sa.Integer, sa.ForeignKey("staff_member.id", name="fk_conversation_kept_from_id")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
    )
    op.create_index("ix_conversation_pupil_id", "conversation", ["pupil_id"])


def _create_hand_over() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer),
        sa.Column(
            "conversation_id",
            sa.String,
            sa.ForeignKey("conversation.id", name="fk_hand_over_conversation_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "staff_id",
            sa.Integer,
            sa.ForeignKey("staff_member.id", name="fk_hand_over_staff_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("code_hash", sa.String),
        sa.Column("token_hash", sa.String),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_hand_over"),
        sa.UniqueConstraint("code_hash", name="uq_hand_over_code_hash"),
        sa.UniqueConstraint("token_hash", name="uq_hand_over_token_hash"),
    )
    op.create_index("ix_hand_over_conversation_id", "hand_over", ["conversation_id"])


def _create_parent_link() -> None:
    op.create_table(
        "parent_link",
        sa.Column("id", sa.Integer),
        sa.Column(
            "conversation_id",
            sa.String,
            sa.ForeignKey("conversation.id", name="fk_parent_link_conversation_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("language_chosen_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_parent_link"),
        sa.UniqueConstraint("token_hash", name="uq_parent_link_token_hash"),
    )
    op.create_index("ix_parent_link_conversation_id", "parent_link", ["conversation_id"])


def _create_turn() -> None:
    op.create_table(
        "turn",
        sa.Column("id", sa.String),
        sa.Column(
            "conversation_id",
            sa.String,
            sa.ForeignKey("conversation.id", name="fk_turn_conversation_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("choices", sa.JSON, nullable=False),
        sa.Column("target", sa.JSON),
        sa.Column("asked_shown_id", sa.Integer),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("reading", sa.JSON),
        sa.PrimaryKeyConstraint("id", name="pk_turn"),
        sa.UniqueConstraint("conversation_id", "ordinal", name="uq_turn_conversation_id_ordinal"),
    )
    op.create_index("ix_turn_state", "turn", ["state"])


def _create_shown() -> None:
    op.create_table(
        "shown",
        sa.Column("id", sa.Integer),
        sa.Column(
            "conversation_id",
            sa.String,
            sa.ForeignKey("conversation.id", name="fk_shown_conversation_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "turn_id", sa.String, sa.ForeignKey("turn.id", name="fk_shown_turn_id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("response", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("topic", sa.String),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("template", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("choices", sa.JSON, nullable=False),
        sa.Column("multiple", sa.Boolean, nullable=False),
        sa.Column("quote", sa.JSON),
        sa.PrimaryKeyConstraint("id", name="pk_shown"),
        sa.UniqueConstraint("turn_id", "position", name="uq_shown_turn_id_position"),
    )
    op.create_index("ix_shown_conversation_id", "shown", ["conversation_id"])


def _create_summary() -> None:
    op.create_table(
        "summary",
        sa.Column(
            "conversation_id",
            sa.String,
            sa.ForeignKey("conversation.id", name="fk_summary_conversation_id", ondelete="CASCADE"),
        ),
        sa.Column(
            "turn_id",
            sa.String,
            sa.ForeignKey("turn.id", name="fk_summary_turn_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_summary"),
    )


def _create_alert() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer),
        sa.Column(
            "conversation_id",
            sa.String,
            sa.ForeignKey("conversation.id", name="fk_alert_conversation_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "turn_id", sa.String, sa.ForeignKey("turn.id", name="fk_alert_turn_id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("codes", sa.JSON, nullable=False),
        sa.Column("spans", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        sa.UniqueConstraint("turn_id", name="uq_alert_turn_id"),
    )
    op.create_index("ix_alert_conversation_id", "alert", ["conversation_id"])


def _create_alert_acknowledgement() -> None:
    op.create_table(
        "alert_acknowledgement",
        sa.Column(
            "alert_id",
            sa.Integer,
            sa.ForeignKey("alert.id", name="fk_alert_acknowledgement_alert_id", ondelete="CASCADE"),
        ),
        sa.Column("staff_id", sa.Integer, sa.ForeignKey("staff_member.id", name="fk_alert_acknowledgement_staff_id")),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("alert_id", "staff_id", name="pk_alert_acknowledgement"),
    )
