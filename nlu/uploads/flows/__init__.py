"""Lists of what happened day by day: bank statements, bills, shop orders, invoices; and of what there is: receivables, stock."""

from __future__ import annotations

from nlu.uploads.document import TableReader
from nlu.uploads.flows.bank import read_ledger

#: The readers in the order in which they are tried.
READERS: tuple[TableReader, ...] = (read_ledger,)
