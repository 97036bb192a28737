"""Bank statements and bills of payment apps, of any bank: known by the columns of a ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from nlu.uploads.document import Check, Document, Findings
from nlu.uploads.flows import journal
from nlu.uploads.flows.entries import LEDGER, flag_role
from nlu.uploads.flows.flow_checks import ALL
from nlu.uploads.flows.ledgers import findings
from nlu.uploads.flows.preamble import preamble
from nlu.uploads.flows.said import failed
from nlu.uploads.flows.table import Table, tables
from nlu.uploads.grid import Opened

_APP = re.compile(r"支付宝|微信支付|财付通|美团交易账单|京东账号|云闪付|alipay|wechat pay|weixin", re.IGNORECASE)
_CARD = re.compile(r"信用卡|贷记卡|卡末四位|最低还款|本期应还|账单日|credit card|minimum payment|credit limit", re.IGNORECASE)
#: What stands beside a single column of amounts in a list of an account's movements.
_ONLY_ACCOUNTS = ({"party", "currency"}, {"party", "other_account"}, {"words", "currency"})


def _is_ledger(columns: Mapping[str, tuple[int, ...]]) -> bool:
    """A day, money in two columns or in one with something that only accounts have."""
    roles = set(columns)
    if "day" not in roles or "account_title" in roles:
        return False
    if roles >= {"income", "expense"}:
        return bool(roles & {"balance", "words", "party", "kind", "number"})
    if "amount" in roles:
        return bool(roles & {"balance", "flag"}) or any(roles >= pair for pair in _ONLY_ACCOUNTS)
    return roles >= {"income", "balance"}


def read_ledger(opened: Opened, today: date) -> Findings | None:
    """A bank statement or a bill of a payment app; None when the file has no such list."""
    opened, own = journal.with_dates(opened), journal.is_journal(opened)
    lists = [table for table in tables(opened, LEDGER, journal.fits_journal if own else _is_ledger) if table.rows]
    if not lists:
        return None
    if own:
        found = findings(Document.BANK_STATEMENT, opened, [journal.as_a_bank_would(table) for table in lists], today)
        return replace(found, notes=(*found.notes, journal.OWN_BOOK))
    if _is_card(opened, lists):
        return Findings(Document.BANK_STATEMENT, (), (_card(),))
    return findings(Document.PAYMENT_BILL if _is_bill(opened, lists) else Document.BANK_STATEMENT, opened, lists, today)


def _is_bill(opened: Opened, lists: Sequence[Table]) -> bool:
    """Whether a payment app wrote it: by its columns, or by its name above the list where there is no balance."""
    table = lists[0]
    if flag_role(table) == "flag" and (table.has("pay_by") or table.has("order") or table.has("status")) and not table.has("balance"):
        return True
    said = " ".join((preamble(opened, lists).all(), *table.names.values()))
    return _APP.search(said) is not None and "银行" not in re.sub(r"中国人民银行|银行(?:卡|交易|账单|电子)", "", said)


def _is_card(opened: Opened, lists: Sequence[Table]) -> bool:
    table = lists[0]
    if table.has("balance") or table.has("flag") or table.has("income", "expense"):
        return False
    words = [*table.names.values(), *(line.text for line in preamble(opened, lists).lines)]
    return any(_CARD.search(word) for word in words)


def _card() -> Check:
    return failed(
        "card",
        "这是信用卡账单，看得出花销，看不出进账。请发经营用的银行卡或对公账户流水。",
        "This is a credit card's bill: it shows spending, not income. Please send the statement of the account that the business runs on.",
        ALL,
    )
