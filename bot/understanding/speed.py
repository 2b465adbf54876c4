"""Speed and memory of understanding on one core, everything on: `python -m understanding.speed [--model M] [FILES]`."""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import sys
import time
from pathlib import Path

from understanding.__main__ import LONGEST_TEXT
from understanding.archive import load_reader, newest_model
from understanding.concepts import load_concepts
from understanding.evaluation import MESSAGES, read_rows
from understanding.reading import Reader

HOSTILE = {
    "one letter, 100 kB": "a" * 100_000,
    "emoji": "😢" * 5_000,
    "digits": "7" * 5_000,
    "ten scripts": "abc żółw это أنا میں ਮੈਨੂੰ আমি 我不 नहीं ไม่ " * 150,
    "nested repeats": "(a+)+$" * 1_300,
    "one word again and again": "no " * 2_600,
    "ordinary words, 8,000 letters": "i dont like the noise at lunch so nobody sits with me and i hide in the toilets. "
    * 99,
}


def figures(model: Path, files: list[Path]) -> dict[str, float | dict[str, float]]:
    begun = time.process_time()
    gc.disable()
    reader = load_reader(model)
    load_concepts().read_all()
    gc.freeze()
    gc.enable()
    loaded = time.process_time() - begun
    texts = [row["text"] for path in files for row in read_rows(path)]
    random.Random(0).shuffle(texts)  # noqa: S311 - so that the languages come mixed
    begun = time.process_time()
    for text in texts:
        reader.tags(text)
    took = time.process_time() - begun
    return {
        "messages": len(texts),
        "messages_a_second": round(len(texts) / took, 1),
        "load_seconds": round(loaded, 2),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, 1),
        "hostile_ms": {name: _milliseconds(reader, text) for name, text in HOSTILE.items()},
    }


def _milliseconds(reader: Reader, text: str) -> float:
    begun = time.process_time()
    reader.tags(text[:LONGEST_TEXT])
    return round(1000 * (time.process_time() - begun), 1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="understanding.speed", description=__doc__)
    parser.add_argument("--model", type=Path, help="a folder or a Rasa archive; default: the newest in bot/models")
    parser.add_argument("files", type=Path, nargs="*", default=sorted(MESSAGES.glob("*.jsonl")))
    chosen = parser.parse_args()
    sys.stdout.write(json.dumps(figures(chosen.model or newest_model(), chosen.files), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
