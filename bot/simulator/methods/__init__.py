"""The methods of the Bot API, each a function of the world and its checked parameters; a Refusal is raised for what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.simulator.methods import albums, bot, chats, edits, relays, sends, topics
from bot.simulator.state import Json
from bot.simulator.world import World

Method = Callable[[World, Json], Any]

#: By their documented names; getUpdates and the webhook's methods wait and are in `bot.simulator.delivery`.
METHODS: dict[str, Method] = {
    "getMe": bot.get_me,
    "setMyCommands": bot.set_my_commands,
    "getMyCommands": bot.get_my_commands,
    "deleteMyCommands": bot.delete_my_commands,
    "setMyDescription": bot.set_my_description,
    "getMyDescription": bot.get_my_description,
    "answerCallbackQuery": bot.answer_callback_query,
    "getFile": bot.get_file,
    "sendMessage": sends.send_message,
    "sendDocument": sends.send_document,
    "sendPhoto": sends.send_photo,
    "sendChatAction": sends.send_chat_action,
    "sendMediaGroup": albums.send_media_group,
    "copyMessage": relays.copy_message,
    "forwardMessage": relays.forward_message,
    "editMessageText": edits.edit_message_text,
    "editMessageCaption": edits.edit_message_caption,
    "editMessageMedia": edits.edit_message_media,
    "editMessageReplyMarkup": edits.edit_message_reply_markup,
    "deleteMessage": edits.delete_message,
    "deleteMessages": edits.delete_messages,
    "createForumTopic": topics.create_forum_topic,
    "editForumTopic": topics.edit_forum_topic,
    "closeForumTopic": topics.close_forum_topic,
    "reopenForumTopic": topics.reopen_forum_topic,
    "deleteForumTopic": topics.delete_forum_topic,
    "editGeneralForumTopic": topics.edit_general_forum_topic,
    "closeGeneralForumTopic": topics.close_general_forum_topic,
    "reopenGeneralForumTopic": topics.reopen_general_forum_topic,
    "hideGeneralForumTopic": topics.hide_general_forum_topic,
    "unhideGeneralForumTopic": topics.unhide_general_forum_topic,
    "pinChatMessage": chats.pin_chat_message,
    "unpinChatMessage": chats.unpin_chat_message,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
}
