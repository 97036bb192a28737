"""Reading a card from JSON, strictly: an unknown key, a gap between bins or an infinite number is an error naming its place."""

import json
import math
from pathlib import Path
from typing import Any

from scoring.card_schema import DIRECTIONS, FORMAT, KINDS, Block, Card, CardError, Feature, Reach, Wording
from scoring.formulas import FactNode, Formula, FormulaError, parse_formula

#: How far the intercept may lie from the log-odds of the base rate: what is lost when one of them is written with six digits.
SAME = 1e-5


def _keys(raw: Any, where: str, required: str, optional: str = "") -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise CardError(f"{where}: expected an object, found {type(raw).__name__}")
    needed, allowed = required.split(), {*required.split(), *optional.split()}
    for key in raw:
        if key not in allowed:
            raise CardError(f"{where}: unknown key {key!r}; known: {', '.join(sorted(allowed))}")
    for key in needed:
        if key not in raw:
            raise CardError(f"{where}: key {key!r} is missing")
    return raw


def _number(raw: Any, where: str, low: float = -math.inf, high: float = math.inf) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        raise CardError(f"{where}: expected a number, found {raw!r}")
    if not low <= raw <= high:
        raise CardError(f"{where}: {raw} lies outside {low} to {high}")
    return float(raw)


def _text(raw: Any, where: str) -> str:
    if not isinstance(raw, str) or not raw:
        raise CardError(f"{where}: expected text, found {raw!r}")
    return raw


def _list(raw: Any, where: str) -> list[Any]:
    if not isinstance(raw, list) or not raw:
        raise CardError(f"{where}: expected a list with at least one item")
    return raw


def _wording(raw: Any, where: str) -> Wording:
    fields = _keys(raw, where, "key zh en")
    return Wording(*(_text(fields[name], f"{where}.{name}") for name in ("key", "zh", "en")))


def _ranges(raw: list[Any], where: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Cuts and points of number bins, which must cover the whole line without a gap."""
    cuts: list[float] = []
    points: list[float] = []
    for i, item in enumerate(raw):
        place = f"{where}[{i}]"
        fields = _keys(item, place, "from below points")
        points.append(_number(fields["points"], f"{place}.points"))
        if i == 0 and fields["from"] is not None:
            raise CardError(f"{place}.from: the first bin must start at null")
        if i > 0 and fields["from"] != cuts[-1]:
            raise CardError(f"{place}.from: must equal the bin before's below, {cuts[-1]}")
        if i < len(raw) - 1:
            cuts.append(_number(fields["below"], f"{place}.below", low=cuts[-1] if cuts else -math.inf))
        elif fields["below"] is not None:
            raise CardError(f"{place}.below: the last bin must end at null")
    return tuple(cuts), tuple(points)


def _choices(raw: list[Any], where: str) -> dict[str, float]:
    values: dict[str, float] = {}
    for i, item in enumerate(raw):
        fields = _keys(item, f"{where}[{i}]", "values points")
        for value in _list(fields["values"], f"{where}[{i}].values"):
            if value in values:
                raise CardError(f"{where}[{i}].values: {value!r} stands in two bins")
            values[_text(value, f"{where}[{i}].values")] = _number(fields["points"], f"{where}[{i}].points")
    return values


def _direction(raw: Any, points: tuple[float, ...], where: str) -> str:
    if raw not in DIRECTIONS:
        raise CardError(f"{where}.direction: {raw!r} is not one of {', '.join(DIRECTIONS)}")
    if (raw == "rising" and list(points) != sorted(points)) or (raw == "falling" and list(points) != sorted(points, reverse=True)):
        raise CardError(f"{where}.bins: points are not {raw} as the card promises")
    return str(raw)


def _shares(raw: Any, bins: list[Any], where: str) -> tuple[float, ...]:
    shares = tuple(_number(one, where, low=0, high=1) for one in _list(raw, where))
    if len(shares) != len(bins) or not math.isclose(sum(shares), 1, abs_tol=0.001):
        raise CardError(f"{where}: one share for each of the {len(bins)} bins is needed, and all of them together are 1")
    return shares


def _formula(raw: Any, where: str) -> Formula:
    try:
        formula = parse_formula(_text(raw, where))
    except FormulaError as error:
        raise CardError(f"{where}: {error}") from None
    if not formula.facts:
        raise CardError(f"{where}: {raw!r} reads no fact")
    return formula


def _feature(raw: Any, where: str) -> Feature:
    fields = _keys(raw, where, "name formula kind direction importance missing_points bins lower higher", "improve note shares")
    where = f"{where} {fields['name']!r}"
    formula, kind = _formula(fields["formula"], f"{where}.formula"), fields["kind"]
    if kind not in KINDS or (kind != "number" and not isinstance(formula.tree, FactNode)):
        raise CardError(f"{where}.kind: {kind!r} does not fit; use number, or choice or flag with a formula that is one fact")
    bins = _list(fields["bins"], f"{where}.bins")
    cuts, points = _ranges(bins, f"{where}.bins") if kind == "number" else ((), ())
    return Feature(
        name=_text(fields["name"], f"{where}.name"),
        formula=formula,
        kind=kind,
        direction=_direction(fields["direction"], points, where),
        importance=_number(fields["importance"], f"{where}.importance", low=0),
        missing_points=_number(fields["missing_points"], f"{where}.missing_points"),
        cuts=cuts,
        points=points,
        values={} if kind == "number" else _choices(bins, f"{where}.bins"),
        lower=_wording(fields["lower"], f"{where}.lower"),
        higher=_wording(fields["higher"], f"{where}.higher"),
        improve=_wording(fields["improve"], f"{where}.improve") if fields.get("improve") is not None else None,
        shares=_shares(fields["shares"], bins, f"{where}.shares") if "shares" in fields else (),
    )


def _block(raw: Any, where: str) -> Block:
    fields = _keys(raw, where, "name label limit reach model_sd absence_from features", "note source training metrics")
    listed = _list(fields["features"], f"{where}.features")
    return Block(
        _text(fields["name"], f"{where}.name"),
        _wording(fields["label"], f"{where}.label"),
        tuple(_feature(one, f"{where}.features[{k}]") for k, one in enumerate(listed)),
        _number(fields["limit"], f"{where}.limit", low=0),
        _number(fields["model_sd"], f"{where}.model_sd", low=0),
        int(_number(fields["absence_from"], f"{where}.absence_from", low=1)),
        _reach(fields["reach"], f"{where}.reach"),
    )


def _reach(raw: Any, where: str) -> Reach:
    fields = _keys(raw, where, "up down", "note found")
    return Reach(*(_number(fields[side], f"{where}.{side}", low=0) for side in ("up", "down")))


def _grades(raw: Any) -> tuple[tuple[str, float], ...]:
    grades: list[tuple[str, float]] = []
    for i, item in enumerate(_list(raw, "grades")):
        fields = _keys(item, f"grades[{i}]", "grade pd_below")
        limit = _number(fields["pd_below"], f"grades[{i}].pd_below", low=grades[-1][1] if grades else 0, high=1)
        grades.append((_text(fields["grade"], f"grades[{i}].grade"), limit))
    if grades[-1][1] != 1:
        raise CardError("grades: the last grade must end at pd_below 1")
    return tuple(grades)


def parse_card(raw: Any) -> Card:
    """The card from decoded JSON. Raises `CardError` naming the place of the first mistake."""
    top = _keys(raw, "card", "format version scaling base_rate base_rate_note intercept grades interval blocks", "built")
    if top["format"] != FORMAT:
        raise CardError(f"card.format: {top['format']!r} is not {FORMAT!r}")
    scaling = _keys(top["scaling"], "card.scaling", "points odds double", "note")
    interval = _keys(top["interval"], "card.interval", "z overlap missing", "note")
    blocks = tuple(_block(item, f"card.blocks[{i}]") for i, item in enumerate(_list(top["blocks"], "card.blocks")))
    names = [feature.name for block in blocks for feature in block.features]
    if len(set(names)) != len(names):
        raise CardError("card.blocks: two features share a name")
    card = Card(
        version=_text(top["version"], "card.version"),
        points=_number(scaling["points"], "card.scaling.points"),
        odds=_number(scaling["odds"], "card.scaling.odds", low=1e-9),
        double=_number(scaling["double"], "card.scaling.double", low=1e-9),
        base_rate=_number(top["base_rate"], "card.base_rate", low=1e-6, high=1 - 1e-6),
        grades=_grades(top["grades"]),
        interval_z=_number(interval["z"], "card.interval.z", low=0),
        overlap=_number(interval["overlap"], "card.interval.overlap", low=0, high=1),
        missing=_number(interval["missing"], "card.interval.missing", low=0, high=1),
        blocks=blocks,
    )
    intercept = _number(top["intercept"], "card.intercept")
    if not math.isclose(intercept, card.intercept, abs_tol=SAME):
        raise CardError(
            f"card.intercept: {intercept} is not the log-odds of the base rate {card.base_rate}, which are {card.intercept:.6f}; "
            "whoever changes one must change the other"
        )
    if both := set(card.numbers) & {one.inputs[0] for one in card.chosen}:
        raise CardError(f"card.blocks: {', '.join(sorted(both))} is read as a number and as a choice")
    return card


def load_card(path: Path) -> Card:
    """The card in the file `path`. Raises `CardError` when it is missing or not a card."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CardError(f"no card at {path.name}; train one with: advisor score train --data DIR") from None
    except json.JSONDecodeError as error:
        raise CardError(f"{path.name} is not JSON: line {error.lineno}, {error.msg}") from None
    return parse_card(raw)
