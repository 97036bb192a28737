"""Chats themselves: what they are, who is in them, what is pinned, and leaving."""

from __future__ import annotations

from bot.simulator import render
from bot.simulator.methods.common import find_message, need_right, reach
from bot.simulator.refusals import bad
from bot.simulator.state import Json, Member
from bot.simulator.world import World

_MAY_NOT_PIN = "not enough rights to manage pinned messages in the chat"


def get_chat(world: World, values: Json) -> Json:
    chat = reach(world, values["chat_id"])
    if chat.person is not None and not (chat.started or chat.blocked):
        raise bad("chat not found")
    return render.full_chat(chat)


def get_chat_member(world: World, values: Json) -> Json:
    chat = reach(world, values["chat_id"])
    account = world.accounts.get(values["user_id"])
    if account is None:
        raise bad("PARTICIPANT_ID_INVALID")
    if chat.person is not None:
        return render.member(Member(account, "member" if account in (chat.person, world.bot) else "left"))
    return render.member(chat.members.get(account.id, Member(account, "left")))


def get_chat_administrators(world: World, values: Json) -> list[Json]:
    """Other bots are left out; the calling one is not."""
    chat = reach(world, values["chat_id"])
    if chat.person is not None:
        raise bad("there are no administrators in the private chat")
    return [render.member(one) for one in chat.members.values() if one.status in ("creator", "administrator")]


def get_chat_member_count(world: World, values: Json) -> int:
    chat = reach(world, values["chat_id"])
    return 2 if chat.person is not None else sum(one.inside for one in chat.members.values())


def leave_chat(world: World, values: Json) -> bool:
    chat = reach(world, values["chat_id"])
    if chat.person is not None:
        raise bad("chat member status can't be changed in private chats")
    old = render.member(world.bot_in(chat))
    chat.members[world.bot.id] = Member(world.bot, "left")
    world.membership(chat, world.bot, old, render.member(world.bot_in(chat)))
    return True


def pin_chat_message(world: World, values: Json) -> bool:
    chat = reach(world, values["chat_id"])
    message = find_message(chat, values["message_id"], "message to pin")
    need_right(world, chat, "can_pin_messages", _MAY_NOT_PIN)
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        world.event("pinned", chat_id=chat.id, message_id=message.id)
        world.post(chat, world.bot, {"pinned_message": render.message(chat, message, nested=True)}, thread_id=message.thread_id)
    return True


def unpin_chat_message(world: World, values: Json) -> bool:
    """Without a message named, the newest pinned one."""
    chat = reach(world, values["chat_id"])
    need_right(world, chat, "can_pin_messages", _MAY_NOT_PIN)
    wanted = values.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if wanted not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(wanted)
    world.event("unpinned", chat_id=chat.id, message_id=wanted)
    return True
