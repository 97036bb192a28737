"""Drops what the rules read where the whole message makes it unlikely. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.facts import Mention
from nlu.linking.encoder.hear import Heard
from nlu.linking.model import Judge
from nlu.linking.rest.places import Read, place, unweighed
from nlu.linking.view import View

#: Below this probability a fact is dropped, and below this one an answer to the question asked: whoever answers is not asked again.
DROPS, DROPS_ASKED = 0.7, 0.3


def probable(judge: Judge, view: View, heard: Heard, ruled: Sequence[Mention], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """`mentions` without what the rules read and is unlikely, of what nothing else weighs. What is the whole message stands."""
    read = Read(view, heard, tuple(ruled))
    open_ones = [mention for mention in unweighed(read) if not view.is_all(mention.start, mention.end)]
    likely = judge.trees.probabilities([place(read, mention) for mention in open_ones]) if open_ones else []
    dropped = [mention for mention, probability in zip(open_ones, likely, strict=True) if probability < _least(view, mention)]
    return tuple(mention for mention in mentions if mention not in dropped)


def _least(view: View, mention: Mention) -> float:
    return DROPS_ASKED if mention.name == view.asking else DROPS
