"""Ports are checked before anything starts: else a stranger on the same port would answer our health check."""

from __future__ import annotations

import socket

from deploy.local.progress import Stop

LOOPBACK = "127.0.0.1"
USUAL_BOT_PORT = 5005


def must_be_free(port: int, name: str) -> int:
    if is_free(port):
        return port
    raise Stop(f"Port {port} is in use by another program. Stop it, or choose another port: make run {name}={port + 1}")


def bot_port(chosen: int | None) -> int:
    """Nobody types the bot's port, so without a choice any free one will do."""
    if chosen:
        return must_be_free(chosen, "BOT_PORT")
    return USUAL_BOT_PORT if is_free(USUAL_BOT_PORT) else _any_free()


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
