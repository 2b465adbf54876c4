"""What makes the product an app on a tablet: its manifest, its service worker, and the page that stands while the line
is gone. And the quiet page for somebody who wants to hide what they write, where no script runs.
"""

import json
from functools import cache
from hashlib import sha256
from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.pages.doors import ParentDep, TabletDep
from api.pages.rendering import STATIC, Pages, PagesDep, static_address, translator_for

router = APIRouter(include_in_schema=False)

# what the page that stands while the line is gone is made of
KEPT_ON_THE_DEVICE = (
    "base.css",
    "speaking.css",
    "picking.css",
    "letterbox.css",
    "icon.svg",
    "icons.svg",
    "quiet.svg",
    "speaking/offline.js",
    "speaking/device.js",
)
# their modules, which they name without a fingerprint
MODULES = ("hide", "letterbox", "sealing", "sending", "store")


@router.get("/sw.js")
async def service_worker() -> Response:
    """From the root: a worker serves what lies beneath it. Browsers ask for it anew by themselves."""
    return Response(_worker(), media_type="text/javascript", headers={"Service-Worker-Allowed": "/"})


@router.get("/manifest.webmanifest")
async def manifest() -> Response:
    """It opens where the conversation stands, and asks for a number where none does."""
    icons = [{"src": static_address("icon.svg"), "sizes": "any", "type": "image/svg+xml"}]
    icons += [_png(size) for size in (192, 512)]
    content = {
        "name": "Pupil Voice",
        "short_name": "Pupil Voice",
        "id": "/pupil",
        "start_url": "/pupil",
        "scope": "/",
        "display": "standalone",
        "background_color": "#eef4f2",
        "theme_color": "#f6f4ef",
        "icons": icons,
    }
    return JSONResponse(content, media_type="application/manifest+json")


@router.get("/offline")
async def while_the_line_is_gone(
    request: Request, pages: PagesDep, language: str | None = None, door: Literal["pupil", "parent"] = "pupil"
) -> Response:
    """Kept by the service worker, in each language that was asked for. It holds nobody's words."""
    return pages.show("speaking/offline.html", translator_for(request, chosen=language), door=door)


@router.get("/pupil/hide")
async def quiet_page_on_tablet(request: Request, opened: TabletDep, pages: PagesDep) -> Response:
    return _quiet(request, pages, opened.conversation.language, "/pupil/talk")


@router.get("/parent/{token}/hide")
async def quiet_page_by_link(token: str, request: Request, opened: ParentDep, pages: PagesDep) -> Response:
    return _quiet(request, pages, opened.conversation.language, f"/parent/{token}/talk")


def _quiet(request: Request, pages: Pages, language: str, back: str) -> Response:
    return pages.show("speaking/quiet.html", translator_for(request, chosen=language), back=back)


def _png(size: int) -> dict[str, str]:
    return {"src": static_address(f"icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}


@cache
def _worker() -> str:
    """The names of the files carry their fingerprints, so that a new version of one is a new worker."""
    files = [static_address(name) for name in KEPT_ON_THE_DEVICE]
    modules = [static_address(f"speaking/{name}.js") for name in MODULES]
    script = (STATIC / "speaking/service-worker.js").read_text("utf-8")
    version = sha256("\n".join((*files, *modules, script)).encode()).hexdigest()[:10]
    return f"const KEPT = {json.dumps({'version': version, 'files': files, 'modules': modules})};\n{script}"
