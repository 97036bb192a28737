"""Owners' messages after a question that they do not answer.

Most messages of the sets are written to nobody's question; the advisor nearly always has one open. Put before a message that tells its own
things, a question changes nothing of what it states: without such lessons too much is made of what was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from nlu.linking.labels import Labelled, aligned
from nlu.linking.view import View

#: In the names of the sets that owners' messages are in.
OWNERS = "owners"
#: Of the messages that may, so many get a question.
_SHARE = 0.5
#: A message of fewer Chinese characters might answer the question; of more where nothing or not every figure is a fact by itself.
_LONG, _LONG_WITH_LOOSE_ENDS = 12, 20
_LETTERS_A_CHARACTER = 2


def asked_by_chance(known: Sequence[tuple[Labelled, View]], *, seed: int) -> Iterator[tuple[int, Labelled]]:
    """The places of some messages that were not asked, with each after a question, drawn as often as it is asked in the sets."""
    chance = np.random.default_rng(seed)
    questions = [message.asking for message, _ in known if message.asking is not None and OWNERS in message.source]
    for at, (message, view) in enumerate(known):
        alone = message.asking is None and not message.open and OWNERS in message.source
        if alone and chance.random() < _SHARE and _tells(message, view):
            yield at, replace(message, asking=questions[int(chance.integers(len(questions)))])


def _tells(message: Labelled, view: View) -> bool:
    """Whether a message is long enough to tell its own things."""
    loose = not message.facts or "" in aligned(message, view.quantities)
    length = len(message.text) // (_LETTERS_A_CHARACTER if message.language == "en" else 1)
    return length >= (_LONG_WITH_LOOSE_ENDS if loose else _LONG)
