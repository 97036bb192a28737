"""Trains the linear models and the trees from the labelled messages of this room: `python -m nlu.linking.training`.

The linear models learn from all messages but those of the sets apart. The trees learn from these, beside the scores of linear models and
of a network (`python -m nlu.linking.training.encoder`, seldom needed) that have not seen them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

import nlu.linking
from nlu.linking.encoder.hear import encoder
from nlu.linking.labels import APART, Labelled, digest, idle, messages, trades
from nlu.linking.model import MODEL, judge_to_arrays, to_arrays
from nlu.linking.training import figures, rest, words
from nlu.linking.training.asked import asked_by_chance
from nlu.linking.view import View
from nlu.mentions import Extraction, by_rules

#: The labels were written on this day.
LABELLED_ON = date(2026, 11, 21)


def main() -> None:
    found, learnt_from = messages(), digest(apart=True)
    seen = [(message, *read(message)) for message in found if message.source not in APART]
    apart = [(message, *read(message)) for message in found if message.source in APART]
    beside_questions = asked_by_chance([(message, view) for message, _, view in apart], seed=0)
    apart += [(message, *read(message)) for _, message in beside_questions]
    linked, told = [figures.example(*rules) for rules in seen], [words.told(*rules) for rules in seen]
    told += [words.told(message, *read(message)) for message in beside(found)]
    _write(to_arrays(figures.fit(linked, [figures.example(*rules) for rules in apart], encoder(), learnt_from)), "figures")
    _write(to_arrays(words.fit(told, [words.told(*rules) for rules in apart], encoder(), learnt_from)), "words")
    _write(judge_to_arrays(rest.fit(apart, encoder(), learnt_from)), "rest")


def beside(found: tuple[Labelled, ...]) -> list[Labelled]:
    """Names of trades, and messages that state nothing."""
    known = {message.text for message in found}
    return [*(words.trade(*trade) for trade in trades()), *(words.idle(text) for text in idle() if text not in known)]


def read(message: Labelled) -> tuple[Extraction, View]:
    """What the rules make of a message."""
    return by_rules(message.text, today=LABELLED_ON, asking=message.asking)


def _write(arrays: Mapping[str, Any], room: str) -> None:
    np.savez_compressed(Path(nlu.linking.__file__).parent / room / MODEL, **arrays)


if __name__ == "__main__":
    main()
