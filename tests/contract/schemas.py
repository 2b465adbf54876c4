"""The contract's JSON Schemas, ready to check a document with."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

HERE = Path(__file__).parent


def schema(name: str) -> dict[str, Any]:
    """`turn`, `reply`, `summary` or `export`; the reply's carries the summary's, so that no resolver is needed."""
    document: dict[str, Any] = json.loads((HERE / f"{name}.schema.json").read_text(encoding="utf-8"))
    if name == "reply":
        document["$defs"]["summary"] = schema("summary")
    return document


def complaints(name: str, document: object) -> list[str]:
    """What is wrong with the document, as `path: sentence`; empty when it keeps the contract."""
    errors = Draft202012Validator(schema(name)).iter_errors(document)
    return [f"{error.json_path}: {error.message}" for error in errors]
