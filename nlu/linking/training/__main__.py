"""Trains both models from the labelled messages of this room: `python -m nlu.linking.training [--measure]`.

A linear model over phrases is fitted first; trees then learn from its scores, each given by a model that had not seen the message.
With `--measure` it prints what models make of messages left out of their training, five folds in turn, and writes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

import nlu.linking
from nlu.linking.labels import UNTUNED, Labelled, idle, messages, trades
from nlu.linking.measure import Count
from nlu.linking.model import MODEL, LinkModel, to_arrays
from nlu.linking.training import figures, words
from nlu.linking.training.fitting import FOLDS
from nlu.linking.view import View
from nlu.mentions import Extraction, by_rules, second_look

#: The labels were written on this day.
LABELLED_ON = date(2026, 11, 21)


def main() -> None:
    found, digest = messages()
    read = [(message, *_by_rules(message)) for message in found]
    linked = [figures.example(*rules) for rules in read]
    told = [words.told(*rules) for rules in read]
    known = {message.text for message in found}
    beside = [*(words.trade(*trade) for trade in trades()), *(words.idle(text) for text in idle() if text not in known)]
    more = [words.told(message, *_by_rules(message)) for message in beside]
    if "--measure" in sys.argv:
        _measure(linked, told, more)
        return
    _write(figures.fit(linked, digest), "figures")
    _write(words.fit([*told, *more], digest), "words")


def _by_rules(message: Labelled) -> tuple[Extraction, View]:
    return by_rules(message.text, today=LABELLED_ON, asking=message.asking)


def _write(model: LinkModel, room: str) -> None:
    np.savez_compressed(Path(nlu.linking.__file__).parent / room / MODEL, **to_arrays(model))


def _measure(linked: Sequence[figures.Example], told: Sequence[words.Told], more: Sequence[words.Told]) -> None:
    """What the rules make of the messages, and what they and models that had not seen the messages make of them together."""
    rules, both = [], []
    for fold in range(FOLDS):
        rest = [at for at in range(len(linked)) if at % FOLDS != fold]
        fitted = figures.fit([linked[at] for at in rest], ""), words.fit([*(told[at] for at in rest), *more], "")
        for item in linked[fold::FOLDS]:
            looked = second_look(item.extraction, item.view, item.message.text, today=LABELLED_ON, models=fitted)
            rules.append((item.message, Count.of(item.message, item.extraction.facts)))
            both.append((item.message, Count.of(item.message, looked.facts)))
    for name, counts in (("rules", rules), ("both", both)):
        untuned = sum((count for message, count in counts if message.source in UNTUNED), Count())
        print(f"{name}: {sum((count for _, count in counts), Count())}; where no rule was written for: {untuned}", file=sys.stderr)


if __name__ == "__main__":
    main()
