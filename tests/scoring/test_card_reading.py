"""A card is read strictly: what is wrong with one is told with its place."""

import copy
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scoring.card import CardError, load_card, parse_card, score
from tests.scoring.made_card import CARD, SHIPPED, made_card


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"age_months": "old"}, "fact 'age_months' must be a number, not str"),
        ({"age_months": True}, "fact 'age_months' must be a number, not bool"),
        ({"age_months": Decimal("NaN")}, "fact 'age_months' must be a finite number"),
    ],
)
def test_wrong_kinds_are_named(facts: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        score(facts, CARD)


def _paths(raw: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every object of the card that is read, wherever it stands."""
    found = [path] if isinstance(raw, dict) else []
    children = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, child in children:
        if key not in {"built", "source", "training", "metrics"}:
            found += _paths(child, (*path, key))
    return found


def _at(raw: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        raw = raw[key]
    return raw


@pytest.mark.parametrize("path", _paths(made_card()), ids=str)
def test_an_unknown_key_is_an_error_naming_it(path: tuple[Any, ...]) -> None:
    raw = made_card()
    _at(raw, path)["surprise"] = 1
    with pytest.raises(CardError, match="unknown key 'surprise'"):
        parse_card(raw)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("format",), "points-card/9", "points-card/9"),
        (("base_rate",), 0, "base_rate"),
        (("base_rate",), "5 %", "expected a number"),
        (("base_rate",), 0.04, r"-2.944439 is not the log-odds of the base rate 0.04, which are -3.178054"),
        (("intercept",), -2.9444, r"card.intercept: -2.9444 is not the log-odds of the base rate 0.05"),
        (("intercept",), None, "card.intercept: expected a number"),
        (("blocks", 0, "reach", "up"), -1, "outside"),
        (("grades", 2, "pd_below"), 0.9, "last grade"),
        (("grades", 1, "pd_below"), 0.01, "outside"),
        (("blocks",), [], "at least one"),
        (("blocks", 0, "features", 0, "bins", 1, "from"), 23.0, "must equal"),
        (("blocks", 0, "features", 0, "bins", 0, "points"), 11.0, "not rising"),
        (("blocks", 0, "features", 1, "bins", 0, "points"), -6.0, "not falling"),
        (("blocks", 0, "features", 0, "direction"), "up", "direction"),
        (("blocks", 0, "features", 0, "kind"), "guess", "kind"),
        (("blocks", 0, "features", 0, "formula"), "age_months ** 2", "a formula knows facts"),
        (("blocks", 0, "features", 0, "formula"), "1 / 2", "reads no fact"),
        (("blocks", 0, "features", 1, "kind"), "flag", "a formula that is one fact"),
        (("blocks", 0, "limit"), -1, "outside"),
        (("blocks", 0, "features", 1, "name"), "age", "share a name"),
        (("blocks", 0, "features", 0, "bins", 0, "points"), None, "expected a number"),
    ],
)
def test_a_broken_card_says_where(path: tuple[Any, ...], value: Any, message: str) -> None:
    raw = made_card()
    _at(raw, path[:-1])[path[-1]] = value
    with pytest.raises(CardError, match=message):
        parse_card(raw)


def test_a_missing_key_is_named() -> None:
    raw = made_card()
    del raw["blocks"][0]["features"][0]["missing_points"]
    with pytest.raises(CardError, match="'missing_points' is missing"):
        parse_card(raw)


def test_a_choice_stands_in_one_bin_only() -> None:
    raw = copy.deepcopy(json.loads(SHIPPED.read_text(encoding="utf-8")))
    bins = raw["blocks"][0]["features"][0]["bins"]
    bins[1]["values"] = bins[0]["values"]
    with pytest.raises(CardError, match="stands in two bins"):
        parse_card(raw)


def test_unreadable_files_are_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CardError, match=r"no card at nowhere\.json"):
        load_card(tmp_path / "nowhere.json")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(CardError, match="not JSON: line 1"):
        load_card(tmp_path / "bad.json")
