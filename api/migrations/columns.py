"""Columns as the models name them, so that a migration stays short and can be undone on any database."""

import sqlalchemy as sa


def key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer)


def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=f"pk_{table}")


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def link(table: str, name: str, to: str, *, on_delete: str | None = None, optional: bool = False) -> sa.Column[object]:
    kind: type[sa.String] | type[sa.Integer] = sa.String if to in {"conversation", "turn"} else sa.Integer
    target = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{name}", ondelete=on_delete)
    return sa.Column(name, kind, target, nullable=optional)


def words(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=optional)


def number(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=optional)


def moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def day(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Date, nullable=False)


def flag(name: str, *, default: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.true() if default else sa.false())


def content(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=optional)
