"""To the school's own identity provider and back. The way back comes from another site, so the strict cookie of staff
is neither there nor sent on by a redirect: a page of ours stands in between and leads on.
"""

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from api.errors import NotFound, NotOnTheStaff, ProviderFailed
from api.identity import Flow, Identity, Provider
from api.pages.doors import DatabaseDep, SettingsDep, keep_staff
from api.pages.rendering import translator_for
from api.pages.staff.devices import DeviceDep
from api.pages.staff.door import identity_providers, show_before, show_door
from api.pages.staff.landing import landing
from api.services.people import providers
from api.settings import Settings

router = APIRouter(prefix="/sign-in/with")
COOKIE = "flow"  # what the browser takes along; lax, because it has to come back from another site


@router.get("/{code}")
async def leave(request: Request, settings: SettingsDep, code: str) -> Response:
    """By a link, not a form: browsers hold forms to our own address (form-action), redirects included."""
    provider, flow = _offered(request, code), Flow()
    try:
        address = await identity_providers(request).address(provider, flow)
    except ProviderFailed as refusal:
        return show_door(request, refusal=refusal)
    response = RedirectResponse(address, 303)
    _keep_flow(response, flow, provider, settings)
    return response


@router.get("/{provider_code}/back")
async def come_back(
    request: Request,
    settings: SettingsDep,
    database: DatabaseDep,
    device: DeviceDep,
    provider_code: str,
    state: str = Query("", max_length=400),
    code: str = Query("", max_length=4000),
) -> Response:
    provider = _offered(request, provider_code)
    try:
        identity = await _identify(request, settings, provider, state, code)
        token, staff = await run_in_threadpool(providers.come_in, database, identity, device)
    except (ProviderFailed, NotOnTheStaff) as refusal:
        response = show_door(request, refusal=refusal)
    else:
        translator = translator_for(request, chosen=staff.language)
        response = show_before(request, "came_back", translator, onwards=landing(staff.role))
        keep_staff(response, token, settings)
    response.delete_cookie(COOKIE, path=f"/staff/sign-in/with/{provider.code}")
    return response


async def _identify(request: Request, settings: Settings, provider: Provider, state: str, code: str) -> Identity:
    sealed = request.cookies.get(COOKIE, "")
    flow = providers.opened_flow(sealed, provider, state, settings.secret.get_secret_value())
    return await identity_providers(request).identify(provider, flow, code)


def _offered(request: Request, code: str) -> Provider:
    provider = identity_providers(request).offered.get(code)
    if provider is None:
        raise NotFound
    return provider


def _keep_flow(response: Response, flow: Flow, provider: Provider, settings: Settings) -> None:
    response.set_cookie(
        COOKIE,
        providers.sealed_flow(flow, provider, settings.secret.get_secret_value()),
        int(providers.FLOW_LASTS.total_seconds()),
        path=f"/staff/sign-in/with/{provider.code}",
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )
