"""On PostgreSQL every table that holds words shows only the rows of whom the transaction stands for, so that a select
without its conditions leaks nothing. SQLite has no such policies.

The setting `pupil_voice.reader`, of one transaction:

    (not set)          no row
    everything         the product's own tasks, when nobody asks
    conversation:<id>  its speaker; a pupil also sees what they said before
    staff:<id>         the rules of api.access.reading, coarsely; lines that are kept back are not known here
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# ruff: noqa: S608 - put together from the constants here and nothing else

# read once a query
STANDING = "(SELECT split_part(current_setting('pupil_voice.reader', true), ':', 1))"
WHOSE = "(SELECT split_part(current_setting('pupil_voice.reader', true), ':', 2))"
ME = "(SELECT nullif(split_part(current_setting('pupil_voice.reader', true), ':', 2), '')::int)"

PRESENT = f"me.id = {ME} AND me.left_at IS NULL"
OWN_PUPILS = f"""
    SELECT pupil.id FROM pupil JOIN staff_member me ON me.school_id = pupil.school_id
    WHERE {PRESENT} AND me.role <> 'administrator'
    AND (me.role = 'safeguarding_lead' OR pupil.trusted_adult_id = me.id)"""
GIVEN = f"""
    SELECT review.conversation_id FROM review JOIN staff_member me ON me.id = review.assigned_to_id
    WHERE {PRESENT} AND me.role <> 'administrator'"""
PUPILS_OF_ATTENDANCE = f"""
    SELECT pupil.id FROM pupil JOIN staff_member me ON me.school_id = pupil.school_id
    WHERE {PRESENT} AND me.role = 'attendance_lead'"""
LEADS = f"SELECT me.school_id FROM staff_member me WHERE {PRESENT} AND me.role = 'safeguarding_lead'"

SAME_VOICE = f"id = {WHOSE} OR id = ANY ((SELECT pupil_voice_same_voice({WHOSE}))::text[])"
STAFF_READ = f"""kept_from_id IS DISTINCT FROM {ME} AND (
    pupil_id IN ({OWN_PUPILS})
    OR id IN ({GIVEN}) AND pupil_id IN (SELECT pupil.id FROM pupil JOIN staff_member me
        ON me.school_id = pupil.school_id WHERE {PRESENT})
    OR pupil_id IN ({PUPILS_OF_ATTENDANCE}) AND agreed_at IS NOT NULL AND withdrawn_at IS NULL
        AND NOT pupil_voice_has_alert(id))"""
STAFF_ARE_TOLD = f"""kept_from_id IS DISTINCT FROM {ME} AND (
    school_id IN ({LEADS}) OR conversation_id IS NOT NULL AND pupil_id IN ({OWN_PUPILS}))"""
PROMISED_TO_THIS_VOICE = f"""EXISTS (SELECT 1 FROM conversation this WHERE this.id = {WHOSE}
    AND this.pupil_id = promise.pupil_id AND this.audience = promise.audience
    AND (this.audience = 'pupil' OR this.id = promise.conversation_id
        OR this.relation <> '' AND this.relation = promise.relation))"""
IN_THE_CONVERSATION = "EXISTS (SELECT 1 FROM conversation WHERE conversation.id = conversation_id)"

# table: what its speaker sees, what staff see; neither needs more than the row and tables that are named here
POLICIES = {
    "conversation": (SAME_VOICE, STAFF_READ),
    "turn": (IN_THE_CONVERSATION, IN_THE_CONVERSATION),
    "shown": (IN_THE_CONVERSATION, IN_THE_CONVERSATION),
    "summary": (IN_THE_CONVERSATION, IN_THE_CONVERSATION),
    "alert": (IN_THE_CONVERSATION, STAFF_ARE_TOLD),
    "alert_step": ("false", "EXISTS (SELECT 1 FROM alert WHERE alert.id = alert_id)"),
    "review_note": ("false", IN_THE_CONVERSATION),
    "tag_review": ("false", IN_THE_CONVERSATION),
    "expectation": (
        "false",
        f"{IN_THE_CONVERSATION} AND (staff_id = {ME} OR EXISTS ({LEADS}))",
    ),
    "promise": (
        PROMISED_TO_THIS_VOICE,
        f"owner_id = {ME} OR made_by_id = {ME} OR pupil_id IN ({OWN_PUPILS}) OR conversation_id IN ({GIVEN})",
    ),
    "adult_view": (
        "false",
        f"staff_id = {ME} OR pupil_id IN ({OWN_PUPILS})",
    ),
}
# Two answers that a policy needs from rows which its reader does not see: each looks as the product itself, and puts
# back whom the transaction stands for. What breaks in between ends the transaction, and the setting with it.
LOOKING = """
CREATE FUNCTION {name} RETURNS {kind} LANGUAGE plpgsql STABLE AS $$
DECLARE
    reader text := current_setting('pupil_voice.reader', true);
    answer {kind};
BEGIN
    PERFORM set_config('pupil_voice.reader', 'everything', true);
    answer := ({query});
    PERFORM set_config('pupil_voice.reader', reader, true);
    RETURN answer;
END $$"""
ALERTED = "SELECT EXISTS (SELECT 1 FROM alert WHERE alert.conversation_id = conversation)"
# two carers may have the same relation: each reads their own conversation only
OF_ONE_VOICE = """SELECT array_agg(other.id) FROM conversation this JOIN conversation other
    ON other.pupil_id = this.pupil_id AND other.audience = 'pupil'
    WHERE this.id = conversation AND this.audience = 'pupil'"""
FUNCTIONS = {
    "pupil_voice_has_alert(conversation text)": ("boolean", ALERTED),
    "pupil_voice_same_voice(conversation text)": ("text[]", OF_ONE_VOICE),
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for name, (kind, query) in FUNCTIONS.items():
        op.execute(LOOKING.format(name=name, kind=kind, query=query))
    for table, (speaker, staff) in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")  # for the owner of the table, too
        op.execute(f"CREATE POLICY reader ON {table} USING (CASE {_cases(speaker, staff)} ELSE false END)")


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in POLICIES:
        op.execute(f"DROP POLICY reader ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}")


def _cases(speaker: str, staff: str) -> str:
    """What is the same for both stands there once: the planner plans each by itself."""
    everything = f"WHEN {STANDING} = 'everything' THEN true"
    if speaker == staff:
        return f"{everything} WHEN {STANDING} IN ('conversation', 'staff') THEN {staff}"
    return f"{everything} WHEN {STANDING} = 'conversation' THEN {speaker} WHEN {STANDING} = 'staff' THEN {staff}"
