"""What is an owner's at the desks: everything about them to take along or to erase, and the words of theirs that an edit changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from bot.casework.ports import Desk
from bot.conversation.heard import Heard
from bot.conversation.model import Dialogue
from bot.desk.model import Case, Said
from bot.desk.sharing import Look, Referral
from bot.storage.desk.cases import cases_of, events_of, pack_of
from bot.storage.desk.looks import looks_of
from bot.storage.desk.referrals import contents, given_by
from bot.storage.desk.words import said_at, said_in
from bot.storage.store import Store


def meant_for_case(store: Store, heard: Heard, dialogue: Dialogue) -> Heard:
    """What was heard, with the message of the open case whose place it takes, or that it answers one of the staff's, where it does."""
    origin = heard.origin
    if origin is None or dialogue.case is None:
        return heard
    if heard.edited:
        said = _said_at(store, origin.chat, origin.message, dialogue.case)
        return replace(heard, said=said.id) if said is not None and said.author == "owner" else heard
    if origin.answers is None:
        return heard
    said = _said_at(store, origin.chat, origin.answers, dialogue.case)
    return replace(heard, for_staff=said is not None and said.author == "staff")


def _said_at(store: Store, chat: int, message: int, case: int) -> Said | None:
    with store.engine.connect() as connection:
        said = said_at(connection, chat, message)
    return said if said is not None and said.case == case else None


def forget_cases(connection: Connection, desk: Desk, owner: str) -> None:
    """Have every case of an owner vanish from where staff see it; the rows go with the owner's."""
    for case in cases_of(connection, owner):
        desk.mirror.erased(connection, case)


def everything_at_desks(store: Store, owner: str) -> dict[str, Any]:
    """An owner's cases with what was said to them and by them, their referrals, and who looked at what, as plain JSON."""
    with store.engine.connect() as connection:
        shared = contents(connection, owner)
        return {
            "cases": [
                _case(case, pack_of(connection, case.id), said_in(connection, case.id), events_of(connection, case.id))
                for case in cases_of(connection, owner)
            ],
            "referrals": [_referral(one, shared[one.receipt]) for one in reversed(given_by(connection, owner))],
            "looks": [_look(one) for one in reversed(looks_of(connection, owner))],
        }


def _case(case: Case, shown: Mapping[str, Any], words: list[Said], events: list[dict[str, Any]]) -> dict[str, Any]:
    """`shown` is what its staff see of the firm. Notes are the staff's own, and so is who of them did what."""
    return {
        "number": case.id,
        "bank": case.bank,
        "reason": case.reason.value,
        "about": case.about,
        "question": case.question,
        "opened_at": case.opened_at.isoformat(),
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "outcome": case.outcome.value if case.outcome else None,
        "rating": case.rating,
        "shown": dict(shown),
        "said": [_said(one) for one in words if one.author != "note"],
        "happened": [{"at": event["at"], "event": event["event"]} for event in events],
    }


def _referral(referral: Referral, shared: Mapping[str, Any]) -> dict[str, Any]:
    """With what was shared, as long as it is not taken back."""
    return {
        "receipt": referral.receipt,
        "bank": referral.bank,
        "product": referral.product,
        "fields": list(referral.fields),
        "shared": dict(shared),
        "given_at": referral.given_at.isoformat(),
        "expires_at": referral.expires_at.isoformat(),
        "revoked_at": referral.revoked_at.isoformat() if referral.revoked_at else None,
        "outcome": referral.outcome,
    }


def _look(look: Look) -> dict[str, Any]:
    """Of a person their role, not their name."""
    return {"at": look.at.isoformat(), "bank": look.bank, "role": look.role, "what": look.what, "receipt": look.receipt}


def _said(said: Said) -> dict[str, Any]:
    return {
        "at": said.at.isoformat(),
        "by": said.author,
        "text": said.text,
        "file": said.file.name if said.file else None,
        "edited_at": said.edited_at.isoformat() if said.edited_at else None,
    }
