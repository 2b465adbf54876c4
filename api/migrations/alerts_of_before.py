"""Alerts as they were stored when their words still stood in the turn only, completed from there."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

ASKING = ("question", "scaffold", "readback")


def alerts_of_before(connection: sa.Connection) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of `alert` and of `alert_acknowledgement` as migration 0005 makes these tables."""
    tables = sa.MetaData()
    names = ("alert", "alert_acknowledgement", "turn", "shown", "conversation", "pupil")
    tables.reflect(connection, only=names)
    acknowledgements = [dict(row) for row in connection.execute(sa.select(tables.tables[names[1]])).mappings()]
    alerts = connection.execute(sa.select(tables.tables["alert"])).mappings()
    return [_completed(connection, tables, dict(alert)) for alert in alerts.all()], acknowledgements


def _completed(connection: sa.Connection, tables: sa.MetaData, alert: dict[str, Any]) -> dict[str, Any]:
    turn = _row(connection, tables.tables["turn"], alert["turn_id"])
    held = _row(connection, tables.tables["conversation"], alert["conversation_id"])
    pupil = _row(connection, tables.tables["pupil"], held["pupil_id"])
    before = _asked_before(connection, tables, turn)
    question = next((row for row in before if row["id"] == turn["asked_shown_id"]), None)
    return {
        **alert,
        "school_id": pupil["school_id"],
        "pupil_id": pupil["id"],
        "pupil_name": pupil["name"],
        "pupil_year": pupil["year"],
        **{name: held[name] for name in ("audience", "relation", "place", "present", "kept_from_id")},
        "words": turn["text"],
        "picked": [_picked(code, question) for code in turn["choices"]],
        "language": turn["language"],
        "question": {name: question[name] for name in ("text", "language", "choices")} if question else None,
        "asked_before": [
            {"text": row["text"], "language": row["language"], "at": _utc(row["received_at"])} for row in before
        ],
        "adult_id": pupil["trusted_adult_id"],
        "said_at": turn["received_at"],
    }


def _row(connection: sa.Connection, table: sa.Table, key: Any) -> dict[str, Any]:
    return dict(connection.execute(sa.select(table).where(table.c.id == key)).mappings().one())


def _asked_before(connection: sa.Connection, tables: sa.MetaData, turn: dict[str, Any]) -> list[dict[str, Any]]:
    shown, turns = tables.tables["shown"], tables.tables["turn"]
    asked = (
        sa.select(shown, turns.c.received_at)
        .join(turns, shown.c.turn_id == turns.c.id)
        .where(shown.c.conversation_id == turn["conversation_id"])
        .where(shown.c.kind.in_(ASKING))
        .where(turns.c.ordinal < turn["ordinal"])
        .order_by(shown.c.id)
    )
    return [dict(row) for row in connection.execute(asked).mappings()]


def _utc(moment: datetime) -> str:
    """SQLite forgets the zone; what is stored is UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def _picked(code: str, question: dict[str, Any] | None) -> dict[str, Any]:
    texts = {choice["code"]: choice["text"] for choice in question["choices"]} if question else {}
    return {"code": code, "text": texts.get(code, ""), "language": question["language"] if question else ""}
