"""What can be refused, and how the asker is told.

    Refusal
     ├─ NotSignedIn WrongSignIn NotHandedOver WrongCode WrongPin TooManyAttempts   who are you
     │  SecondFactorNeeded WrongSecondFactor ProviderFailed NotOnTheStaff
     │  WordNeeded WrongWord
     ├─ NotFound LinkNotOpen Withdrawn NotAllowed NotToBeReached CrossSite         not for you
     ├─ EmptyTurn TooLong TooLarge Malformed TurnIdTaken UnknownLanguage Unfit     what you sent
     └─ NoFont NotMade Broken                                                      our fault

Each has a status and a code. A page says the sentence that the catalog has for the code; JSON gets the code.
"""

from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

RefusalPage = Callable[[Request, "Refusal"], Response]


class Refusal(Exception):
    status = 500
    code = "broken"
    # where a browser is sent instead of being shown a refusal
    elsewhere: str | None = None

    def __init__(self) -> None:
        super().__init__(self.code)

    def told(self) -> dict[str, str | int]:
        return {"error": self.code}


class NotSignedIn(Refusal):
    status, code, elsewhere = 401, "not_signed_in", "/staff/sign-in"


class NoSchoolYet(Refusal):
    """Nobody can sign in before the first school is set up."""

    status, code, elsewhere = 404, "not_found", "/staff/set-up"


class WrongSignIn(Refusal):
    status, code = 401, "wrong_sign_in"


class SecondFactorNeeded(NotSignedIn):
    """The password was right; the code of the second factor is still to come."""

    elsewhere = "/staff/sign-in/code"


class WrongSecondFactor(Refusal):
    status, code = 401, "wrong_second_factor"


class ProviderFailed(Refusal):
    """The school's identity provider was not reached, or what came back is not from it."""

    status, code = 502, "provider_failed"


class NotOnTheStaff(Refusal):
    """The identity provider knows the person; no school here does."""

    status, code = 403, "not_on_the_staff"


class NotHandedOver(Refusal):
    status, code, elsewhere = 401, "not_handed_over", "/pupil/code"


class WrongCode(Refusal):
    status, code = 403, "wrong_code"


class WrongPin(Refusal):
    status, code = 403, "wrong_pin"


class WordNeeded(Refusal):
    """A link that opens only with the word that the family agreed with the school."""

    status, code = 401, "word_needed"

    def __init__(self, elsewhere: str) -> None:
        super().__init__()
        self.elsewhere = elsewhere


class WrongWord(Refusal):
    status, code = 403, "wrong_word"


class TooManyAttempts(Refusal):
    status, code = 429, "too_many_attempts"

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds

    def told(self) -> dict[str, str | int]:
        return {"error": self.code, "seconds": self.seconds}


class NotFound(Refusal):
    """Also what belongs to somebody else: a stranger must not learn that it exists."""

    status, code = 404, "not_found"


class LinkNotOpen(Refusal):
    """Wrong, expired and revoked look the same from outside."""

    status, code = 404, "link_not_open"


class Withdrawn(Refusal):
    """The conversation was taken back as a whole: told only to those who could have read it."""

    status, code = 410, "withdrawn"


class NotAllowed(Refusal):
    status, code = 403, "not_allowed"


class NotToBeReached(NotAllowed):
    """A carer to whom nothing may or can be sent. `fault`: "left", "not_agreed" (lives apart, and no safeguarding lead
    has agreed), "stopped" (asked for no more text messages) or "no_address".
    """

    def __init__(self, fault: str) -> None:
        super().__init__()
        self.fault = fault


class CrossSite(Refusal):
    status, code = 403, "cross_site"


class EmptyTurn(Refusal):
    status, code = 422, "empty"


class TooLong(Refusal):
    status, code = 422, "too_long"


class TooLarge(Refusal):
    status, code = 413, "too_large"


class Malformed(Refusal):
    status, code = 422, "malformed"


class TurnIdTaken(Refusal):
    """The id was used before for other words, here or elsewhere."""

    status, code = 409, "turn_id_taken"


class UnknownLanguage(Refusal):
    status, code = 422, "unknown_language"


class Unfit(Refusal):
    """A form that cannot be taken as it stands. `fault` is a code: the page says its sentence beside the form."""

    status, code = 422, "unfit"

    def __init__(self, fault: str) -> None:
        super().__init__()
        self.fault = fault

    def told(self) -> dict[str, str | int]:
        return {"error": self.code, "fault": self.fault}


class NoFont(Refusal):
    """The machine has no font for the letters of a language: better no document than empty boxes in one."""

    status, code = 503, "no_font"


class NotMade(Refusal):
    """A document that is too long to be set, or takes too long."""

    status, code = 503, "not_made"


class Broken(Refusal):
    pass


def wants_json(request: Request) -> bool:
    asked_for = request.headers.get("accept", "")
    sent = request.headers.get("content-type", "")
    return "text/html" not in asked_for and ("json" in asked_for or "json" in sent)


def answer(request: Request, refusal: Refusal, page: RefusalPage) -> Response:
    response = _told(request, refusal, page)
    if isinstance(refusal, TooLarge):
        response.headers["Connection"] = "close"  # the rest of the body is never read
    return response


def _told(request: Request, refusal: Refusal, page: RefusalPage) -> Response:
    if wants_json(request):
        return JSONResponse(refusal.told(), refusal.status)
    if refusal.elsewhere:
        return Response(status_code=303, headers={"Location": refusal.elsewhere})
    return page(request, refusal)


def register(app: FastAPI, page: RefusalPage) -> None:
    """One place where errors become answers; the framework's own errors become ours first."""

    def refused(request: Request, error: Exception) -> Response:
        return answer(request, error if isinstance(error, Refusal) else _as_refusal(error), page)

    for kind in (Refusal, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, refused)


def _as_refusal(error: Exception) -> Refusal:
    if isinstance(error.__cause__, Refusal):  # the framework calls whatever happens to a form a bad request
        return error.__cause__
    if isinstance(error, RequestValidationError):
        is_address = any(fault["loc"][0] == "path" for fault in error.errors())
        return NotFound() if is_address else Malformed()
    if isinstance(error, HTTPException) and error.status_code < 500:
        return {400: Malformed, 413: TooLarge}.get(error.status_code, NotFound)()
    return Broken()
