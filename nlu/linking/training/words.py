"""Fits the model of what words say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.svm import LinearSVC

from nlu.linking.encoder.hear import Encoder
from nlu.linking.labels import Labelled
from nlu.linking.model import Linear, LinkModel
from nlu.linking.training.fitting import Phrases, as_linear, fit_trees, matrix, rows_of
from nlu.linking.view import View
from nlu.linking.words.hits import Hits, hits_in
from nlu.linking.words.phrases import message_phrases
from nlu.linking.words.places import Message, candidates, place
from nlu.linking.words.statements import fact_of, statements
from nlu.mentions import Extraction

_CUE_WEIGHT, _COST = 0.7, 3.0
#: Phrases kept, those with the largest weights; statements made less often than this are left to the rules.
_PHRASES_AT_MOST, _MADE_AT_LEAST = 60_000, 5


@dataclass(frozen=True)
class Example:
    """A labelled message with what it states. Of the facts in `open` nobody can tell."""

    phrases: Phrases
    stated: frozenset[str]
    open: frozenset[str]


@dataclass(frozen=True)
class Told:
    """A labelled message with what the rules make of it."""

    message: Labelled
    view: View
    hits: Hits
    ruled: frozenset[str]
    told: frozenset[str]
    read: int
    example: Example

    def seen(self, linear: Linear, encoder: Encoder) -> Message:
        heard = encoder.hear(self.view).statements
        return Message(self.view, self.hits, self.ruled, self.told, self.read, linear.scores(self.example.phrases), heard)


def told(message: Labelled, extraction: Extraction, view: View) -> Told:
    hits = hits_in(view.norm)
    facts = Example(message_phrases(view, hits), statements(message.facts), message.tolerated)
    clauses = statements({mention.name: mention.value for mention in extraction.mentions if mention.told})
    return Told(message, view, hits, statements(extraction.facts), clauses, len(extraction.mentions), facts)


def trade(industry: str, phrase: str) -> Labelled:
    """The mere name of a trade as the answer to the question for it: of everything but the industry nobody can tell."""
    return Labelled(phrase, "trades", "", phrase, "industry", {"industry": industry}, frozenset(), {}, (), open=True)


def idle(text: str) -> Labelled:
    """A message that states nothing in words."""
    return Labelled(text, "idle", "", text, None, {}, frozenset(), {}, ())


def fit_linear(examples: Sequence[Example]) -> Linear:
    """One model a statement over all messages of which one can tell whether they make it."""
    made = [said for item in examples for said in item.stated]
    names = sorted(said for said in set(made) if made.count(said) >= _MADE_AT_LEAST)
    rows = rows_of(item.phrases for item in examples)
    whole = matrix([item.phrases for item in examples], rows, _CUE_WEIGHT)
    weights, bias = [], []
    for said in names:
        sure = [at for at, item in enumerate(examples) if fact_of(said) not in item.open]
        fitted = LinearSVC(C=_COST, random_state=0).fit(whole[sure], [said in examples[at].stated for at in sure])
        weights.append(fitted.coef_[0])
        bias.append(fitted.intercept_[0])
    return as_linear(names, np.array(weights).T, np.array(bias), rows, cue_weight=_CUE_WEIGHT, at_most=_PHRASES_AT_MOST)


def pairs_of(item: Told, linear: Linear, encoder: Encoder) -> Iterator[tuple[list[float], bool]]:
    """The numbers of every statement that a message might make, and whether it does."""
    message = item.seen(linear, encoder)
    for said in candidates(message):
        if said in item.example.stated or fact_of(said) not in item.example.open:
            yield place(message, said), said in item.example.stated


def fit(items: Sequence[Told], apart: Sequence[Told], encoder: Encoder, trained_on: str) -> LinkModel:
    """The linear models from the items, then the trees from those set apart."""
    linear = fit_linear([item.example for item in items])
    pairs = [pair for item in apart for pair in pairs_of(item, linear, encoder)]
    return LinkModel(linear, fit_trees([row for row, _ in pairs], [right for _, right in pairs]), {}, trained_on)
