"""`make understand`: JSON lines in, the same with tags out; one line for each, in order, at once."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from pathlib import Path
from typing import Any

from understanding.archive import load_reader, newest_model
from understanding.concepts import load_concepts
from understanding.errors import ModelError
from understanding.reading import Reader

LONGEST_TEXT = 8000  # code points, as at the bot's door; of a longer text so much is read


class LineError(ValueError):
    """Its message is the code that goes out instead of tags."""


def tagged(line: bytes, reader: Reader) -> dict[str, Any]:
    try:
        message = _message(line)
        text = message["text"][:LONGEST_TEXT]
        tags = reader.tags(text, language=message.get("language"), speaker=message.get("speaker"))
        return {**message, **tags}
    except LineError as problem:
        return {"id": _id_of(line), "error": str(problem)}
    except Exception as problem:  # a line in is a line out, whatever happens
        print(f"a message could not be read: {type(problem).__name__}", file=sys.stderr)
        return {"id": _id_of(line), "error": "failed"}


def _message(line: bytes) -> dict[str, Any]:
    message = _parsed(line)
    if not isinstance(message, dict):
        raise LineError("not_an_object")
    if not isinstance(message.get("text"), str):
        raise LineError("no_text")
    if any(not isinstance(message.get(name), (str, type(None))) for name in ("language", "speaker")):
        raise LineError("bad_field")
    return message


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise LineError("not_json") from None


def _id_of(line: bytes) -> Any:
    try:
        message = _parsed(line)
    except LineError:
        return None
    return message.get("id") if isinstance(message, dict) else None


def main() -> int:
    parser = argparse.ArgumentParser(prog="understanding", description=__doc__)
    parser.add_argument("--model", type=Path, help="a folder or a Rasa archive; default: the newest in bot/models")
    chosen = parser.parse_args().model
    gc.disable()  # while all that stays is read
    try:
        reader = load_reader(chosen or newest_model())
    except ModelError as problem:
        print(problem, file=sys.stderr)
        return 1
    load_concepts().read_all()
    gc.freeze()
    gc.enable()
    for line in sys.stdin.buffer:
        # Escaped, for a text may hold half a surrogate pair, which UTF-8 cannot carry.
        sys.stdout.write(json.dumps(tagged(line, reader), ensure_ascii=True) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
