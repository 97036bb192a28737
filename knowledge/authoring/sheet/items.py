"""Figures that come several to an entry, one a line of a cell: how a limit is worked out, what sources quote, who bears which share.

`年营业收入 = 10%`, `highest amount = 3000000; 2026`, `bank = ≥20%; 10000000`: a name of the list, a figure, and what is stated beside it.
Terms for some firms hold a rule of their own; they are shown in words, and are edited in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from pydantic import BaseModel

from knowledge.authoring.rule_words import rule_lines
from knowledge.authoring.sheet import cells
from knowledge.authoring.sheet.cells import CellError
from knowledge.authoring.wording import catalogue, tell
from knowledge.firm import Text
from knowledge.offer import Bearer, LimitBasis, Quote
from knowledge.reading import ConditionError, read_condition

_LINE = re.compile(r"([^=＝]+)[=＝]\s*([≥≤<>]?=?)\s*([^;；]+?)\s*(?:[;；]\s*(.+?)\s*)?")
_BOUNDS = {"at_least": "≥", "at_most": "≤"}
_SIGNS = {"": "exact", "≥": "at_least", ">=": "at_least", "≤": "at_most", "<=": "at_most"}
_TERMS = ("cap", "term_months", "subsidy.points", "subsidy.share", "subsidy.months", "subsidy.principal_cap", "subsidy.amount_cap")


@dataclass(frozen=True)
class Items:
    """One such list: the model of an item, the keys of its name and its figure, and of what may stand beside it."""

    model: type[BaseModel]
    name: str
    figure: str
    beside: str | None = None

    def names(self) -> Mapping[str, Text]:
        """The names an item may have, with their labels."""
        keys = get_args(self.model.model_fields[self.name].annotation)
        return {key: Text(**catalogue()[f"choice_{self.name}_{key}"]) for key in keys}

    def show(self, items: Sequence[Mapping[str, Any]], language: str) -> str:
        """Every item on a line of its own."""
        return "\n".join(self._line(item, language) for item in items)

    def read(self, cell: Any) -> list[dict[str, Any]]:
        """Every line as an item. Raises CellError."""
        return [self._item(line) for line in cells.lines(cell)]

    def _line(self, item: Mapping[str, Any], language: str) -> str:
        name, figure = item[self.name], Decimal(str(item[self.figure]))
        shown = f"{cells.plain(figure * 100)}%" if self._is_share(name, figure) else f"{cells.plain(figure)}"
        beside = item.get(self.beside) if self.beside else None
        tail = f"; {beside}" if beside is not None else ""
        return f"{self.names()[name][language]} = {_BOUNDS.get(item.get('bound', ''), '')}{shown}{tail}"

    def _item(self, line: str) -> dict[str, Any]:
        found = _LINE.fullmatch(line)
        bounded = "bound" in self.model.model_fields
        if found is None or found[2] not in (_SIGNS if bounded else ("",)) or (found[4] and not self.beside):
            raise CellError("cell_item", found=line)
        name = cells.named(found[1], self.names())
        item = {self.name: name, self.figure: self._figure(name, found[3])}
        if found[2]:
            item["bound"] = _SIGNS[found[2]]
        if found[4] and self.beside:
            item[self.beside] = cells.amount(found[4]) if self.beside == "loan_up_to" else found[4]
        return item

    def _figure(self, name: str, written: str) -> int | float:
        if self.model is not Quote:
            return cells.fraction(written)
        return {"cap": cells.amount, "term_months": cells.months, "rate": cells.fraction}[name](written)

    def _is_share(self, name: str, figure: Decimal) -> bool:
        return name == "rate" if self.model is Quote else figure <= 1


LIMIT = Items(LimitBasis, "basis", "factor")
QUOTED = Items(Quote, "of", "value", "date")
RISK = Items(Bearer, "who", "share", "loan_up_to")


def terms_in_words(terms: Sequence[Mapping[str, Any]], language: str) -> str:
    """For whom which figures hold instead."""
    return "\n".join(_term(item, language) for item in terms)


def _term(item: Mapping[str, Any], language: str) -> str:
    try:
        rule = [line.strip(" ·") for line in rule_lines(read_condition(item["when"]), language)]
    except ConditionError:
        rule = ["?"]
    flat = {**item, **{f"subsidy.{name}": value for name, value in (item.get("subsidy") or {}).items()}}
    figures = [f"{tell(f'column_offer.{name}', language)} {flat[name]}" for name in _TERMS if flat.get(name) is not None]
    return f"{'，'.join(rule)}：{'；'.join(figures)}" if language == "zh" else f"{', '.join(rule)}: {'; '.join(figures)}"
