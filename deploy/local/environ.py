"""The environment variables that child processes get: ours, without what would confuse them."""

from __future__ import annotations

import os
import sys

# School and council networks inspect TLS with a certificate of their own, which only the system's bundle knows.
CA_BUNDLES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem")

# A foreign environment's settings; and without bytecode the bot's imports take three times as long.
DROPPED = (
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONDONTWRITEBYTECODE",
    "MAKEFLAGS",
    "MAKELEVEL",
)


def environ(**more: str) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if name not in DROPPED}
    if sys.platform == "darwin" or any(map(os.path.exists, CA_BUNDLES)):
        ours.setdefault("UV_SYSTEM_CERTS", "1")
    return {**ours, "PYTHONUNBUFFERED": "1", **more}
