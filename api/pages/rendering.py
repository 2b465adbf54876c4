"""Templates to responses: one environment and one set of translators for the whole product."""

from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from api.i18n import Translator, Translators, build_environment, read_languages
from api.settings import Settings

HERE = Path(__file__).parent.parent
STATIC = HERE / "static"


class Pages:
    def __init__(self, translators: Translators, environment: Environment) -> None:
        self.translators = translators
        self._environment = environment
        environment.globals.update(static=static_address, face=face, card_drawing=card_drawing)

    def render(self, template: str, translator: Translator, **context: Any) -> str:
        speech = {**translator.for_templates(), "languages": self.translators.offered}
        return self._environment.get_template(template).render({**speech, **context})

    def show(self, template: str, translator: Translator, status: int = 200, **context: Any) -> HTMLResponse:
        page = self.render(template, translator, **context)
        return HTMLResponse(page, status, {"Content-Language": translator.language.tag})


@cache
def static_address(name: str) -> str:
    """Carries a fingerprint, so that a browser may keep the file and still sees a change at once."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


@lru_cache(maxsize=256)  # bounded: some codes come from outside
def face(code: str) -> str | None:
    """The drawing of a feeling, if `code` is one that was drawn."""
    kind, _, name = code.partition(":")
    drawing = f"faces/{name}.svg"
    return drawing if kind == "feeling" and (STATIC / drawing).exists() else None


@lru_cache(maxsize=256)
def card_drawing(code: str) -> str | None:
    """The drawing of a card to sort; `code` may say where it was put (`card:noise.hard`)."""
    kind, _, name = code.partition(":")
    drawing = f"cards/{name.partition('.')[0]}.svg"
    return drawing if kind == "card" and (STATIC / drawing).exists() else None


@lru_cache(maxsize=256)
def topic_drawing(code: str) -> str | None:
    """Who does not read yet chooses what to talk about by these."""
    kind, _, name = code.partition(":")
    drawing = f"topics/{name}.svg"
    return drawing if kind == "topic" and (STATIC / drawing).exists() else None


def build_pages(settings: Settings) -> Pages:
    languages = read_languages(settings.interview_data / "languages.yml")
    return Pages(Translators(languages, settings.translations), _environment())


@cache
def _environment() -> Environment:
    """Compiling the templates takes longest of all at start; every app of a process has the same."""
    return build_environment([HERE / "templates"])


def pages_of(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


def browser_languages(request: Request) -> str:
    return request.headers.get("accept-language", "")


def translator_for(request: Request, *, chosen: str | None = None, recorded: str | None = None) -> Translator:
    """Also noted on the request, so that a refusal further on is told in the same language."""
    translators = pages_of(request).translators
    translator = translators.choose(chosen=chosen, recorded=recorded, accepted=browser_languages(request))
    request.state.language = translator.language.code
    return translator


async def _pages(request: Request) -> Pages:
    """Async, as the small dependencies of doors.py, because the framework gives every other one a thread."""
    return pages_of(request)


PagesDep = Annotated[Pages, Depends(_pages)]
