"""Reads one file as the bot does, from a process small enough that what it starts can be measured.

The kernel counts as a child's peak also what its parent held when it was started: a large benchmark would see itself.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from datetime import date
from pathlib import Path

from nlu.uploads.document import UnreadableError
from nlu.uploads.isolation import read_isolated


def main(path: str, today: str) -> None:
    """One line of JSON: whether facts were found, the sentence if it was refused, the seconds, and the reader's peak in MB."""
    content = Path(path).read_bytes()
    start = time.perf_counter()
    found, sentence = False, None
    try:
        found = bool(asyncio.run(read_isolated(content, "x", date.fromisoformat(today))).facts)
    except UnreadableError as error:
        sentence = [error.sentence.zh, error.sentence.en]
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"found": found, "sentence": sentence, "seconds": took, "peak": peak}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
