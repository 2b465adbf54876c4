"""The pages before somebody is signed in: the door itself, and what it says when it stays shut."""

from typing import Any

from fastapi import Request, Response

from api.errors import Refusal, TooManyAttempts
from api.i18n import Translator
from api.identity import IdentityProviders
from api.pages.rendering import pages_of, translator_for


def identity_providers(request: Request) -> IdentityProviders:
    found: IdentityProviders = request.app.state.identity_providers
    return found


def show_door(request: Request, language: str = "", email: str = "", refusal: Refusal | None = None) -> Response:
    providers = identity_providers(request).offered.values()
    return show_before(request, "sign_in", translator_for(request, chosen=language), refusal, email=email,
                       providers=providers)  # fmt: skip


def show_before(
    request: Request, template: str, translator: Translator, refusal: Refusal | None = None, **things: Any
) -> Response:
    return pages_of(request).show(
        f"staff/{template}.html",
        translator,
        refusal.status if refusal else 200,
        fault=refusal.code if refusal else None,
        seconds=refusal.seconds if isinstance(refusal, TooManyAttempts) else 0,
        **things,
    )
