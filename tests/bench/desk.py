"""How long staff wait for their pages in a school with 5,000 conversations, and against one with 50."""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
from sqlmodel import Session, col, func, select

from api import schema
from api.database import Database
from api.main import create_app
from api.models import Absence, Conversation, StaffMember
from api.pages.doors import STAFF_COOKIE, STAFF_PATH
from api.services import demo
from api.services.people import signing_in
from api.settings import Settings
from tests.api.serving import Serving
from tests.bench import crowd
from tests.bench.figures import percentile

SMALL, LARGE = 50, 5000
TIMES = 30  # each page
AT_MOST = 150  # ms, 95 of 100 requests
LEAD = "lead@demo.example"
SECRET = "a secret of the bench"


@dataclass(frozen=True)
class Waits:
    """Milliseconds."""

    p50: float
    p95: float


def measured() -> dict[str, dict[str, dict[str, float]]]:
    """By the page, then by the number of conversations in the school."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for conversations in (SMALL, LARGE):
        with tempfile.TemporaryDirectory(prefix="pupil-voice-bench-") as folder:
            for page, waits in _in_a_school_with(conversations, Path(folder)).items():
                found.setdefault(page, {})[str(conversations)] = asdict(waits)
    return found


def _in_a_school_with(conversations: int, folder: Path) -> dict[str, Waits]:
    serving = Serving()
    url = f"sqlite:///{folder / 'pupil-voice.db'}"
    database = Database(url)
    schema.upgrade(database)
    client, pages = _prepared(database, serving.address, conversations)
    # no "test": what the product does with memory at its start counts here
    serving.start(create_app(Settings(environment="development", database_url=url, public_url=serving.address)))
    try:
        return {page: _timed(lambda address=address: client.get(address), page) for page, address in pages.items()}
    finally:
        client.close()
        serving.stop()
        database.close()


def _prepared(database: Database, address: str, conversations: int) -> tuple[httpx.Client, dict[str, str]]:
    with database.writing() as session:
        demo.prepare(session, SECRET)
        lead = session.exec(select(StaffMember).where(StaffMember.email == LEAD)).one()
    crowd.fill(database, lead, conversations)
    with database.writing() as session:
        token = signing_in.start_session(session, lead)
        pages = _addresses(session)
    client = httpx.Client(base_url=address, headers={"accept": "text/html"}, trust_env=False, timeout=60)
    client.cookies.set(STAFF_COOKIE, token, domain=client.base_url.host, path=STAFF_PATH)
    return client, pages


def _addresses(session: Session) -> dict[str, str]:
    finished = (
        select(Conversation).where(Conversation.state == "finished").order_by(col(Conversation.created_at).desc())
    )
    newest = session.exec(finished.limit(1)).one()
    absence = session.exec(select(func.min(Absence.id)).where(col(Absence.accounted_at).is_(None))).one()
    pupil, conversation = f"/staff/pupils/{newest.pupil_id}", f"/staff/conversations/{newest.id}"
    return {
        "what cannot wait": "/staff/attention",
        "inbox": "/staff/inbox",
        "pupils": "/staff/pupils",
        "a pupil": pupil,
        "both voices": f"{pupil}/voices",
        "a summary": f"{conversation}/summary",
        "a conversation": conversation,
        "promises": "/staff/promises",
        "alerts": "/staff/alerts",
        "themes": "/staff/themes",
        "audit": "/staff/audit",
        "not here today": "/staff/today",
        "an absence": f"/staff/absences/{absence}",
        "tasks": "/staff/tasks",
        "messages": "/staff/messages",
        "calendar": "/staff/calendar?whose=all",
        "a family": f"{pupil}/family",
        "a pupil's rhythm": f"{pupil}/rhythm",
    }


def _timed(ask: Callable[[], httpx.Response], page: str) -> Waits:
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        answer = ask()
        times.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{page}: {answer.status_code}")
    print(f"{page}: {percentile(times, 50):.0f} ms", file=sys.stderr, flush=True)
    return Waits(percentile(times[1:], 50), percentile(times[1:], 95))
