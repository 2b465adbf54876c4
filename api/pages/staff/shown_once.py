"""A secret that staff pass on is kept as a hash only, so it can be shown just once: it travels from the form to the
page after it in a cookie that the page takes away again. Loading that page again shows nothing.
"""

from fastapi import Request, Response

from api.settings import Settings

COOKIE = "shown_once"
SECONDS = 120


def keep_for_next_page(response: Response, secret: str, path: str, settings: Settings) -> None:
    response.set_cookie(
        COOKIE, secret, SECONDS, path=path, httponly=True, samesite="strict", secure=settings.secure_cookies
    )


def kept(request: Request) -> str | None:
    return request.cookies.get(COOKIE)


def take_away(response: Response, path: str, settings: Settings) -> None:
    response.delete_cookie(COOKIE, path=path, httponly=True, samesite="strict", secure=settings.secure_cookies)
