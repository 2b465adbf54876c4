"""The one exchange with a school's own identity provider (OpenID Connect): code flow with PKCE, state and nonce.
Nothing here knows who is on the staff.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # type: ignore[import-untyped]
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ConfigDict

from api.errors import ProviderFailed
from api.security import new_token
from api.settings import Settings

log = logging.getLogger(__name__)

MICROSOFT = "https://login.microsoftonline.com/{tenant}/v2.0"
GOOGLE = "https://accounts.google.com"
SIGNATURES = ["RS256", "PS256", "ES256"]  # never "none", nor a shared secret
CLOCKS_DIFFER = 60  # seconds, at most
ANSWER_WITHIN = 10.0  # seconds
REFUSED = (httpx.HTTPError, JoseError, AuthlibBaseError, ValueError)  # not reached, or not what it should be


@dataclass(frozen=True)
class Provider:
    code: str  # in our addresses
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    domain: str = ""  # Google: the school's own, where others must not come in

    def address_vouched_for(self, claims: dict[str, Any]) -> str | None:
        """The e-mail address that the provider answers for. Microsoft lets each organisation write anything into
        `email`, so there the name counts with which the person signs in: its domain has to be proved.
        """
        if self.code == "microsoft":
            return _lower(claims.get("preferred_username"))
        if self.domain and claims.get("hd") != self.domain:
            return None
        return _lower(claims.get("email")) if claims.get("email_verified") is True else None


@dataclass(frozen=True)
class Flow:
    """What the browser takes along and has to bring back unchanged."""

    state: str = field(default_factory=new_token)
    nonce: str = field(default_factory=new_token)
    verifier: str = field(default_factory=new_token)


@dataclass(frozen=True)
class Identity:
    issuer: str
    subject: str
    email: str | None  # lower case; None: the provider does not vouch for one


class _Answer(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True, extra="ignore", frozen=True)


class _Metadata(_Answer):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class _Tokens(_Answer):
    id_token: str
    access_token: str | None = None


def providers_of(settings: Settings) -> list[Provider]:
    """Those that this installation has a client id for."""
    microsoft = MICROSOFT.format(tenant=settings.oidc_microsoft_tenant.lower())
    found = (
        ("microsoft", "Microsoft", microsoft, settings.oidc_microsoft_client_id, settings.oidc_microsoft_client_secret),
        ("google", "Google", GOOGLE, settings.oidc_google_client_id, settings.oidc_google_client_secret),
        ("other", settings.oidc_name, settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret),
    )
    domains = {"google": settings.oidc_google_domain.lower()}
    return [
        Provider(code, name, issuer, client_id, secret.get_secret_value(), domains.get(code, ""))
        for code, name, issuer, client_id, secret in found
        if client_id
    ]


class IdentityProviders:
    """Everything that goes wrong with a provider is a ProviderFailed."""

    def __init__(self, providers: Iterable[Provider], public_url: str) -> None:
        self.offered = {provider.code: provider for provider in providers}
        self._public_url = public_url.rstrip("/")

    def came_back_at(self, provider: Provider) -> str:
        """The redirect address, to be registered with the provider."""
        return f"{self._public_url}/staff/sign-in/with/{provider.code}/back"

    async def address(self, provider: Provider, flow: Flow) -> str:
        """Where the browser is sent."""
        try:
            async with _client() as client:
                metadata = await _metadata(client, provider)
        except REFUSED as error:
            raise _failed(provider, error) from None
        address: str = prepare_grant_uri(
            metadata.authorization_endpoint,
            provider.client_id,
            "code",
            self.came_back_at(provider),
            "openid email profile",
            flow.state,
            nonce=flow.nonce,
            code_challenge=create_s256_code_challenge(flow.verifier),
            code_challenge_method="S256",
        )
        return address

    async def identify(self, provider: Provider, flow: Flow, code: str) -> Identity:
        """Whom the code that came back stands for."""
        try:
            async with _client() as client:
                metadata = await _metadata(client, provider)
                tokens = await self._tokens(client, metadata.token_endpoint, provider, flow, code)
                keys = KeySet.import_key_set(await _get(client, metadata.jwks_uri))
            claims = _validated(tokens.id_token, tokens.access_token, keys, provider, flow)
        except REFUSED as error:
            raise _failed(provider, error) from None
        return Identity(provider.issuer, claims["sub"], provider.address_vouched_for(claims))

    async def _tokens(
        self, client: httpx.AsyncClient, endpoint: str, provider: Provider, flow: Flow, code: str
    ) -> _Tokens:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.came_back_at(provider),
            "code_verifier": flow.verifier,
            "client_id": provider.client_id,
            "client_secret": provider.client_secret,
        }
        answer = await client.post(endpoint, data=form, headers={"Accept": "application/json"})
        return _Tokens.model_validate(answer.raise_for_status().json())


def _client() -> httpx.AsyncClient:
    """Made for each exchange, which are few. A school's proxy, named in the environment, may be the only way out."""
    return httpx.AsyncClient(timeout=ANSWER_WITHIN)


async def _metadata(client: httpx.AsyncClient, provider: Provider) -> _Metadata:
    found = await _get(client, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    metadata = _Metadata.model_validate(found)
    if metadata.issuer != provider.issuer:
        raise ValueError("another issuer")
    return metadata


async def _get(client: httpx.AsyncClient, address: str) -> Any:
    answer = await client.get(address)
    return answer.raise_for_status().json()


def _validated(id_token: str, access_token: str | None, keys: KeySet, provider: Provider, flow: Flow) -> dict[str, Any]:
    token = jwt.decode(id_token, keys, algorithms=SIGNATURES)
    expected = {"iss": provider.issuer, "aud": provider.client_id}
    required = {name: {"essential": True, "value": value} for name, value in expected.items()}
    asked = {"nonce": flow.nonce, "client_id": provider.client_id, "access_token": access_token}
    CodeIDToken(token.claims, token.header, required, asked).validate(leeway=CLOCKS_DIFFER)
    if not isinstance(token.claims["sub"], str) or not token.claims["sub"]:
        raise ValueError("no subject")
    return token.claims


def _failed(provider: Provider, error: Exception) -> ProviderFailed:
    """The error's own sentence may hold what came back; its type does not."""
    log.warning("signing in with %s: %s", provider.code, type(error).__name__)
    return ProviderFailed()


def _lower(claim: object) -> str | None:
    return claim.strip().lower() if isinstance(claim, str) else None
