"""Read once, at start. Everything that differs between two schools' machines is here."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parent.parent
DEVELOPMENT_SECRET = "for-development-only"  # noqa: S105 - refused in production
SHORTEST_SECRET = 32


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PUPIL_VOICE_", frozen=True, hide_input_in_errors=True)

    environment: Literal["development", "test", "production"] = "development"
    database_url: str = "sqlite:///data/pupil-voice.db"
    bot_url: str = "http://127.0.0.1:5005"
    bot_secret: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    secret: SecretStr = SecretStr(DEVELOPMENT_SECRET)  # seals second factors and signs what leaves and comes back
    bot_timeout: float = Field(default=10.0, gt=0)  # seconds that a person waits before they are told so
    public_url: str = "http://127.0.0.1:8000"
    interview_data: Path = ROOT / "bot" / "data" / "interview"
    translations: Path = ROOT / "translations"

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")

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
