"""Packs given, opened, taken back and ended, on both databases."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.casework.cases import close, current
from bot.casework.referring import Busy, Prepared, empty_expired, open_pack, prepare, refer, take_back
from bot.commands.packs import write_pack
from bot.commands.unusable import Unusable
from bot.conversation.model import Dialogue
from bot.conversation.sharing import Sharing
from bot.conversation.world import World
from bot.desk.model import GENERAL, Case, Member, Reason, Role
from bot.desk.sharing import LASTS, Referral, Refused
from bot.storage.desk.cases import open_case_of, pack_of
from bot.storage.desk.looks import looks_of
from bot.storage.desk.people import add_member
from bot.storage.desk.referrals import given_by, given_to, pack_in, referral_of
from bot.storage.desk.words import said_in
from bot.storage.store import Store
from knowledge.firm import Firm
from tests.casework.desks import DESK, ICBC, NOW, People, known, opened, people
from tests.pictures.packs import pages_of

OWNER = "tg:7"
FACTS = {
    "firm_name": "福州闽味食品有限公司", "industry": "catering", "age_months": 36, "annual_revenue": 2_837_411, "amount_sought": 500_000,
}  # fmt: skip
FIRM = Firm.of(FACTS, NOW.date())
FIELDS = ("firm_name", "industry", "amount_sought", "score")
LATER = NOW + LASTS


def prepared(world: World, fields: tuple[str, ...] = FIELDS, lender: str = ICBC.id, seed: int = 1) -> Prepared:
    sharing = Sharing(lender, "prd-icbc-jingying", fields)
    return prepare(world, Dialogue(firm=FIRM), sharing, NOW.date(), Random(seed).randrange)


def given(at: People, world: World, **how: Any) -> tuple[Referral, Case]:
    known(at.desk.store, OWNER)
    with at.desk.store.begin() as connection:
        return refer(connection, at.desk, OWNER, "zh", prepared(world, **how), NOW)


def refusal(at: People, receipt: str, member: Member, when: Any = NOW, what: Any = "pdf") -> str:
    with pytest.raises(Refused) as refused, at.desk.store.begin() as connection:
        open_pack(connection, receipt, member, what, when)
    return refused.value.reason


def stored(store: Store, case: int) -> Mapping[str, Any]:
    with store.begin() as connection:
        return pack_of(connection, case)


def test_a_bank_hears_of_a_pack_in_a_case_that_shows_nothing_else(store: Store, world: World) -> None:
    at = people(store)
    referral, case = given(at, world)
    assert (case.bank, case.reason, case.about) == (ICBC.id, Reason.REFERRAL, "prd-icbc-jingying")
    assert referral.receipt in case.question
    assert ("opened", case.id, ICBC.id) in at.shown.calls
    beside = stored(store, case.id)
    assert [fact["name"] for fact in beside["facts"]] == ["firm_name", "industry", "amount_sought"]
    assert beside["scope"]["receipt"] == referral.receipt
    assert beside["score"] is not None
    assert "2837411" not in json.dumps(beside)
    with store.begin() as connection:
        assert given_by(connection, OWNER) == given_to(connection, ICBC.id) == [referral_of(connection, referral.receipt)]
        assert given_to(connection, GENERAL) == []


def test_every_look_is_the_owners_to_read(store: Store, world: World) -> None:
    at = people(store)
    referral, _ = given(at, world)
    with store.begin() as connection:
        seen = open_pack(connection, referral.receipt.lower(), at.at_icbc, "referral", NOW)
        open_pack(connection, referral.receipt, at.at_icbc, "json", NOW + timedelta(hours=1))
    assert [fact["name"] for fact in seen.file["facts"]] == ["firm_name", "industry", "amount_sought"]
    with store.begin() as connection:
        looks = looks_of(connection, OWNER)
    assert [(look.what, look.bank, look.role, look.receipt) for look in looks] == [
        ("json", ICBC.id, "agent", referral.receipt),
        ("referral", ICBC.id, "agent", referral.receipt),
    ]


def test_a_pack_is_for_the_staff_of_its_bank_alone(store: Store, world: World) -> None:
    at = people(store)
    referral, _ = given(at, world)
    with store.begin() as connection:
        policy = add_member(connection, Member(0, None, "钱科长", Role.POLICY))
        admin = add_member(connection, Member(0, None, "管理员", Role.ADMIN))
    for member in (at.clerk, at.other, policy, admin):
        for what in ("referral", "pdf", "json"):
            assert refusal(at, referral.receipt, member, what=what) == "not_yours"
    assert refusal(at, "RF-2222-22222", at.at_icbc) == "unknown"
    assert refusal(at, "nonsense", at.at_icbc) == "unknown"
    with store.begin() as connection:
        assert looks_of(connection, OWNER) == []


def test_what_was_taken_back_is_gone_everywhere(store: Store, world: World) -> None:
    at = people(store)
    referral, case = given(at, world)
    with store.begin() as connection:
        assert take_back(connection, at.desk, OWNER, referral.receipt, NOW) is not None
    assert refusal(at, referral.receipt, at.at_icbc) == "revoked"
    assert "福州闽味" not in json.dumps(stored(store, case.id), ensure_ascii=False)
    with store.begin() as connection:
        kept = referral_of(connection, referral.receipt)
        assert kept is not None
        assert (kept.revoked_at, kept.fields) == (NOW, referral.fields)
        assert connection.exec_driver_sql("SELECT pack FROM referrals").scalar_one() in ({}, "{}")
        assert [(one.author, referral.receipt in (one.text or "")) for one in said_in(connection, case.id)] == [("advisor", True)]
        with pytest.raises(Refused):
            take_back(connection, at.desk, OWNER, referral.receipt, NOW)


def test_nobody_takes_back_what_another_gave(store: Store, world: World) -> None:
    at = people(store)
    referral, _ = given(at, world)
    known(store, "tg:8")
    with store.begin() as connection:
        assert take_back(connection, at.desk, "tg:8", referral.receipt, NOW) is None
        open_pack(connection, referral.receipt, at.at_icbc, "pdf", NOW)


def test_a_pack_that_has_ended_reads_as_gone_and_the_sweep_empties_it(store: Store, world: World) -> None:
    at = people(store)
    referral, case = given(at, world)
    assert empty_expired(at.desk, LATER - timedelta(seconds=1)) == 0
    assert refusal(at, referral.receipt, at.at_icbc, LATER) == "expired"
    with store.begin() as connection, pytest.raises(Refused):
        pack_in(connection, referral, LATER)
    assert (empty_expired(at.desk, LATER), empty_expired(at.desk, LATER)) == (1, 0)
    assert stored(store, case.id)["scope"] == {"file": False, "on": None}
    with store.begin() as connection:
        assert connection.exec_driver_sql("SELECT pack FROM referrals").scalar_one() in ({}, "{}")


def test_nothing_is_said_in_a_case_that_is_closed(store: Store, world: World) -> None:
    at = people(store)
    referral, case = given(at, world)
    with store.begin() as connection:
        close(connection, at.desk, current(connection, case.id), at.at_icbc, NOW)
        take_back(connection, at.desk, OWNER, referral.receipt, NOW)
        assert said_in(connection, case.id) == []
    assert "facts" not in stored(store, case.id)
    assert at.shown.calls[-1] == ("changed", case.id, "closed")


def test_an_open_case_at_the_bank_takes_the_pack_up(store: Store, world: World) -> None:
    at = people(store)
    before = opened(at, bank=ICBC, pack={"scope": {"file": False}})
    with store.begin() as connection:
        referral, case = refer(connection, at.desk, OWNER, "zh", prepared(world), NOW)
        assert case.id == before.id
        assert [one.author for one in said_in(connection, case.id)] == ["advisor"]
    assert stored(store, case.id)["scope"]["receipt"] == referral.receipt


def test_who_was_let_see_more_before_sees_it_still(store: Store, world: World) -> None:
    at = people(store)
    wide = {"scope": {"file": True}, "facts": []}
    case = opened(at, bank=ICBC, pack=wide)
    with store.begin() as connection:
        referral, _ = refer(connection, at.desk, OWNER, "zh", prepared(world), NOW)
        take_back(connection, at.desk, OWNER, referral.receipt, NOW)
    assert stored(store, case.id) == wide


def test_another_banks_open_case_comes_first(store: Store, world: World) -> None:
    at = people(store)
    case = opened(at, bank=DESK)
    with pytest.raises(Busy) as busy, store.begin() as connection:
        refer(connection, at.desk, OWNER, "zh", prepared(world), NOW)
    assert busy.value.case.id == case.id
    with store.begin() as connection:
        assert given_by(connection, OWNER) == []


def test_a_bank_without_a_desk_gets_nothing(store: Store, world: World) -> None:
    at = people(store)
    known(store, OWNER)
    with pytest.raises(LookupError), store.begin() as connection:
        refer(connection, at.desk, OWNER, "zh", prepared(world, lender="len-abc"), NOW)
    with store.begin() as connection:
        assert open_case_of(connection, OWNER) is None


def test_what_is_no_longer_known_is_not_shared(world: World) -> None:
    made = prepared(world, fields=("firm_name", "net_profit", "matches"))
    assert made.sharing.fields == ("firm_name", "matches")
    assert made.file["fields"] == ["firm_name", "matches"]


def test_whoever_erases_takes_packs_and_looks_along(store: Store, world: World) -> None:
    at = people(store)
    referral, _ = given(at, world)
    with store.begin() as connection:
        open_pack(connection, referral.receipt, at.at_icbc, "pdf", NOW)
        store.erase(connection, OWNER)
    with store.begin() as connection:
        assert referral_of(connection, referral.receipt) is None
        assert looks_of(connection, OWNER) == []


# -- advisor desk pack ---------------------------------------------------------------------------------------------------------


def test_the_command_writes_a_pack_and_a_look(store: Store, world: World, tmp_path: Path) -> None:
    at = people(store)
    referral, _ = given(at, world)
    pdf, plain = tmp_path / "x.pdf", tmp_path / "x.json"
    assert write_pack(store, referral.receipt, pdf, at.at_icbc.id, "", NOW) == f"{referral.receipt}  张经理"
    write_pack(store, referral.receipt.lower(), plain, at.at_icbc.id, "", NOW)
    printed = "".join(pages_of(pdf.read_bytes()))
    assert referral.receipt.replace("-", "") in printed
    assert "企业融资资料" in printed
    assert "2837411" not in printed.replace(",", "")
    assert json.loads(plain.read_text("utf-8"))["receipt"] == referral.receipt
    assert (pdf.stat().st_mode | plain.stat().st_mode) & 0o077 == 0
    with store.begin() as connection:
        assert [look.what for look in looks_of(connection, OWNER)] == ["json", "pdf"]


def test_the_command_refuses_and_notes_nothing(store: Store, world: World, tmp_path: Path) -> None:
    at = people(store)
    referral, _ = given(at, world)
    out = tmp_path / "x.pdf"
    for receipt, by, when, name, why in (
        (referral.receipt, at.clerk.id, NOW, "x.pdf", "is not for 李经理"),
        (referral.receipt, at.at_icbc.id, LATER, "x.pdf", "has expired"),
        ("RF-2222-22223", at.at_icbc.id, NOW, "x.pdf", "there is no pack"),
        (referral.receipt, 999, NOW, "x.pdf", "nobody of the staff"),
        (referral.receipt, at.at_icbc.id, NOW, "x.txt", "ends in .pdf or .json"),
        (referral.receipt, at.at_icbc.id, NOW, "no/such/x.pdf", "cannot be written"),
    ):
        with pytest.raises(Unusable, match=why):
            write_pack(store, receipt, tmp_path / name, by, "", when)
    with store.begin() as connection:
        take_back(connection, at.desk, OWNER, referral.receipt, NOW)
    with pytest.raises(Unusable, match="took pack"):
        write_pack(store, referral.receipt, out, at.at_icbc.id, "", NOW)
    assert not out.exists()
    with store.begin() as connection:
        assert looks_of(connection, OWNER) == []
