"""The report's words in both languages, and the names of what it speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from knowledge.derived import SIZE_LABELS
from knowledge.firm import vocabulary
from knowledge.regions import region_name
from scoring.card_schema import Card, Feature
from scoring.monitoring.stability import GRADE, bin_label


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Every text by key and language."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load(resources.files("scoring.monitoring").joinpath("texts.yaml").read_text("utf-8"))
    return loaded


def words(key: str, language: str, **values: Any) -> str:
    """A text with its figures."""
    return texts()[key][language].format(**values)


def feature_name(card: Card, name: str, language: str) -> str:
    """A feature by the labels of its facts, as its formula has them; by its own name where the formula is long."""
    if name == GRADE:
        return words("grades", language)
    text = _feature(card, name).formula.text
    if "first(" in text:
        return name
    return re.sub(r"[a-z_]\w*", lambda found: _label(found[0], language), text)


def bin_name(card: Card, name: str, place: int, language: str) -> str:
    """A bin: a grade, a choice by its label, or the range of a number."""
    if name == GRADE:
        return words("grade", language, name=card.grades[place][0])
    feature = _feature(card, name)
    label = bin_label(feature, place)
    if feature.kind == "flag":
        return words(f"flag_{label}", language)
    choices = vocabulary()[feature.inputs[0]].choices if feature.inputs[0] in vocabulary() else {}
    return choices[label][language] if feature.values and label in choices else label


def group_name(dimension: str, group: str, language: str) -> str:
    """A group with its dimension, by the labels people know."""
    if dimension == "region":
        name = region_name(group, language)
    elif dimension == "size":
        name = SIZE_LABELS[group][language]
    else:
        choices = vocabulary()["owner_group"].choices
        name = choices[group][language] if group in choices else words(group, language)
    return f"{words(dimension, language)} · {name}"


def _feature(card: Card, name: str) -> Feature:
    return next(feature for block in card.blocks for feature in block.features if feature.name == name)


def _label(fact: str, language: str) -> str:
    return vocabulary()[fact].label[language] if fact in vocabulary() else fact
