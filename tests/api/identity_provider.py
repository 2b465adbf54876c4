"""A real identity provider in a thread, and somebody who signs in there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from oidc_provider_mock import run_server_in_thread


@dataclass(frozen=True)
class IdentityProvider:
    issuer: str

    def knows(self, subject: str, **claims: Any) -> None:
        httpx.put(f"{self.issuer}/users/{subject}", json=claims, trust_env=False).raise_for_status()

    def signs_in(self, address: str, subject: str) -> str:
        """Where the browser is sent back to."""
        answer = httpx.post(address, data={"sub": subject}, trust_env=False)
        assert answer.status_code in (302, 303), answer.text
        return answer.headers["location"]


@contextmanager
def identity_provider() -> Iterator[IdentityProvider]:
    with run_server_in_thread() as server:
        yield IdentityProvider(f"http://localhost:{server.server_port}")


def sent(address: str, name: str) -> str:
    """One thing of the query of an address."""
    return parse_qs(urlsplit(address).query)[name][0]
