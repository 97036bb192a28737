"""By what an account or an order is known again in another file: the end of a number, or a digest of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from nlu.uploads.flows.preamble import Preamble
from nlu.uploads.flows.series import AccountMark
from nlu.uploads.flows.table import Table

#: Banks that go by several names; any other bank goes by the name that it has.
_BANKS: tuple[tuple[str, str], ...] = (
    ("支付宝", r"支付宝|alipay"),
    ("微信支付", r"微信支付|财付通|wechat pay|weixin pay"),
    ("工商银行", r"工商银行|工行|\bicbc\b"),
    ("建设银行", r"建设银行|建行|\bccb\b|china construction bank"),
    ("农业银行", r"农业银行|农行|\babc\b|agricultural bank of china"),
    ("中国银行", r"中国银行|\bboc\b|bank of china"),
    ("交通银行", r"交通银行|\bbocom\b|bank of communications"),
    ("招商银行", r"招商银行|招行|\bcmb\b|china merchants bank"),
    ("浦发银行", r"浦东发展银行|浦发|\bspdb\b"),
    ("中信银行", r"中信银行|\bcitic\b"),
    ("汇丰银行", r"汇丰|\bhsbc\b"),
)
_OTHER_BANK = re.compile(r"(?<![一-鿿])[一-鿿]{2,8}?(?:银行|信用社|农商行)|[a-z]+ bank\b|\bbank of [a-z]+", re.IGNORECASE)
#: Remarks below or above a list are sentences, mostly numbered: a bank in them is not the one that wrote the list.
_REMARK = re.compile(r"^\(?\d{1,2}[.、)] ?\D|[。;!]")
#: A bank that is named as the account's own goes before one in a title.
_NAMED_BANK = re.compile(r"(?:开户(?:银行|行)(?:名称)?|银行名称|bank name) ?(?:: ?\||:|\|) ?([^|:]{2,40})", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:[账帐卡] ?号|账户号码?|户口号码|账户|帐户|account (?:no|number|num|#)|a/c (?:no|number)|card (?:no|number))"
    r"\.? ?(?:\([^)]*\))? ?[:|]? ?\|? ?\[?([\d*xX•·\- ]{4,40})",
    re.IGNORECASE,
)
_DIGITS = 4
#: Letters of an order's mark: two of ten thousand orders have the same one once in ninety times.
MARK = 8


def order_mark(number: str) -> str:
    """A digest of an order's number, which says nothing of the order itself."""
    return sha256(re.sub(r"\W", "", number).casefold().encode()).hexdigest()[:MARK]


def account_mark(around: Preamble, lists: Sequence[Table]) -> AccountMark:
    """The mark of the account that lists are of; what they do not state is None."""
    return AccountMark(_bank(around), _stated_tail(around) or _column_tail(lists))


def _bank(around: Preamble) -> str | None:
    texts = [line.text for line in around.lines]
    named = [match[1] for text in texts if (match := _NAMED_BANK.search(text))]
    for text in (*named, *texts):
        for name, pattern in _BANKS:
            if re.search(pattern, text, re.IGNORECASE):
                return name
        if not _REMARK.search(text) and (match := _OTHER_BANK.search(text)):
            return match[0].lower()
    return None


def _stated_tail(around: Preamble) -> str | None:
    found = (_tail(match[1]) for line in around.lines for match in _NUMBER.finditer(line.text))
    return next((tail for tail in found if tail is not None), None)


def are_of_different_accounts(around: Preamble, lists: Sequence[Sequence[Table]]) -> bool:
    """Whether the sheets of each of several lists state an account's number of their own."""
    tails = [{_tail_of_sheet(around, table.grid.name) for table in tables} for tables in lists]
    return all(len(found) == 1 and None not in found for found in tails) and len(frozenset().union(*tails)) == len(tails)


def _tail_of_sheet(around: Preamble, sheet: str | None) -> str | None:
    if sheet is None:
        return None
    return _stated_tail(Preamble(tuple(line for line in around.lines if line.at.sheet == sheet)))


def _column_tail(lists: Sequence[Table]) -> str | None:
    """The end of the number in a column that says on every row whose account it is; None where it says several."""
    tails = {_tail(table.text(row, "own_account")) for table in lists if table.has("own_account") for row in table.rows} - {None}
    return tails.pop() if len(tails) == 1 else None


def _tail(number: str) -> str | None:
    """The last digits, which banks leave visible when they mask the rest."""
    bare = re.sub(r"[^0-9*xX•·]", "", number)
    return bare[-_DIGITS:] if len(bare) >= _DIGITS and bare[-_DIGITS:].isdigit() else None
