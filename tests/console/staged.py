"""A desk with banks, staff of every role and cases in every state, for the tests of the console and for its benchmark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.bulletins.entries import EntryDraft
from bot.bulletins.model import Bulletin
from bot.casework.cases import Request, claim, close, current, open_for
from bot.casework.ports import Desk
from bot.casework.words import Words, answer, heard, note
from bot.channels.console.files import Files
from bot.conversation.rating.sheet import sheet_to_json
from bot.conversation.world import World
from bot.desk.model import GENERAL, Bank, Case, Member, Reason, Role
from bot.desk.receipts import new_receipt
from bot.learning.proposals import Wanted, draft_of
from bot.storage.desk.canned import Canned, keep_canned
from bot.storage.desk.people import add_member, keep_bank
from bot.storage.desk.promotions import propose
from bot.storage.desk.referrals import give
from bot.storage.store import Store, TurnRecord
from knowledge.firm import vocabulary
from knowledge.formats import fact_label, fact_value

#: A Thursday afternoon in Shanghai.
NOW = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
OWN, OTHER = "len-icbc", "len-ccb"
PRODUCT = "prd-icbc-jingying"
BANKS = {
    OWN: {"zh": "工商银行", "en": "ICBC"},
    OTHER: {"zh": "建设银行", "en": "CCB"},
    GENERAL: {"zh": "综合服务台", "en": "General desk"},
}
#: A noodle shop, as its owner told and as its tax return says.
FACTS: tuple[Mapping[str, Any], ...] = tuple(
    {"name": name, "value": value, "source": source, "as_of": "2026-11-20", "approximate": False}
    for name, value, source in (
        ("firm_name", "老陈面馆", "said"),
        ("uscc", "91440300MA5EXAMP3X", "file"),
        ("industry", "catering", "said"),
        ("region", "440300", "said"),
        ("age_months", 40, "said"),
        ("employees", 9, "said"),
        ("annual_revenue", 2_600_000, "file"),
        ("invoiced_sales", 1_100_000, "file"),
        ("net_profit", 210_000, "file"),
        ("total_assets", 1_500_000, "file"),
        ("total_liabilities", 600_000, "file"),
        ("existing_loans", 300_000, "said"),
        ("monthly_debt_service", 9_000, "said"),
        ("tax_grade", "B", "file"),
        ("overdue_12m", 0, "said"),
        ("amount_sought", 500_000, "said"),
    )
)
DOUBT = {"zh": "差 3 元", "en": "3 short"}
PACK: Mapping[str, Any] = {
    "as_of": "2026-11-26",
    "facts": list(FACTS),
    "uploads": [
        {"name": "纳税申报表.pdf", "kind": "tax_return", "period": "2025", "as_of": "2025-12-31", "confirmed": True, "open": []},
        {
            "name": "流水.xlsx",
            "kind": "bank_flow",
            "period": None,
            "as_of": None,
            "confirmed": False,
            "open": [{"zh": "差 3 元", "en": "3 short"}],
        },
    ],
    "transcript": [{"at": "2026-11-26T06:00:00+00:00", "owner": "想贷50万", "files": ["流水.xlsx"], "advisor": ["好的，记下了。"]}],
}
#: A pack that an owner gave to the first bank, and the file beside the case in which its staff were told.
RECEIPT = new_receipt(lambda end: end // 2)
WITH_PACK: Mapping[str, Any] = {**PACK, "scope": {"file": True, "on": "2026-11-26", "receipt": RECEIPT}}


@dataclass(frozen=True)
class Staged:
    """Who and what there is. Members are named by role and bank, cases and bulletins by their state."""

    desk: Desk
    members: Mapping[str, Member]
    cases: Mapping[str, Case]
    bulletins: Mapping[str, Bulletin] = field(default_factory=dict)
    measures: Mapping[str, EntryDraft] = field(default_factory=dict)


def owner(connection: Connection, store: Store, name: str, language: str = "zh") -> str:
    """An owner who has talked with the advisor before."""
    store.commit_turn(connection, name, store.recall(name), {"language": language}, [], TurnRecord({}, None, [], [], "0" * 64), NOW)
    return name


def opened(connection: Connection, desk: Desk, who: str, bank: str, question: str, ago: timedelta, **also: Any) -> Case:
    """A case that an owner opened some time ago."""
    given = {"reason": Reason.ASKED, "about": None, "language": "zh", "pack": PACK, **also}
    request = Request(owner=owner(connection, desk.store, who, given["language"]), question=question, **given)
    return open_for(connection, desk, request, Bank(bank, BANKS.get(bank, {"zh": bank, "en": bank}), None, {}), NOW - ago)


def staged(store: Store, world: World | None = None) -> Staged:
    """Two banks and the general desk; cases of the first in every state, and one of the other.

    With a world the pack that the first bank was given can be printed.
    """
    desk, sheets = Desk(store), {} if world is None else {language: _sheet(world, language) for language in ("zh", "en")}
    with store.begin() as connection:
        for bank, name in BANKS.items():
            keep_bank(connection, Bank(bank, name, None, {}))
        members = {
            "agent": add_member(connection, Member(0, OWN, "李经理", Role.AGENT)),
            "colleague": add_member(connection, Member(0, OWN, "周经理", Role.AGENT, telegram_id=77)),
            "supervisor": add_member(connection, Member(0, OWN, "王主管", Role.SUPERVISOR, deputy=True)),
            "bank_admin": add_member(connection, Member(0, OWN, "赵管理", Role.ADMIN)),
            "other": add_member(connection, Member(0, OTHER, "刘经理", Role.AGENT)),
            "other_supervisor": add_member(connection, Member(0, OTHER, "陈主管", Role.SUPERVISOR)),
            "admin": add_member(connection, Member(0, None, "系统管理员", Role.ADMIN)),
            "policy": add_member(connection, Member(0, None, "政策专员", Role.POLICY, region="350000", office="省工信厅")),
        }
        cases = _cases(connection, desk, members, sheets)
        lesson = draft_of(connection, cases["mine"], Wanted("faq"))
        propose(connection, cases["mine"], lesson, members["agent"], NOW - timedelta(minutes=5))
        asks, waits = "请准备营业执照。{bank} {name}，编号 {number}", "已收到，稍后回复您。"
        keep_canned(connection, Canned(0, OWN, "需要的材料", asks, "Please bring your licence. {name}, {bank}, case {number}"))
        keep_canned(connection, Canned(0, None, "稍后回复", waits, "We have it and will be back soon."))
    return Staged(desk, members, cases)


def _sheet(world: World, language: str) -> dict[str, Any]:
    sheet = Files().sheet(world, PACK, language, date(2026, 11, 26))
    assert sheet is not None
    return sheet_to_json(sheet)


def _pack_file() -> dict[str, Any]:
    """As bot.conversation.referral.pack makes it, of an owner who ticked the facts and two parts."""
    facts = []
    for fact in FACTS:
        name, value = fact["name"], vocabulary()[fact["name"]].parse(fact["value"])
        words = {
            "label": {one: fact_label(name, one) for one in ("zh", "en")},
            "text": {one: fact_value(name, value, one) for one in ("zh", "en")},
        }
        facts.append({**fact, **words})
    matches = [{"entry": PRODUCT, "name": {"zh": "经营快贷", "en": "Business quick loan"}, "status": "eligible"}]
    reasons = [{"fact": "tax_grade", "points": 12, "zh": "纳税信用 B 级", "en": "Tax grade B"}]
    upload = {"name": "纳税申报表.pdf", "zh": "纳税申报表", "en": "Tax return", "period": "2025", "confirmed": True}
    return {
        "receipt": RECEIPT,
        "facts": facts,
        "contradictions": [{"zh": "开票比营业额少 150 万元", "en": "Invoices are CNY 1.5 million below revenue"}],
        "score": {"grade": "B", "reasons": reasons},
        "matches": matches,
        "uploads": [upload],
    }


def _cases(connection: Connection, desk: Desk, members: Mapping[str, Member], sheets: Mapping[str, Any]) -> dict[str, Case]:
    hour = timedelta(hours=1)
    free = opened(connection, desk, "tg:1", OWN, "流水贷能做到50万吗？想找人问问", hour, about=PRODUCT, reason=Reason.ASKED)
    late = opened(connection, desk, "tg:2", OWN, "这个月还不上了，能不能缓一缓", 6 * hour, reason=Reason.HARDSHIP)
    mine = opened(connection, desk, "tg:3", OWN, "What papers do you need?", 2 * hour, language="en")
    mine = claim(connection, desk, mine, members["agent"], NOW - hour)
    answer(connection, desk, mine, members["agent"], Words("Hello, your licence and your tax return."), NOW - hour)
    mine = current(connection, mine.id)
    heard(connection, desk, mine, Words("Here is the licence. Is <b>that</b> all?"), NOW - hour / 2)
    note(connection, desk, mine, members["supervisor"], Words("Long-standing customer."), NOW - hour / 3)
    taken = opened(connection, desk, "tg:4", OWN, "利率和当初说的不一样，我要投诉", 3 * hour, reason=Reason.COMPLAINT, pack=WITH_PACK)
    file = {"file": _pack_file(), "sheets": sheets}
    give(connection, receipt=RECEIPT, owner="tg:4", bank=OWN, product=PRODUCT, fields=["annual_revenue"], pack=file, now=NOW - hour)
    taken = claim(connection, desk, taken, members["colleague"], NOW - 2 * hour)
    closed = opened(connection, desk, "tg:5", OWN, "想问一下续贷", 30 * hour, pack={})
    closed = claim(connection, desk, closed, members["agent"], NOW - 29 * hour)
    close(connection, desk, closed, members["agent"], NOW - 26 * hour)
    other = opened(connection, desk, "tg:6", OTHER, "建行的问题：面馆能贷多少", hour)
    every = {"free": free, "late": late, "mine": mine, "taken": taken, "closed": closed, "other": other}
    return {name: current(connection, case.id) for name, case in every.items()}
