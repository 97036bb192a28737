"""One invoice of a list, and whether it is void."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nlu.uploads.flows.table import Row, Table
from nlu.uploads.grid import At

_VOID = re.compile(r"(?<!未)(?<!非)作废|异常|失控|非正常|无效|失效|(?<![a-z])void|cancel|(?<![a-z])invalid", re.IGNORECASE)
_YES = frozenset({"是", "y", "yes", "1", "true"})
_RED_FLUSHED = re.compile(r"已红冲.{0,2}全额|全额红冲|已全额红冲|^已红冲$|^红冲$")


@dataclass(frozen=True, slots=True, eq=False)
class Invoice:
    """An invoice, or one line of it. `side` is +1 for one that the firm issued, -1 for one that it received."""

    table: Table
    row: Row
    number: str
    day: date
    side: int
    partner: str
    value: Decimal
    void: bool

    def at(self, role: str) -> At:
        return self.table.at(self.row, role)

    @property
    def place(self) -> At:
        return self.at("net" if self.table.has("net") else "gross")


def is_void(table: Table, row: Row) -> bool:
    status = table.text(row, "status")
    if status.lower() in _YES:
        return bool(re.search("作废|void", table.name("status"), re.IGNORECASE))
    return _VOID.search(status) is not None


def is_red_flushed(table: Table, row: Row) -> bool:
    """Whether a red invoice has taken this one back as a whole."""
    return _RED_FLUSHED.search(table.text(row, "status")) is not None
