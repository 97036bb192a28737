"""Financial statements, trial balances and tax returns, by what stands in them.

`READERS` in the order in which they are tried. A workbook with statements may hold its trial balance too; the statements count.
"""

from __future__ import annotations

from nlu.uploads.document import TableReader
from nlu.uploads.statements.profit_tax import read_profit_tax_return
from nlu.uploads.statements.reading import read_statements
from nlu.uploads.statements.trial import read_trial_balance
from nlu.uploads.statements.vat import read_vat_return

READERS: tuple[TableReader, ...] = (read_statements, read_vat_return, read_profit_tax_return, read_trial_balance)
