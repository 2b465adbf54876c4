import pytest
from pydantic import SecretStr, ValidationError

from api.settings import Settings

PUBLIC = "https://voice.school.test"
LONG = SecretStr("x" * 32)


def test_production_starts_with_a_long_secret_and_https() -> None:
    assert Settings(environment="production", bot_secret=LONG, public_url=PUBLIC).secure_cookies


@pytest.mark.parametrize("secret", ["", "short", "for-development-only"])
def test_production_refuses_a_short_or_known_secret(secret: str) -> None:
    with pytest.raises(ValidationError):
        Settings(environment="production", bot_secret=SecretStr(secret), public_url=PUBLIC)


def test_production_refuses_plain_http() -> None:
    with pytest.raises(ValidationError):
        Settings(environment="production", bot_secret=LONG)


def test_a_refusal_does_not_print_the_secret() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(environment="production", bot_secret=SecretStr("hunter2"), public_url=PUBLIC)
    assert "hunter2" not in str(refused.value)
