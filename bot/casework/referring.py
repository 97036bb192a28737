"""Referral packs as rows: given with a turn, taken back, emptied when they end, and opened by staff, whose every look is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection

from bot.casework.cases import Request, current, open_for
from bot.casework.ports import Desk
from bot.conversation.model import Dialogue
from bot.conversation.rating.sheet import sheet_to_json
from bot.conversation.referral.cover import pack_sheet
from bot.conversation.referral.pack import case_file, cut_scene, emptied_case_file, pack_file, terms_of
from bot.conversation.sharing import Sharing
from bot.conversation.texts import say
from bot.conversation.world import World
from bot.desk.model import Case, Member, Reason
from bot.desk.receipts import new_receipt, read_receipt
from bot.desk.rights import Action, may
from bot.desk.sharing import LASTS, WHOLE, Referral, Refused
from bot.storage.desk.cases import adjust, open_case_of, pack_of
from bot.storage.desk.looks import note_look
from bot.storage.desk.people import bank_of
from bot.storage.desk.referrals import give, pack_in, put_in_case, referral_of, revoke, sweep
from bot.storage.desk.words import add_said

_LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Prepared:
    """A pack before it is given: its receipt, the plain JSON, and the report with its cover in each language."""

    sharing: Sharing
    receipt: str
    file: Mapping[str, Any]
    sheets: Mapping[str, Any]
    question: str


@dataclass(frozen=True)
class Opened:
    """A pack as somebody of the staff sees it."""

    referral: Referral
    file: Mapping[str, Any]
    sheets: Mapping[str, Any]


class Busy(RuntimeError):
    """The owner has a case open at another bank."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.id)
        self.case = case


def prepare(world: World, dialogue: Dialogue, sharing: Sharing, today: date, draw: Callable[[int], int]) -> Prepared:
    """Work a pack out, which takes a moment: before the transaction that gives it. What is no longer known is not shared.

    `draw` is what the receipt is drawn with, see new_receipt.
    """
    whole = {part.value for part in WHOLE}
    sharing = Sharing(sharing.lender, sharing.product, tuple(name for name in sharing.fields if name in dialogue.firm or name in whole))
    receipt = new_receipt(draw)
    terms = terms_of(world, sharing, today, today + LASTS, receipt)
    scene = cut_scene(world, dialogue, sharing.fields, today)
    sheets = {language: sheet_to_json(pack_sheet(scene, terms, language)) for language in _LANGUAGES}
    language = dialogue.language
    if terms.product_name is None:
        question = say("shared_case_question_bank", language, receipt=receipt)
    else:
        question = say("shared_case_question", language, product=terms.product_name[language], receipt=receipt)
    return Prepared(sharing, receipt, pack_file(scene, terms), sheets, question)


def refer(connection: Connection, desk: Desk, owner: str, language: str, prepared: Prepared, now: datetime) -> tuple[Referral, Case]:
    """Give a pack to a bank, which hears of it in a case: the owner's own there, or a new one. The dialogue is for the caller.

    Raises LookupError where the bank has no desk, Busy while another bank's case is open.
    """
    sharing = prepared.sharing
    bank = bank_of(connection, sharing.lender)
    if bank is None:
        raise LookupError(sharing.lender)
    case = open_case_of(connection, owner)
    if case is not None and case.bank != bank.id:
        raise Busy(case)
    referral = give(
        connection,
        receipt=prepared.receipt,
        owner=owner,
        bank=bank.id,
        product=sharing.product,
        fields=sharing.fields,
        pack={"file": prepared.file, "sheets": prepared.sheets},
        now=now,
    )
    file = case_file(prepared.file, language)
    if case is None:
        request = Request(owner, Reason.REFERRAL, sharing.product, prepared.question, language, file)
        case = open_for(connection, desk, request, bank, now)
    else:
        _add_to(connection, desk, case, prepared.question, file, now)
    put_in_case(connection, referral, case.id)
    return referral, current(connection, case.id)


def take_back(connection: Connection, desk: Desk, owner: str, receipt: str, now: datetime) -> Referral | None:
    """The owner takes a pack back: its content is gone at once, here and beside its case. None where the owner gave no such pack.

    Raises Refused where it could not be seen any more already.
    """
    referral = referral_of(connection, read_receipt(receipt) or "")
    if referral is None or referral.owner != owner:
        return None
    referral.must_be_readable(now)
    if not revoke(connection, referral, now):
        raise Refused("revoked")
    _empty_case(connection, desk, referral, "shared_case_taken_back", now)
    return referral


def empty_expired(desk: Desk, now: datetime) -> int:
    """Empty the packs whose time is over, and what stands of them beside cases. They could not be read any more before that. How many."""
    with desk.store.begin() as connection:
        gone = sweep(connection, now)
        for referral in gone:
            _empty_case(connection, desk, referral, "shared_case_expired", now)
    return len(gone)


def open_pack(connection: Connection, receipt: str, member: Member, what: Literal["referral", "pdf", "json"], now: datetime) -> Opened:
    """A pack for somebody of the bank's staff, who is noted as having looked.

    Raises Refused: unknown, not_yours (another bank's, or a role that may not), revoked, expired.
    """
    referral = referral_of(connection, read_receipt(receipt) or "")
    if referral is None:
        raise Refused("unknown")
    if not may(member, Action.LOOK if what == "referral" else Action.EXPORT_PACK, referral.bank):
        raise Refused("not_yours")
    pack = pack_in(connection, referral, now)
    note_look(connection, referral, member, what, now)
    return Opened(referral, pack["file"], pack["sheets"])


def _add_to(connection: Connection, desk: Desk, case: Case, question: str, file: Mapping[str, Any], now: datetime) -> None:
    """A case that is open at the bank: its staff are told, and see the pack unless they were let see more before."""
    if not pack_of(connection, case.id).get("scope", {}).get("file"):
        adjust(connection, case.id, pack=dict(file))
    _tell_staff(connection, desk, case, question, now)


def _empty_case(connection: Connection, desk: Desk, referral: Referral, key: str, now: datetime) -> None:
    if referral.case is None:
        return
    case = current(connection, referral.case)
    if pack_of(connection, case.id).get("scope", {}).get("receipt") == referral.receipt:
        adjust(connection, case.id, pack=emptied_case_file(case.language))
    if case.status != "closed":
        _tell_staff(connection, desk, case, say(key, case.language, receipt=referral.receipt), now)
    else:
        desk.mirror.changed(connection, case)


def _tell_staff(connection: Connection, desk: Desk, case: Case, text: str, now: datetime) -> None:
    said = add_said(connection, case.id, "advisor", now, text=text)
    desk.mirror.said(connection, case, said)
    desk.mirror.changed(connection, current(connection, case.id))
