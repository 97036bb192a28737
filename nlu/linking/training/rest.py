"""Fits the model of how likely what the rules read is right, where no figure and no words alone stand for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlu.linking.encoder.hear import Encoder
from nlu.linking.labels import Labelled
from nlu.linking.model import Judge
from nlu.linking.rest.places import Read, place, unweighed
from nlu.linking.training.fitting import fit_trees
from nlu.linking.view import View
from nlu.mentions import Extraction


def rows_of(message: Labelled, extraction: Extraction, view: View, encoder: Encoder) -> Iterator[tuple[list[float], bool]]:
    """The numbers of each such fact, and whether it is right: its value, or that it is given where a range or a date is; what a label
    leaves open teaches nothing.
    """
    read = Read(view, encoder.hear(view), extraction.mentions)
    for mention in unweighed(read):
        right = message.facts.get(mention.name) == mention.value or mention.name in message.ranges
        if right or mention.name not in message.tolerated:
            yield place(read, mention), right


def fit(apart: Sequence[tuple[Labelled, Extraction, View]], encoder: Encoder, trained_on: str) -> Judge:
    """The trees, from messages that neither a rule nor the network has seen."""
    rows = [row for message in apart for row in rows_of(*message, encoder)]
    return Judge(fit_trees([row for row, _ in rows], [right for _, right in rows]), trained_on)
