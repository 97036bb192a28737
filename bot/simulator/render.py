"""From the simulator's data to the objects of the Bot API."""

from __future__ import annotations

from bot.simulator.state import RIGHTS, Account, Chat, Json, Member, Message, Query


def user(account: Account) -> Json:
    fields = {
        "id": account.id,
        "is_bot": account.is_bot,
        "first_name": account.first_name,
        "last_name": account.last_name,
        "username": account.username,
        "language_code": account.language_code,
    }
    return {name: value for name, value in fields.items() if value is not None}


def chat(one: Chat) -> Json:
    if one.person is not None:
        named = {name: value for name, value in user(one.person).items() if name in ("first_name", "last_name", "username")}
        return {"id": one.id, "type": "private", **named}
    fields = {"id": one.id, "type": one.type, "title": one.title, "username": one.username, "is_forum": one.is_forum or None}
    return {name: value for name, value in fields.items() if value is not None}


def full_chat(one: Chat) -> Json:
    """What getChat returns; the newest pinned message with it."""
    taken = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False)
    full = {**chat(one), "accent_color_id": abs(one.id) % 7, "max_reaction_count": 11, "accepted_gift_types": taken}
    pinned = [one.messages[number] for number in one.pinned if not one.messages[number].deleted]
    if one.is_group:
        full["permissions"] = {"can_send_messages": True, "can_send_documents": True, "can_send_photos": True}
    return full | ({"pinned_message": message(one, pinned[-1])} if pinned else {})


def member(one: Member) -> Json:
    shown: Json = {"status": one.status, "user": user(one.account)}
    if one.status == "creator":
        shown["is_anonymous"] = False
    elif one.status == "administrator":
        shown |= {"can_be_edited": False, "is_anonymous": False, **{right: right in one.rights for right in sorted(RIGHTS)}}
    elif one.status == "kicked":
        shown["until_date"] = 0
    return shown


def message(place: Chat, one: Message, nested: bool = False) -> Json:
    """A message as the bot gets it; the one it replies to with it, but not what that one replied to."""
    shown: Json = {"message_id": one.id, "from": user(one.sender), "chat": chat(place), "date": one.date, **one.content}
    if one.thread_id is not None:
        shown |= {"message_thread_id": one.thread_id, "is_topic_message": True}
    elif one.root is not None:
        shown["message_thread_id"] = one.root  # a chain of answers, which is no topic
    optional = {
        "edit_date": one.edit_date,
        "forward_origin": one.forward_origin,
        "media_group_id": one.media_group_id,
        "quote": one.quote,
        "has_protected_content": one.protected or None,
        "reply_markup": one.markup if one.markup and "inline_keyboard" in one.markup else None,
    }
    shown |= {name: value for name, value in optional.items() if value is not None}
    # Telegram lets each message of a topic point at the topic's beginning if it answers nothing else.
    answered = place.messages.get(one.reply_to or (one.thread_id if place.is_forum else None) or 0)
    if answered is not None and answered.id != one.id and not answered.deleted and not nested:
        shown["reply_to_message"] = message(place, answered, nested=True)
    return shown


def query(place: Chat, one: Query) -> Json:
    """A callback query; a message deleted meanwhile is only named."""
    told = message(place, one.message)
    if one.message.deleted:
        told = {"chat": chat(place), "message_id": one.message.id, "date": 0}
    return {"id": one.id, "from": user(one.person), "chat_instance": str(abs(place.id) * 7919), "message": told, "data": one.data}
