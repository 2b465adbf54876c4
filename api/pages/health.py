from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.agent import Agent
from api.pages.doors import DatabaseDep

router = APIRouter()


@router.get("/health")
async def health(request: Request, database: DatabaseDep) -> JSONResponse:
    """200 once a turn can be served."""
    agent: Agent = request.app.state.agent
    try:
        api = "ok" if await run_in_threadpool(database.answers) else "not ready"
    except SQLAlchemyError:
        api = "not ready"
    bot = "ok" if await agent.is_ready() else "not ready"
    return JSONResponse({"api": api, "bot": bot}, 200 if api == bot == "ok" else 503)
