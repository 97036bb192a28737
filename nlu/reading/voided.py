"""How many invoices of how many were voided: 一百张票作废了三张, 十张废一张."""

from __future__ import annotations

import re
from decimal import Decimal

from nlu.facts import Mention
from nlu.numbers.chinese import read_chinese
from nlu.reading.scope import Scope

_NUMBER = r"\d+|[一二两三四五六七八九十百千]+"
VOIDED = re.compile(rf"(?P<of>{_NUMBER})张[^，。,;；\d]{{0,4}}(?:作废|废)(?:掉|了)?(?P<void>{_NUMBER})张")
_INVOICES = re.compile(r"票|作废|会计")


def voided_share(match: re.Match[str]) -> Decimal | None:
    """Voided among all, or None where the numbers make no share."""
    whole, count = read_chinese(match["of"], 0), read_chinese(match["void"], 0)
    return count.value / whole.value if whole is not None and count is not None and 0 < count.value < whole.value else None


def voided(text: str, scope: Scope) -> Mention | None:
    """The share of voided invoices that a message tells by two numbers."""
    match = VOIDED.search(scope.norm)
    if match is None or not _INVOICES.search(scope.norm) or not scope.states(*match.span()) or scope.asked(match.start()):
        return None
    share = voided_share(match)
    return Mention("void_invoice_rate", share, *match.span(), text[match.start() : match.end()]) if share is not None else None
