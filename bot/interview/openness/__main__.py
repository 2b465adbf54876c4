"""`make openness`: JSON lines {id, lang, text} in, {id, form, reasons} out; one line for each, in order, at once."""

from __future__ import annotations

import json
import sys
from typing import Any

from interview.openness.checking import check


def judged(line: bytes) -> dict[str, Any]:
    try:
        prompt = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return {"id": None, "error": "not_json"}
    if not isinstance(prompt, dict):
        return {"id": None, "error": "not_an_object"}
    if not isinstance(prompt.get("text"), str) or not isinstance(prompt.get("lang"), str):
        return {"id": prompt.get("id"), "error": "bad_field"}
    verdict = check(prompt["text"], prompt["lang"])
    return {"id": prompt.get("id"), "form": verdict.form, "reasons": list(verdict.reasons)}


def main() -> int:
    for line in sys.stdin.buffer:
        # Escaped, for a text may hold half a surrogate pair, which UTF-8 cannot carry.
        sys.stdout.write(json.dumps(judged(line)) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
