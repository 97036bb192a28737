"""What a turn asks about packs, carried out in the turn's own transaction, and what is said of it.

Days are those of the turns, so that a receipt says the day that was agreed to; the hour of a look is that of mainland China.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.casework.expectations import expectation
from bot.casework.ports import Desk
from bot.casework.referring import Busy, Prepared, refer, take_back
from bot.casework.turns import Carried
from bot.conversation.answers.referral_said import Name, list_words, looks_words, names_of, receipt_words
from bot.conversation.model import Button, Dialogue, Reply
from bot.conversation.sharing import SharingChange, Verb
from bot.conversation.texts import say
from bot.conversation.world import World
from bot.desk.clocks import Hours
from bot.desk.model import Bank, Case
from bot.desk.sharing import Refused
from bot.storage.desk.looks import looks_of
from bot.storage.desk.people import bank_of, every_bank
from bot.storage.desk.referrals import given_by


def carry_out_sharing(
    connection: Connection,
    desk: Desk,
    world: World,
    owner: str,
    change: SharingChange,
    prepared: Prepared | None,
    dialogue: Dialogue,
    now: datetime,
) -> Carried:
    """Do what a turn asked for. `prepared` is the pack of a turn that gives one."""
    name, language = _names(connection, world, dialogue.language), dialogue.language
    match change.verb:
        case Verb.GIVE:
            assert prepared is not None
            return _give(connection, desk, owner, prepared, dialogue, now, name)
        case Verb.REVOKE:
            reply = _revoked(connection, desk, owner, change.receipt or "", now, name, language)
        case Verb.LIST:
            given, looks = given_by(connection, owner), looks_of(connection, owner)
            reply = list_words(given, looks, now, name, datetime.astimezone, language)
        case Verb.LOOKS:
            reply = looks_words(looks_of(connection, owner), name, Hours().local, language)
    return Carried((reply,), dialogue)


def _give(connection: Connection, desk: Desk, owner: str, prepared: Prepared, dialogue: Dialogue, now: datetime, name: Name) -> Carried:
    language, lender = dialogue.language, prepared.sharing.lender
    try:
        referral, case = refer(connection, desk, owner, language, prepared, now)
    except LookupError:  # its desk was closed while the owner was deciding
        return Carried((Reply(say("shared_gone", language, lender=name(lender))),), dialogue)
    except Busy as busy:
        text = say("share_busy", language, bank=name(busy.case.bank), number=busy.case.id)
        return Carried((Reply(text),), dialogue)
    bank = bank_of(connection, case.bank)
    receipt = receipt_words(referral, name(lender), datetime.astimezone, language)
    told = Reply(f"{receipt.text}\n\n{_case_words(connection, case, bank, dialogue, now)}", receipt.buttons)
    return Carried((told,), dialogue.but(case=case.id, bank=case.bank))


def _case_words(connection: Connection, case: Case, bank: Bank | None, dialogue: Dialogue, now: datetime) -> str:
    """Where the staff were told, and by when they answer."""
    language = dialogue.language
    if dialogue.case == case.id or bank is None:
        return say("shared_case_open", language, number=case.id)
    return say("shared_case", language, number=case.id, when=expectation(connection, bank, now, language))


def _revoked(connection: Connection, desk: Desk, owner: str, receipt: str, now: datetime, name: Name, language: str) -> Reply:
    mine = (Button("share:mine", say("shared_mine_button", language)), Button("share:who", say("shared_who_button", language)))
    try:
        referral = take_back(connection, desk, owner, receipt, now)
    except Refused:
        return Reply(say("shared_revoked_before", language, receipt=receipt), mine)
    if referral is None:
        return Reply(say("shared_unknown", language), mine)
    return Reply(say("shared_revoked", language, receipt=referral.receipt, lender=name(referral.bank)), mine)


def _names(connection: Connection, world: World, language: str) -> Name:
    entries = {entry.id: {"zh": entry.name.zh, "en": entry.name.en} for entry in world.pack}
    return names_of({bank.id: bank.name for bank in every_bank(connection)}, entries, language)
