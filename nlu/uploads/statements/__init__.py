"""Financial statements, trial balances and tax returns, by what stands in them.

`READERS` in the order in which they are tried.
"""

from __future__ import annotations

from nlu.uploads.document import TableReader
from nlu.uploads.statements.reading import read_statements

READERS: tuple[TableReader, ...] = (read_statements,)
