"""Writes the language model card, docs/nlu-card.md, with its pictures: `make nlu-report`.

    python -m tests.bench._nlu_report [--bench [NAME ...]]

With --bench the benchmarks named, or all of them, are measured anew (all: twenty minutes; needs the benchmark data). The figures
of the others, and without it of all, are those of the last time, from docs/nlu-bench.jsonl.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlu.model import NluPaths, ensure_model
from tests.bench import _nlu_facts as facts
from tests.bench import _nlu_intents as intents
from tests.bench._lines import PROJECT
from tests.bench._nlu_texts import FACTS, INTRODUCTION, LIMITS

_DOCS, _DATA = PROJECT / "docs", PROJECT / "tests" / "data"
_KEPT = _DOCS / "nlu-bench.jsonl"
_BENCHES = ("understanding", "quantities", "banking77", "clinc150", "parse")
#: Name of a split, its file, and what it is for. The first gives the tables and pictures by intent.
_SPLITS = (
    ("test", "intents_test.jsonl", "every intent alike, written apart from training and from other scenarios; measured only"),
    ("validation", "intents_valid.jsonl", "as the test split; thresholds and settings are chosen on it"),
    (
        "owners, test",
        "understanding_test.jsonl",
        "a fair sample of what owners of every trade write; measured only, never read",
    ),
    ("owners, validation", "understanding_valid.jsonl", "as the other, by later hands; what to believe of the facts is chosen on it"),
    ("ordinary day, test", "ordinary_test.jsonl", "mostly short messages by two strangers, facts alone; measured only, never read"),
    ("ordinary day, validation", "ordinary_valid.jsonl", "as the other, by two more; their mistakes were read, and limits chosen on them"),
)
_OWNERS_TEST = "owners, test"
_ABOUT = {name: about for name, _, about in _SPLITS}


def main(arguments: list[str]) -> None:
    """Writes the card and its pictures."""
    if arguments[:1] == ["--bench"]:
        _measure(arguments[1:] or _BENCHES)
    splits = {name: list(_messages(file)) for name, file, _ in _SPLITS}
    paths = NluPaths.of(PROJECT)
    model = ensure_model(paths, lambda line: print(line, file=sys.stderr))
    guessed = {name: asyncio.run(intents.ask(paths, model, rows)) for name, rows in splits.items() if "intent" in rows[0]}
    noted = {name: facts.note(rows) for name, rows in splits.items() if "facts" in rows[0]}
    drawn = intents.pictures(guessed["test"]) | {"nlu-facts.svg": facts.picture(noted[_OWNERS_TEST])}
    for name, picture in drawn.items():
        (_DOCS / name).write_text(picture, "utf-8")
    size = f"The model archive is {model.stat().st_size / 1e6:.1f} MB."
    (_DOCS / "nlu-card.md").write_text("\n".join(_card(guessed, noted, paths, size)) + "\n", "utf-8")


def _measure(names: Sequence[str]) -> None:
    lines = _KEPT.read_text("utf-8").splitlines(keepends=True) if _KEPT.exists() else []
    kept = {name: "".join(line for line in lines if json.loads(line)["bench"] == name) for name in _BENCHES}
    for name in names:
        kept[name] = _bench(name)
        _KEPT.write_text("".join(kept.values()), "utf-8")


def _bench(name: str) -> str:
    command = [sys.executable, "-m", "tests.bench", name]
    return subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.PIPE, encoding="utf-8").stdout


def _messages(name: str) -> Iterator[dict[str, Any]]:
    for line in (_DATA / name).read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if row["text"].strip() and row.get("intent", "none labelled"):
            yield row


def _card(
    guessed: Mapping[str, Sequence[intents.Guessed]], noted: Mapping[str, Sequence[facts.Noted]], paths: NluPaths, size: str
) -> Iterator[str]:
    held = guessed["test"]
    yield from (INTRODUCTION, "", "## Targets", "", *_targets(), "", size, "")
    yield from ("## Data", "", *intents.training(paths.data), "", facts.labelled(), "")
    yield from ("## Intents", "", *intents.results(guessed, _ABOUT), "")
    yield from ("By intent, on the first test split:", "", *intents.by_intent(held), "")
    yield from ("### What is taken for what, and how sure it is", "", "On the first test split.", *intents.mistakes(held), "")
    yield from ("### Out of scope", "", *intents.outside(held), "")
    yield from ("## Facts", "", FACTS, "", *facts.results(noted, _ABOUT, intents.LANGUAGES), "")
    yield from ("Which facts, in the owners' test split:", "", "![facts](nlu-facts.svg)", "")
    yield LIMITS


def _targets() -> Iterator[str]:
    """What was asked of it and what the benchmarks printed, as kept."""
    if not _KEPT.exists():
        yield "Not measured yet: `make nlu-report ARGS=--bench`."
        return
    yield from ("| benchmark | figure | value | target | beside |", "|---|---|---|---|---|")
    for line in map(json.loads, _KEPT.read_text("utf-8").splitlines()):
        target = "" if line["target"] is None else f"{line['target']:g} {'reached' if line['ok'] else 'missed'}"
        yield f"| {line['bench']} | {line['figure']} | {line['value']:g} {line['unit']} | {target} | {line['versus'] or ''} |"


if __name__ == "__main__":
    main(sys.argv[1:])
