"""What a person is told when a whole page is refused: one sentence in their language, at the proper status."""

from fastapi import Request, Response

from api.errors import Refusal
from api.pages.rendering import pages_of, translator_for

DOORS = ("pupil", "parent")


def refusal_page(request: Request, refusal: Refusal) -> Response:
    chosen = request.query_params.get("language") or getattr(request.state, "language", None)
    translator = translator_for(request, chosen=chosen)
    door = request.url.path.split("/")[1]
    return pages_of(request).show(
        "speaking/refusal.html",
        translator,
        refusal.status,
        door=door if door in DOORS else "staff",
        code=refusal.code,
        back=_way_back(request, refusal),
    )


def _way_back(request: Request, refusal: Refusal) -> str | None:
    """To the page that the form stood on. Where nothing is open there is nowhere to go back to."""
    path = request.url.path
    if refusal.code == "link_not_open" or (refusal.code == "withdrawn" and not path.startswith("/staff")):
        return None
    if path.startswith("/parent/") and "/talk" in path:
        return path[: path.index("/talk") + len("/talk")]
    return {"pupil": "/pupil/talk", "staff": "/staff"}.get(path.split("/")[1])
