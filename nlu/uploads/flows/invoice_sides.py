"""Whether invoices were issued by the firm or received by it, from what the list names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nlu.uploads.flows.preamble import Preamble
from nlu.uploads.flows.table import Row, Table

_ISSUED = re.compile(r"销项|开具|开出|已开|\bissued\b|\boutput\b|\bsales invoices?\b", re.IGNORECASE)
_RECEIVED = re.compile(r"进项|取得|收到|抵扣|勾选|\breceived\b|\binput\b|\bpurchase invoices?\b", re.IGNORECASE)


def sides(table: Table, around: Preamble) -> Mapping[int, int] | None:
    """+1 or -1 by row index; None when nothing tells. Rows for which nothing tells are left out."""
    if table.has("direction"):
        found = {row.index: _said(table.text(row, "direction")) for row in table.rows}
        return found if any(found.values()) else None
    buyers, sellers = (table.has(one) or table.has(f"{one}_id") for one in ("buyer", "seller"))
    if buyers != sellers:
        return {row.index: 1 if buyers else -1 for row in table.rows}
    return _by_the_constant(table) or _by_words(table, around)


def _said(words: str) -> int:
    return 1 if _ISSUED.search(words) else -1 if _RECEIVED.search(words) else 0


def _name(table: Table, row: Row, side: str) -> str:
    return table.text(row, f"{side}_id") or table.text(row, side)


def _by_the_constant(table: Table) -> Mapping[int, int] | None:
    """The firm is the one that stands on every invoice."""
    pairs = {row.index: (_name(table, row, "seller"), _name(table, row, "buyer")) for row in table.rows}
    pairs = {index: pair for index, pair in pairs.items() if any(pair)}
    always = set.intersection(*({one for one in pair if one} for pair in pairs.values())) if pairs else set()
    if len(always) != 1:
        return None
    own = always.pop()
    return {index: 1 if seller == own else -1 for index, (seller, _) in pairs.items()}


def _by_words(table: Table, around: Preamble) -> Mapping[int, int] | None:
    said = " ".join([around.all(), *table.names.values(), table.grid.name or ""])
    issued, received = _ISSUED.search(said) is not None, _RECEIVED.search(said) is not None
    return None if issued == received else {row.index: 1 if issued else -1 for row in table.rows}
