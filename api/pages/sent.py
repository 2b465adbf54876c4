"""A turn as a browser sends it: a plain form, or JSON from a script."""

import json
from typing import Any

from fastapi import Request
from pydantic import ValidationError
from starlette.datastructures import FormData

from api.errors import Malformed
from api.services.talk.turns import Said
from api.services.talk.words import clean

PLAIN = ("turn", "kind", "text", "asked", "waited")  # fields that have one value


async def read_said(request: Request) -> Said:
    is_json = "json" in request.headers.get("content-type", "")
    return _checked(_from_json(await request.body()) if is_json else _from_form(await request.form()))


def said_in(form: FormData) -> Said:
    """Of a form that did not come as a request of its own."""
    return _checked(_from_form(form))


def _checked(fields: dict[str, Any]) -> Said:
    # cleaned before it is validated: a lone half of a character is not a string to pydantic
    fields["text"] = clean(fields["text"]) if isinstance(fields.get("text"), str) else fields.get("text") or ""
    fields["kind"] = fields.get("kind") or ("choose" if fields.get("choices") else "say")
    try:
        return Said.model_validate(fields)
    except (ValidationError, UnicodeEncodeError):
        raise Malformed from None


def _from_json(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(content, dict):
        raise Malformed
    return content


def _from_form(form: FormData) -> dict[str, Any]:
    """Buttons send `choices`, sorted cards one field each, wishes one a line; the line of a read-back comes as
    target_turn, target_start, target_end.
    """
    fields: dict[str, Any] = {name: form[name] for name in PLAIN if form.get(name)}
    cards = [value for name, value in form.multi_items() if name.startswith("card-")]
    fields["choices"] = [*form.getlist("choices"), *(cards if not form.getlist("choices") else ())]
    wishes = [wish.strip() for wish in form.getlist("wish") if isinstance(wish, str)]
    fields.setdefault("text", "\n".join(filter(None, wishes)))
    if form.get("target_turn"):
        fields["target"] = {part: form.get(f"target_{part}") for part in ("turn", "start", "end")}
    return fields
