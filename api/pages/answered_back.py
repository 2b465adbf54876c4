"""What was promised to a speaker and what became of it, and the copy of their words: the same for both doors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from api.access import Opened
from api.pages.display import look_of
from api.pages.rendering import Pages, translator_for
from api.services.catalog import Catalog
from api.services.replies import answers_back, copies

# promise and version of each answer that stood on the page
Seen = Annotated[Sequence[str], Form(max_length=64)]


@dataclass(frozen=True)
class AnsweredBack:
    """`home` is where the speaker's pages live: /pupil, or /parent/{token}."""

    request: Request
    session: Session
    opened: Opened
    pages: Pages
    catalog: Catalog
    door: str
    home: str

    def show(self) -> Response:
        translator = translator_for(self.request, chosen=self.opened.conversation.language)
        told = answers_back.told(self.session, self.opened, self.catalog.promises, translator)
        return self.pages.show("speaking/answers.html", translator, told=told, **self._frame("answers"))

    def seen(self, shown: Sequence[str]) -> Response:
        """By a button and not by looking: phones and chat programs open links by themselves."""
        answers_back.mark_told(self.session, self.opened, _versions(shown))
        return RedirectResponse(f"{self.home}/talk", 303)

    def copy(self) -> Response:
        translator = translator_for(self.request, chosen=self.opened.conversation.language)
        copy = copies.copy_of(self.session, self.opened, self.catalog.promises, translator)
        back = f"{self.home}/talk"
        return self.pages.show("speaking/copy.html", translator, copy=copy, back=back, **self._frame("copy"))

    def _frame(self, page: str) -> dict[str, Any]:
        return {"door": self.door, "home": self.home, "look": look_of(self.opened, self.home, page)}


def way_in(session: Session, opened: Opened, home: str) -> RedirectResponse:
    """Where somebody who arrives goes: what was promised to them comes before anything else."""
    first = "answers" if answers_back.comes_first(session, opened) else "talk"
    return RedirectResponse(f"{home}/{first}", 303)


def _versions(shown: Sequence[str]) -> Mapping[int, int]:
    pairs = (each.partition("-") for each in shown)
    return {int(promise): int(version) for promise, _, version in pairs if promise.isdecimal() and version.isdecimal()}
