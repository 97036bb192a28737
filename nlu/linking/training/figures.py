"""Fits the model of which fact a figure fills."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.svm import LinearSVC

from nlu.linking.figures.phrases import figure_phrases
from nlu.linking.figures.places import Scores, candidates, magnitude, place
from nlu.linking.labels import UNSURE, UNTUNED, Labelled, aligned
from nlu.linking.model import Linear, LinkModel
from nlu.linking.training.fitting import FOLDS, Phrases, as_linear, fit_trees, matrix, rows_of
from nlu.linking.view import View
from nlu.mentions import Extraction

_CUE_WEIGHT, _COST = 2.0, 3.0
#: Phrases kept, those with the largest weights; more measured no better.
_PHRASES_AT_MOST = 30_000
#: What a message of a set that no rule was written for counts in the trees, against one that the rules know.
_UNTUNED_WEIGHT = 4.0


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


def pairs_of(
    item: Example, scores: Sequence[dict[str, float]], usual: dict[str, tuple[float, float]]
) -> tuple[list[list[float]], list[bool]]:
    """The numbers of every pair of figure and possible fact of a message, and whether the pair is right."""
    rows, right = [], []
    for index, (fact, by_fact) in enumerate(zip(item.facts, scores, strict=True)):
        if fact == UNSURE:
            continue
        for name in candidates(item.view, index, by_fact):
            rows.append(place(item.view, index, name, Scores(by_fact, usual)))
            right.append(name == fact)
    return rows, right


def fit(examples: Sequence[Example], trained_on: str) -> LinkModel:
    """Both models from the examples; the trees see scores of linear models that did not see the message."""
    usual = usual_sizes(examples)
    rows: list[list[float]] = []
    right: list[bool] = []
    weights: list[float] = []
    for fold in range(FOLDS):
        linear = fit_linear([item for at, item in enumerate(examples) if at % FOLDS != fold])
        for item in examples[fold::FOLDS]:
            found, hits = pairs_of(item, [linear.scores(phrases) for phrases in item.phrases], usual)
            rows += found
            right += hits
            weights += [_UNTUNED_WEIGHT if item.message.source in UNTUNED else 1.0] * len(hits)
    return LinkModel(fit_linear(examples), fit_trees(rows, right, weights), usual, trained_on)
