"""Many firms placed with lenders at once, for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.channels.commands import on_date
from bot.channels.lines import BadLine
from bot.channels.routed import wish_of
from bot.conversation.world import World
from bot.matching.many import applicant_of
from knowledge.entries import Kind
from knowledge.firm import FactError, Firm, to_json
from scoring.assignment import Room, assign, first_come

_ROOM_KEYS = frozenset({"firms", "money", "sector_share"})


async def assigned(world: World, today: date, asked: Mapping[str, Any]) -> dict[str, Any]:
    """{"id", "firms": [{"id", "facts"}], "rooms": {lender: {"firms"?, "money"?, "sector_share"?}}, "on"?, "wish"?} -> who goes where.

    `versus_first_come` is what the placements are worth beside sending the firms one by one in the order given.
    """
    on, wish, rooms = on_date(asked.get("on"), today), wish_of(asked), _rooms(world, asked.get("rooms", {}))
    firms = _firms(asked.get("firms"))
    applicants = [applicant_of(name, facts, world.pack, world.card, on, wish) for name, facts in firms.items()]
    together, in_turn = assign(applicants, rooms), first_come(applicants, rooms)
    without_offer = {one.firm for one in applicants if not one.choices}
    return {
        "id": asked["id"],
        "placed": [
            {"firm": firm, "lender": choice.lender, "entry": choice.entry, "amount": to_json(choice.amount)}
            for firm, choice in together.placed.items()
        ],
        "left_over": [{"firm": firm, "why": "no_offer" if firm in without_offer else "no_room"} for firm in together.left_over],
        "worth": float(together.worth),
        "versus_first_come": float(in_turn.worth),
    }


def _firms(raw: Any) -> dict[str, Firm]:
    if not isinstance(raw, list) or not all(isinstance(one, dict) and isinstance(one.get("facts"), dict) and "id" in one for one in raw):
        raise BadLine('"firms" must be a list of objects with "id" and "facts"')
    found: dict[str, Firm] = {}
    for one in raw:
        name = str(one["id"])
        if name in found:
            raise BadLine(f"firm {name} comes twice")
        try:
            found[name] = Firm.of({fact: value for fact, value in one["facts"].items() if value is not None}, date.min)
        except FactError as error:
            raise BadLine(f"firm {name}: {error}") from error
    return found


def _rooms(world: World, raw: Any) -> dict[str, Room]:
    if not isinstance(raw, dict):
        raise BadLine('"rooms" must be an object of lenders')
    rooms: dict[str, Room] = {}
    for lender, given in raw.items():
        entry = world.pack.get(lender)
        if entry is None or entry.kind is not Kind.LENDER:
            raise BadLine(f"{lender} is no lender; lenders have ids such as len-icbc")
        if not isinstance(given, dict) or not set(given) <= _ROOM_KEYS:
            raise BadLine(f"the room of {lender} has keys of {', '.join(sorted(_ROOM_KEYS))}")
        rooms[lender] = _room(lender, given)
    return rooms


def _room(lender: str, given: Mapping[str, Any]) -> Room:
    firms = given.get("firms")
    if firms is not None and (not isinstance(firms, int) or isinstance(firms, bool)):
        raise BadLine(f"the number of firms of {lender} must be a whole number")
    try:
        money, share = (None if given.get(key) is None else Decimal(str(given[key])) for key in ("money", "sector_share"))
        return Room(firms, money, share)
    except (InvalidOperation, ValueError) as error:
        raise BadLine(f"the room of {lender}: {error}") from error
