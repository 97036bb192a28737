"""Trains the network that reads messages: `python -m nlu.linking.training.encoder [SET ...]`.

From the pretrained one that takes an hour and a half on one core. With names of sets, the network that is there goes on with
their messages, and with as many others so that it forgets nothing. It needs PyTorch and the package that carries the pretrained network
(requirements/encoder.txt), which nothing else here does. It learns from all messages but those of the sets apart; afterwards
`python -m nlu.linking.training` fits what weighs it with the rest.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

import nlu.linking.encoder
from nlu.linking.encoder.hear import MODEL, PIECES, asked_as_text, encoder, pieces_of
from nlu.linking.encoder.network import unpacked
from nlu.linking.encoder.pieces import Cutter, vocabulary_from
from nlu.linking.labels import APART, UNSURE, Labelled, aligned, digest, messages
from nlu.linking.training import pretrained, tuning
from nlu.linking.training.__main__ import beside, read
from nlu.linking.training.asked import OWNERS, asked_by_chance
from nlu.linking.view import View
from nlu.linking.words.statements import fact_of, given, statements

#: Statements made less often than this are left to the rules.
_MADE_AT_LEAST = 5
#: First everything, names of trades and short statements among it; in the end only whole messages as owners write them.
_ALL, _WHOLE = tuning.Round(epochs=5, rate=2e-4), tuning.Round(epochs=3, rate=1e-4)
#: For what comes later.
_MORE = tuning.Round(epochs=2, rate=5e-5)
Known = tuple[Labelled, View]
Names = tuple[str, ...]
_OUT = Path(str(resources.files(nlu.linking.encoder)))


def main(sets: Sequence[str]) -> None:
    """Trains the network, or lets it go on with the sets named. Raises SystemExit for a set that there is not."""
    torch.set_num_threads(1)
    found = messages()
    if strange := [name for name in sets if name in APART or all(message.source != name for message in found)]:
        raise SystemExit(f"no set to learn from: {', '.join(strange)}")
    packed = pretrained.image()
    pieces = pretrained.vocabulary(packed)
    known = [(message, read(message)[1]) for message in found if message.source not in APART]
    known += [(message, read(message)[1]) for message in beside(found)]
    before = encoder() if sets else None
    facts, said, stand = (before.facts, before.statements, before.given) if before else _names(known)
    words = vocabulary_from(pieces)
    cutter = Cutter(words)

    def lessons(items: Sequence[Known], seed: int) -> list[tuning.Lesson]:
        asked = dict(enumerate(items)) | {at: (message, read(message)[1]) for at, message in asked_by_chance(items, seed=seed)}
        return [_lesson(message, view, cutter, (words.start, words.end), facts, (*said, *stand)) for message, view in asked.values()]

    pupil = tuning.Pupil(
        unpacked(pieces["halves"], pieces["steps"]),
        pieces,
        [pretrained.layer(packed, at) for at in range(pretrained.LAYERS)],
        (len(facts), len(said) + len(stand)),
    )
    if before:
        with np.load(_OUT / MODEL, allow_pickle=False) as learnt:
            tuning.resume(pupil, learnt)
        tuning.teach(pupil, lessons(_among(known, sets, seed=2), 2), _MORE, seed=2)
    else:
        tuning.teach(pupil, lessons(known, 0), _ALL)
        tuning.teach(pupil, lessons([item for item in known if OWNERS in item[0].source], 1), _WHOLE, seed=1)
    _write(pieces, pupil, facts, said, stand)


def _among(known: Sequence[Known], sets: Sequence[str], *, seed: int) -> list[Known]:
    """The messages of the sets, and as many other owners' by chance."""
    new = [item for item in known if item[0].source in sets]
    others = [item for item in known if OWNERS in item[0].source and item[0].source not in sets]
    picked = np.random.default_rng(seed).permutation(len(others))[: len(new)]
    return [*new, *(others[at] for at in picked)]


def _write(pieces: Mapping[str, Any], pupil: tuning.Pupil, facts: Names, said: Names, stand: Names) -> None:
    learnt = tuning.as_arrays(pupil)
    names = (("facts", facts), ("statements", said), ("given", stand), ("trained_on", (digest(apart=False),)))
    learnt |= {name: _text(lines) for name, lines in names}
    np.savez_compressed(_OUT / PIECES, **{name: array for name, array in pieces.items() if name not in learnt})
    np.savez_compressed(_OUT / MODEL, **learnt)


def _names(known: Sequence[Known]) -> tuple[Names, Names, Names]:
    """Every fact that a figure fills, the empty name for none first; the statements that are made, and the facts given, often enough."""
    facts = {name for message, view in known for name in aligned(message, view.quantities) if name != UNSURE}
    made = Counter(said for message, _ in known for said in statements(message.facts))
    stand = Counter(said for message, _ in known for said in given(message.facts))
    return tuple(sorted(facts | {""})), _often(made), _often(stand)


def _often(made: Counter[str]) -> Names:
    return tuple(sorted(said for said, times in made.items() if times >= _MADE_AT_LEAST))


def _lesson(
    message: Labelled, view: View, cutter: Cutter, ends: tuple[int, int], facts: Sequence[str], said: Sequence[str]
) -> tuning.Lesson:
    asked = asked_as_text(message.asking)
    cut = cutter.cut(asked + view.norm)
    last = min(len(cut.pieces), pretrained.PIECES_AT_MOST - len(ends))
    spans = [(len(asked) + quantity.start, len(asked) + quantity.end) for quantity in view.quantities]
    rows = [tuple(pieces_of(cut, span, 0, last)) for span in spans]
    of_figures = [
        facts.index(fact) if at and fact != UNSURE else -1 for fact, at in zip(aligned(message, view.quantities), rows, strict=True)
    ]
    stated = statements(message.facts) | given(message.facts)
    sure = np.array([item in stated or fact_of(item) not in message.tolerated for item in said], dtype=np.float32)
    return tuning.Lesson(
        pieces=(ends[0], *cut.pieces[:last], ends[1]),
        rows=tuple(at or (0,) for at in rows),
        facts=tuple(of_figures),
        stated=tuple(said.index(item) for item in sorted(stated) if item in said),
        sure=sure,
    )


def _text(lines: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


if __name__ == "__main__":
    main(sys.argv[1:])
