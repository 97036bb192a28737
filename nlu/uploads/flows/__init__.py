"""Lists of what happened day by day: bank statements, bills, shop orders, invoices; and of what there is: receivables, stock."""

from __future__ import annotations

from nlu.uploads.document import TableReader
from nlu.uploads.flows.ageing import read_ageing
from nlu.uploads.flows.bank import read_ledger
from nlu.uploads.flows.invoices import read_invoices
from nlu.uploads.flows.orders import read_orders
from nlu.uploads.flows.stock import read_stock

#: The readers in the order in which they are tried. Each knows its own columns, and none takes what an earlier one knows.
READERS: tuple[TableReader, ...] = (read_ageing, read_invoices, read_orders, read_ledger, read_stock)
