"""A school's own translation server, by LibreTranslate's interface. Off unless an address is set.

The only place that sends words out of the product. The server must be the school's own: on this machine, or reached
over https.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

TIMEOUT = 5.0  # seconds


class NoTranslation(Exception):
    """The server did not answer in time, refused, or does not know the language."""


class MachineTranslation:
    def __init__(self, url: str, key: SecretStr | None = None) -> None:
        self._address = url.rstrip("/") + "/translate"
        self._key = key

    def translate(self, text: str, source: str, target: str) -> str:
        """Languages are ISO 639-1 codes. Raises NoTranslation, which carries no word of the text."""
        asked = {"q": text, "source": source, "target": target, "format": "text"}
        if self._key is not None:
            asked["api_key"] = self._key.get_secret_value()
        try:
            answer = httpx.post(self._address, json=asked, timeout=TIMEOUT, trust_env=False, follow_redirects=False)
            translated = answer.raise_for_status().json()["translatedText"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            raise NoTranslation from None
        if not isinstance(translated, str) or not translated.strip():
            raise NoTranslation
        return translated


def is_own_server(url: str) -> bool:
    """Words of a child are sent there: over https, or without leaving the machine."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and _is_this_machine(parts.hostname or "")


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
