"""Banks of one place, of which the knowledge has none: their products differ from county to county. Pure."""

from __future__ import annotations

import re

_LOCAL = re.compile(
    r"(?:农村)?信用(?:联)?社|农信社?|农商(?:行|银行)?|农村商业银行|村镇银行|城商行|本地(?:的)?(?:小)?银行"
    r"|\b(?:rural|village|local|town) banks?\b|\bcredit unions?\b",
    re.IGNORECASE,
)


def local_bank(text: str) -> str | None:
    """The bank of one place that a text names, in its words."""
    found = _LOCAL.search(text)
    return found[0] if found is not None else None
