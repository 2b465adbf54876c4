"""Only api.access selects, changes or deletes what somebody said: the rule reads the code of everything else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.models import WORDS

API = Path(__file__).parents[2] / "api"
MAY = ("access", "migrations", "models")
MODELS = {table.__name__ for table in WORDS}
TABLES = "|".join(str(table.__tablename__) for table in WORDS)
# writing a new row is no look at another's: `session.add` and `insert` are free
LOOKS = {
    "select",
    "update",
    "delete",
    "exists",
    "aliased",
    "get",
    "get_one",
    "join",
    "outerjoin",
    "select_from",
    "query",
}
SQL = re.compile(rf'\b(from|join|update|into|table)\s+"?({TABLES})\b', re.IGNORECASE)


def faults(source: str) -> Iterator[int]:
    """Lines in which words are selected."""
    tree = ast.parse(source)
    named = _names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (_selects(node, named) or _is_raw(node)):
            yield node.lineno


def _names(tree: ast.Module) -> set[str]:
    """The models, and what the module calls them."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    taken = (name for node in imports for name in node.names if name.name in MODELS)
    return MODELS | {name.asname for name in taken if name.asname}


def _selects(call: ast.Call, named: set[str]) -> bool:
    if _name(call.func) not in LOOKS:
        return False
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return any(_name(node) in named for argument in given for node in ast.walk(argument))


def _is_raw(call: ast.Call) -> bool:
    given = [node for argument in call.args for node in ast.walk(argument)]
    texts = [node.value for node in given if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return _name(call.func) in {"text", "execute", "exec_driver_sql"} and any(SQL.search(each) for each in texts)


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def elsewhere() -> list[Path]:
    return [file for file in sorted(API.rglob("*.py")) if file.relative_to(API).parts[0] not in MAY]


@pytest.mark.parametrize("file", elsewhere(), ids=lambda file: file.relative_to(API).as_posix())
def test_nothing_but_access_selects_words(file: Path) -> None:
    assert list(faults(file.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "bad",
    [
        "session.exec(select(Turn))",
        "select(Turn.id, Turn.text)",
        "select(func.max(models.Turn.ordinal))",
        "select(Pupil).join(Conversation, col(Conversation.pupil_id) == Pupil.id)",
        "session.get(Summary, conversation_id)",
        "session.get_one(entity=Alert, ident=1)",
        "session.exec(delete(Shown).where(col(Shown.id) == 1))",
        "update(Promise).values(words='')",
        "from api.models import Turn as Said\nselect(Said)",
        "session.connection().execute(text('SELECT words FROM alert'))",
        "connection.exec_driver_sql('update \"turn\" set text = 1')",
    ],
)
def test_the_rule_finds(bad: str) -> None:
    assert list(faults(bad))


@pytest.mark.parametrize(
    "good",
    [
        "session.add(Turn(id='a'))",
        "session.exec(insert(Shown), params=messages)",
        "session.get_one(StaffMember, conversation.started_by_id)",
        "access.turns_in(session, opened)",
        "content.get('turn')",
        "text('SELECT count(*) FROM school')",
    ],
)
def test_the_rule_lets_pass(good: str) -> None:
    assert not list(faults(good))
