"""Fits the model of which fact a figure fills."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.svm import LinearSVC

from nlu.linking.encoder.hear import Encoder
from nlu.linking.figures.phrases import figure_phrases
from nlu.linking.figures.places import Scores, candidates, magnitude, place
from nlu.linking.labels import UNSURE, Labelled, aligned
from nlu.linking.model import Linear, LinkModel
from nlu.linking.training.fitting import Phrases, as_linear, fit_trees, matrix, rows_of
from nlu.linking.view import View
from nlu.mentions import Extraction

_CUE_WEIGHT, _COST = 2.0, 3.0
#: Phrases kept, those with the largest weights; more measured no better.
_PHRASES_AT_MOST = 30_000
#: The numbers of a pair of figure and fact, and whether the figure fills the fact.
Pair = tuple[list[float], bool]


@dataclass(frozen=True)
class Example:
    """A labelled message as the linker sees it, with the fact of each figure."""

    message: Labelled
    view: View
    extraction: Extraction
    facts: tuple[str, ...]
    phrases: tuple[Phrases, ...]


def example(message: Labelled, extraction: Extraction, view: View) -> Example:
    facts = aligned(message, view.quantities)
    return Example(message, view, extraction, facts, tuple(figure_phrases(view, index) for index in range(len(facts))))


def fit_linear(examples: Sequence[Example]) -> Linear:
    """One against the rest over phrases seen more than once, cues counting more."""
    phrases = [found for item in examples for found, fact in zip(item.phrases, item.facts, strict=True) if fact != UNSURE]
    targets = [fact for item in examples for fact in item.facts if fact != UNSURE]
    rows = rows_of(phrases)
    fitted = LinearSVC(C=_COST, random_state=0).fit(matrix(phrases, rows, _CUE_WEIGHT), targets)
    names = tuple(map(str, fitted.classes_))
    return as_linear(names, fitted.coef_.T, fitted.intercept_, rows, cue_weight=_CUE_WEIGHT, at_most=_PHRASES_AT_MOST)


def usual_sizes(examples: Sequence[Example]) -> dict[str, tuple[float, float]]:
    """Mean and spread of each fact's figures in powers of ten; the spread is never nearly nothing."""
    sizes: dict[str, list[float]] = defaultdict(list)
    for item in examples:
        for quantity, fact in zip(item.view.quantities, item.facts, strict=True):
            if fact not in ("", UNSURE):
                sizes[fact].append(magnitude(quantity))
    return {fact: (float(np.mean(found)), float(np.std(found)) + 0.3) for fact, found in sorted(sizes.items())}


def pairs_of(item: Example, linear: Linear, encoder: Encoder, usual: Mapping[str, tuple[float, float]]) -> Iterator[Pair]:
    """The numbers of every pair of figure and possible fact of a message, and whether the pair is right."""
    heard = encoder.hear(item.view)
    for index, (fact, phrases) in enumerate(zip(item.facts, item.phrases, strict=True)):
        if fact == UNSURE:
            continue
        scores = Scores(linear.scores(phrases), heard.figures[index], usual)
        yield from ((place(item.view, index, name, scores), name == fact) for name in candidates(item.view, index, scores))


def fit(examples: Sequence[Example], apart: Sequence[Example], encoder: Encoder, trained_on: str) -> LinkModel:
    """The linear model from the examples, then the trees from those set apart."""
    usual, linear = usual_sizes(examples), fit_linear(examples)
    pairs = [pair for item in apart for pair in pairs_of(item, linear, encoder, usual)]
    return LinkModel(linear, fit_trees([row for row, _ in pairs], [right for _, right in pairs]), usual, trained_on)
