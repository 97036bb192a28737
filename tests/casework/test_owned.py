"""What is an owner's at the desks: in the export all of it, after erasing none of it, table by table."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, func, insert, select, update

from bot.bulletins.model import Draft
from bot.casework.cases import close, current, rate
from bot.casework.outcomes import record_outcome
from bot.casework.referring import open_pack
from bot.casework.words import Words, answer, note
from bot.conversation.world import World
from bot.desk.outcomes import Result
from bot.learning.proposals import Wanted, draft_of
from bot.storage.bulletins.rows import add as add_bulletin
from bot.storage.bulletins.tables import bulletin_rows, muted_topics, subscriptions
from bot.storage.desk.cases import open_case_of
from bot.storage.desk.promotions import propose
from bot.storage.desk.referrals import given_by
from bot.storage.desk.tables import promotions, topic_lines, topics
from bot.storage.store import Store
from bot.storage.tables import metadata, outbox, owners, score_overrides
from tests.casework.desks import NOW
from tests.casework.talks import OWNER, Talk, talk

LATER = NOW + timedelta(hours=1)
FIGURES = "我在福州开餐馆三年了，8个人，去年营业额280万，净利润20万，想借50万装修"

#: Every table with rows of an owner -> what an export holds of it: a key of the file, and words of the story below that stand under it.
IN_THE_EXPORT = {
    "owners": ("owner", ""),
    "facts": ("fact_history", "annual_revenue"),
    "portfolio": ("facts", "annual_revenue"),
    "dialogues": ("settings", "language"),
    "turns": ("conversation", "工商银行批了 30万元"),
    "outbox": ("conversation", "张经理"),
    "reminders": ("reminders", "prd-icbc-jingying"),
    "cases": ("cases", '"rating": 5'),
    "case_messages": ("cases", "材料收到了"),
    "case_events": ("cases", '"event": "claimed"'),
    "referrals": ("referrals", '"rate": "0.0385"'),
    "looks": ("looks", '"what": "pdf"'),
    "subscriptions": ("subscription", '"chat_id": 7'),
    "muted_topics": ("subscription", "tax"),
    "bulletin_rows": ("bulletins", "贴息又有了"),
    "score_overrides": ("grade_set_by_a_person", ""),
}
#: What an export leaves out, and why.
NOT_IN_IT = {
    "topics": "numbers by which Telegram knows what staff see of a case",
    "topic_lines": "what the desk says to the staff until it stands in their topic",
    "promotions": "masked, and about nobody any more",
}


def tables_of_owners() -> set[str]:
    """The tables whose rows are an owner's, directly or through another table that is."""
    found, grown = {owners.name}, True
    while grown:
        more = {table.name for table in metadata.sorted_tables for key in table.foreign_keys if key.column.table.name in found}
        grown = not more <= found
        found |= more
    return found


def told(store: Store, world: World) -> Talk:
    """An owner of whom there is a row in every table: two cases, a pack that was looked at and decided on, a rating, a note, a lesson."""
    told = talk(store, world)
    desk, clerk = told.at.desk, told.at.at_icbc
    told.say(FIGURES, "state_facts")
    told.press("share:to:prd-icbc-jingying")
    sharing = told.advisor.dialogue_of(OWNER).sharing
    assert sharing is not None
    told.press(f"share:go:{sharing.digest(told.advisor.now().date())}")
    with store.begin() as connection:
        case = open_case_of(connection, OWNER)
        assert case is not None
        (referral,) = given_by(connection, OWNER)
        open_pack(connection, referral.receipt, clerk, "pdf", LATER)
        note(connection, desk, case, clerk, Words("内部的话"), LATER)
        answer(connection, desk, current(connection, case.id), clerk, Words("材料收到了"), LATER)
        propose(connection, case, draft_of(connection, case, Wanted("faq")), clerk, LATER)
        record_outcome(connection, desk, referral.receipt, clerk, Result(True, Decimal(300000), Decimal("0.0385")), LATER)
        close(connection, desk, current(connection, case.id), clerk, LATER)
        rate(connection, case, 5)
        store.set_reminder(connection, OWNER, "prd-icbc-jingying", LATER.date(), LATER)
        connection.execute(insert(topics).values(case_id=case.id, chat_id=-100, thread_id=5))
        connection.execute(insert(topic_lines).values(case_id=case.id, at=LATER, message={"text": "客户在等"}))
        connection.execute(insert(subscriptions).values(owner_id=OWNER, chat_id=7, language="zh", at=LATER))
        connection.execute(insert(muted_topics).values(owner_id=OWNER, topic="tax"))
        draft = Draft({"zh": "贴息又有了", "en": "Subsidy"}, {"zh": "今天起可申请", "en": "Apply"}, "sub-x", "440300", LATER, LATER.date())
        number = add_bulletin(connection, draft, clerk.id, LATER).id
        connection.execute(insert(bulletin_rows).values(bulletin_id=number, owner_id=OWNER, chat_id=7, language="zh"))
        override = {"from_grade": "C", "to_grade": "B", "why": "老客户", "card": "1", "by_whom": "李经理"}
        connection.execute(insert(score_overrides).values(owner_id=OWNER, at=LATER, **override))
    return told


def rows(store: Store, table: Table) -> int:
    with store.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def exported(told: Talk) -> tuple[dict[str, Any], str]:
    (file,) = [file for reply in told.say("/export").replies for file in reply.files]
    return json.loads(file.content), file.content.decode()


def test_every_table_of_an_owner_is_in_the_export_or_left_out_for_a_reason() -> None:
    assert tables_of_owners() == IN_THE_EXPORT.keys() | NOT_IN_IT.keys()


def test_the_export_has_what_every_table_has_of_the_owner(store: Store, world: World) -> None:
    owner = told(store, world)
    empty = [name for name in tables_of_owners() if rows(store, metadata.tables[name]) == 0]
    assert empty == []
    # Once messages have left, their texts are gone from the outbox: the transcript has them.
    with store.begin() as connection:
        connection.execute(update(outbox).values(message={}, closed_at=LATER, outcome="sent"))
    everything, text = exported(owner)
    missing = [
        name
        for name, (key, words) in IN_THE_EXPORT.items()
        if words not in json.dumps(everything[key], ensure_ascii=False) or everything[key] in (None, [], {})
    ]
    assert missing == []
    assert "内部的话" not in text


def test_erasing_leaves_nothing_of_the_owner_in_any_table(store: Store, world: World) -> None:
    owner = told(store, world)
    owner.say("/delete")
    owner.press("x:yes")
    left = {name: count for name in tables_of_owners() if (count := rows(store, metadata.tables[name]))}
    # A person's decision over a grade and a lesson stay without saying whose they were, and so do the words that nobody is told by.
    assert left.keys() <= {"score_overrides", "promotions", "outbox"}
    with store.engine.connect() as connection:
        assert connection.execute(select(score_overrides.c.owner_id)).scalars().all() == [None]
        assert connection.execute(select(promotions.c.case_id)).scalars().all() == [None]
        assert connection.execute(select(outbox.c.owner_id)).scalars().all() == [None] * left.get("outbox", 0)
        assert not any("材料收到了" in json.dumps(message) for message in connection.execute(select(outbox.c.message)).scalars())
