"""What adults add beside the words, what they promise, and the e-mails that wait to be sent."""

from alembic import op

from api.migrations.columns import content, day, key, link, moment, number, primary, unique, words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("review", "review_note", "tag_review", "expectation", "last_reading", "adult_view", "promise", "mail")


def upgrade() -> None:
    _create_review()
    _create_review_note()
    _create_tag_review()
    _create_expectation()
    _create_last_reading()
    _create_adult_view()
    _create_promise()
    _create_mail()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_review() -> None:
    op.create_table(
        "review",
        link("review", "conversation_id", "conversation", on_delete="CASCADE"),
        link("review", "assigned_to_id", "staff_member", optional=True),
        link("review", "assigned_by_id", "staff_member", optional=True),
        moment("assigned_at", optional=True),
        moment("interpreter_needed_at", optional=True),
        link("review", "interpreter_needed_by_id", "staff_member", optional=True),
        moment("interpreter_came_at", optional=True),
        primary("review", "conversation_id"),
    )
    op.create_index("ix_review_assigned_to_id", "review", ["assigned_to_id"])


def _create_review_note() -> None:
    op.create_table(
        "review_note",
        key(),
        link("review_note", "conversation_id", "conversation", on_delete="CASCADE"),
        link("review_note", "staff_id", "staff_member"),
        words("words"),
        moment("at"),
        words("form_id"),
        primary("review_note"),
        unique("review_note", "form_id"),
    )
    op.create_index("ix_review_note_conversation_id", "review_note", ["conversation_id"])


def _create_tag_review() -> None:
    op.create_table(
        "tag_review",
        key(),
        link("tag_review", "conversation_id", "conversation", on_delete="CASCADE"),
        link("tag_review", "turn_id", "turn", on_delete="CASCADE"),
        *(number(name) for name in ("start", "end")),
        *(words(name) for name in ("code", "verdict")),
        words("corrected_to", optional=True),
        link("tag_review", "staff_id", "staff_member"),
        moment("at"),
        words("form_id"),
        primary("tag_review"),
        unique("tag_review", "form_id"),
    )
    op.create_index("ix_tag_review_conversation_id", "tag_review", ["conversation_id"])


def _create_expectation() -> None:
    op.create_table(
        "expectation",
        key(),
        link("expectation", "conversation_id", "conversation", on_delete="CASCADE"),
        link("expectation", "staff_id", "staff_member"),
        words("words"),
        content("codes"),
        moment("at"),
        primary("expectation"),
        unique("expectation", "conversation_id", "staff_id"),
    )


def _create_last_reading() -> None:
    op.create_table(
        "last_reading",
        link("last_reading", "conversation_id", "conversation", on_delete="CASCADE"),
        link("last_reading", "staff_id", "staff_member", on_delete="CASCADE"),
        number("ordinal"),
        moment("at"),
        primary("last_reading", "conversation_id", "staff_id"),
    )


def _create_adult_view() -> None:
    op.create_table(
        "adult_view",
        key(),
        link("adult_view", "pupil_id", "pupil", on_delete="CASCADE"),
        link("adult_view", "staff_id", "staff_member"),
        content("codes"),
        words("words"),
        moment("at"),
        words("form_id"),
        primary("adult_view"),
        unique("adult_view", "form_id"),
    )
    op.create_index("ix_adult_view_pupil_id", "adult_view", ["pupil_id"])


def _create_promise() -> None:
    op.create_table(
        "promise",
        key(),
        link("promise", "pupil_id", "pupil", on_delete="CASCADE"),
        link("promise", "conversation_id", "conversation", on_delete="SET NULL", optional=True),
        *(words(name) for name in ("audience", "relation", "kind", "words", "words_language")),
        words("turn_id", optional=True),
        *(number(name, optional=True) for name in ("start", "end")),
        link("promise", "owner_id", "staff_member"),
        day("due_on"),
        link("promise", "made_by_id", "staff_member"),
        moment("made_at"),
        words("outcome", optional=True),
        *(words(name) for name in ("outcome_words", "outcome_language")),
        moment("answered_at", optional=True),
        link("promise", "answered_by_id", "staff_member", optional=True),
        moment("told_at", optional=True),
        number("version"),
        words("form_id"),
        primary("promise"),
        unique("promise", "form_id"),
    )
    for name in ("pupil_id", "owner_id"):
        op.create_index(f"ix_promise_{name}", "promise", [name])


def _create_mail() -> None:
    op.create_table(
        "mail",
        key(),
        link("mail", "school_id", "school", on_delete="CASCADE"),
        link("mail", "staff_id", "staff_member", on_delete="CASCADE"),
        words("kind"),
        content("about"),
        words("key"),
        *(moment(name) for name in ("created_at", "due_at")),
        number("attempts"),
        words("fault", optional=True),
        *(moment(name, optional=True) for name in ("sent_at", "given_up_at")),
        primary("mail"),
        unique("mail", "key"),
    )
    for name in ("school_id", "due_at"):
        op.create_index(f"ix_mail_{name}", "mail", [name])
