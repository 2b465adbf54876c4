from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from api.settings import Settings

LONG = SecretStr("x" * 32)
PRODUCTION: dict[str, Any] = {
    "environment": "production",
    "bot_secret": LONG,
    "secret": LONG,
    "public_url": "https://voice.school.test",
}
TENANT = "11111111-2222-3333-4444-555555555555"


def test_production_starts_with_long_secrets_and_https() -> None:
    assert Settings(**PRODUCTION).secure_cookies


@pytest.mark.parametrize("name", ["bot_secret", "secret"])
@pytest.mark.parametrize("secret", ["", "short", "for-development-only"])
def test_production_refuses_a_short_or_known_secret(name: str, secret: str) -> None:
    with pytest.raises(ValidationError):
        Settings(**{**PRODUCTION, name: SecretStr(secret)})


def test_production_refuses_plain_http() -> None:
    with pytest.raises(ValidationError):
        Settings(**{**PRODUCTION, "public_url": "http://voice.school.test"})


def test_a_refusal_does_not_print_the_secret() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(**{**PRODUCTION, "secret": SecretStr("hunter2")})
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("tenant", ["", "common", "organizations", "consumers", "school.test"])
def test_microsoft_is_offered_for_the_schools_own_directory_only(tenant: str) -> None:
    assert Settings(oidc_microsoft_client_id="a client", oidc_microsoft_tenant=TENANT)
    with pytest.raises(ValidationError):
        Settings(oidc_microsoft_client_id="a client", oidc_microsoft_tenant=tenant)


@pytest.mark.parametrize("issuer", ["", "http://issuer.test"])
def test_a_provider_over_plain_http_is_refused(issuer: str) -> None:
    with pytest.raises(ValidationError):
        Settings(oidc_client_id="a client", oidc_issuer=issuer)
