"""Read once, at start. Everything that differs between two schools' machines is here."""

import re
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.machine_translation import is_own_server

ROOT = Path(__file__).parent.parent
DEVELOPMENT_SECRET = "for-development-only"  # noqa: S105 - refused in production
SHORTEST_SECRET = 32
TENANT = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PUPIL_VOICE_", frozen=True, hide_input_in_errors=True)

    environment: Literal["development", "test", "production"] = "development"
    database_url: str = "sqlite:///data/pupil-voice.db"
    bot_url: str = "http://127.0.0.1:5005"
    bot_secret: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    secret: SecretStr = SecretStr(DEVELOPMENT_SECRET)  # seals second factors and signs what leaves and comes back
    bot_timeout: float = Field(default=10.0, gt=0)  # seconds that a person waits before they are told so
    public_url: str = "http://127.0.0.1:8000"
    # e-mail; without a host none is sent, and the pages say so
    mail_host: str = ""
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_security: Literal["none", "starttls", "tls"] = "starttls"
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_from: str = "pupil-voice@localhost"
    # minutes until an alert that no lead has acknowledged is sent again, and sent to more people
    alert_repeated_after: float = Field(default=10, gt=0)
    alert_escalated_after: float = Field(default=15, gt=0)
    unscreened_told_after: float = Field(
        default=2, gt=0
    )  # minutes that words may wait for the bot until staff are told
    # text messages and WhatsApp; without a provider none are sent or taken, and the pages say so
    text_provider: Literal["", "twilio"] = ""
    text_account: str = ""
    text_token: SecretStr = SecretStr("")
    text_number: str = ""  # E.164, or a messaging service of the provider
    whatsapp_number: str = ""  # E.164
    text_api_url: str = "https://api.twilio.com"
    # the school's own translation server (LibreTranslate); empty: nothing is ever translated by a machine
    translate_url: str = ""
    translate_key: SecretStr | None = None
    # signing in with the school's own identity provider; each is offered once its client id is set
    oidc_microsoft_tenant: str = ""  # the school's own, as its directory id
    oidc_microsoft_client_id: str = ""
    oidc_microsoft_client_secret: SecretStr = SecretStr("")
    oidc_google_client_id: str = ""
    oidc_google_client_secret: SecretStr = SecretStr("")
    oidc_google_domain: str = ""  # the school's own, to keep out accounts of others
    oidc_name: str = "OpenID Connect"  # any other provider
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    interview_data: Path = ROOT / "bot" / "data" / "interview"
    translations: Path = ROOT / "translations"

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")

    @field_validator("translate_url")
    @classmethod
    def _is_own_server(cls, url: str) -> str:
        if url and not is_own_server(url):
            raise ValueError("PUPIL_VOICE_TRANSLATE_URL must start with https://, or lead to this machine.")
        return url

    @field_validator("text_api_url")
    @classmethod
    def _is_private(cls, url: str) -> str:
        if not is_own_server(url):
            raise ValueError("PUPIL_VOICE_TEXT_API_URL must start with https://, or lead to this machine.")
        return url

    @model_validator(mode="after")
    def _texting_is_complete(self) -> Self:
        """Half set up it would lose messages without a word."""
        has_number = self.text_number or self.whatsapp_number
        if self.text_provider and not (self.text_account and self.text_token.get_secret_value() and has_number):
            raise ValueError("PUPIL_VOICE_TEXT_PROVIDER needs an account, a token, and a number for one channel.")
        return self

    @model_validator(mode="after")
    def _providers_are_the_schools_own(self) -> Self:
        """Microsoft's "common" and "organizations" would let in anybody who has an account anywhere."""
        if self.oidc_microsoft_client_id and not TENANT.fullmatch(self.oidc_microsoft_tenant):
            raise ValueError("PUPIL_VOICE_OIDC_MICROSOFT_TENANT must be the school's directory (tenant) ID.")
        if self.oidc_client_id and not self.oidc_issuer.startswith(("https://", "http://localhost:")):
            raise ValueError("PUPIL_VOICE_OIDC_ISSUER must start with https://.")
        return self

    @model_validator(mode="after")
    def _production_is_not_development(self) -> Self:
        if self.environment != "production":
            return self
        for name in ("bot_secret", "secret"):
            if len(getattr(self, name).get_secret_value()) < SHORTEST_SECRET:
                variable = f"PUPIL_VOICE_{name.upper()}"
                raise ValueError(f"{variable} needs at least {SHORTEST_SECRET} characters in production.")
        if not self.secure_cookies:
            raise ValueError("PUPIL_VOICE_PUBLIC_URL must start with https:// in production.")
        return self
