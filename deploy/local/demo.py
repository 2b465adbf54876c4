"""The demo school that `make run` prints at the end: three addresses and who signs in where."""

from __future__ import annotations

import json
from typing import Any

from deploy.local.processes import Command, output
from deploy.local.progress import Stop


async def prepare_demo(command: Command) -> dict[str, Any]:
    """What `api.cli demo --json` wrote: the school with its three addresses, fresh for this run."""
    written = await output(command)
    if written is None:
        raise Stop("The demo school could not be prepared; the lines above say why.")
    prepared: dict[str, Any] = json.loads(written)
    return prepared


def describe(demo: dict[str, Any]) -> str:
    lines = [
        "",
        f"Pupil Voice is ready, with a demo school: {demo['school']}",
        "",
        f"  Pupil's tablet   {demo['pupil']}    code {demo['pupil_code']}",
        f"  Parent's link    {demo['parent']}",
        f"  Staff            {demo['staff']}",
        *_sign_ins(demo["staff_sign_ins"]),
        "",
        "Ctrl-C stops everything.",
        "",
    ]
    return "\n".join(lines)


def _sign_ins(people: list[dict[str, str]]) -> list[str]:
    width = max((len(person["email"]) for person in people), default=0)
    return [
        f"      {person['email']:<{width}}  password {person['password']}"
        f"  {'PIN ' + person['pin'] + '  ' if person.get('pin') else ''}({person['role'].replace('_', ' ')})"
        for person in people
    ]
