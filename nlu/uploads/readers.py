"""The readers of documents, in the order in which they are asked. The first that knows a file reads it."""

from __future__ import annotations

from nlu.uploads import flows, statements
from nlu.uploads.document import TableReader

READERS: tuple[TableReader, ...] = (*statements.READERS, *flows.READERS)
