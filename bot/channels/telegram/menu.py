"""The commands that Telegram offers behind its menu button."""

from __future__ import annotations

import logging

from telegram import Bot
from telegram.error import TelegramError

logger = logging.getLogger(__name__)

#: Command, what it does in Chinese, and in English.
COMMANDS = (
    ("match", "看看我能申请哪些", "See what my firm can get"),
    ("card", "一张图看总结", "The summary in one picture"),
    ("report", "评级报告（PDF）", "Rating report as PDF"),
    ("subsidy", "有哪些补贴和贴息", "Subsidies and interest support"),
    ("news", "政策消息：听哪些、多久一次", "Policy news: what and how often"),
    ("shared", "我给谁看过资料、收回", "What I shared, and take it back"),
    ("restart", "重新开始", "Start over"),
    ("privacy", "您的资料怎么保管", "How your data is kept"),
    ("export", "导出我的全部数据", "Get a copy of my data"),
    ("delete", "删除我的全部数据", "Delete my data"),
    ("language", "中文 / English", "English / 中文"),
    ("help", "怎么用", "How this works"),
)


#: What a chat shows before anything was said in it; Telegram takes at most 512 characters.
_WHAT_IT_DOES = (
    "说说您的生意和想办的事，马上知道哪些贷款、担保和补贴适合您，大概能办多少、一年多少成本、还差什么。预审免费，批不批由银行决定。",
    "Tell me about your business and what you need, and see at once which loans, guarantees and subsidies fit, about how much, at what "
    "cost, and what is missing. A free first check; banks decide.",
)


async def offer_commands(bot: Bot) -> None:
    """Set the menu and what an empty chat shows: Chinese where Telegram is in Chinese, English for everyone else.

    The bot works without them, too.
    """
    chinese = [(command, zh) for command, zh, _ in COMMANDS]
    english = [(command, en) for command, _, en in COMMANDS]
    try:
        await bot.set_my_commands(chinese, language_code="zh")
        await bot.set_my_commands(english, language_code="en")
        await bot.set_my_commands(english)
        await bot.set_my_description(_WHAT_IT_DOES[0], language_code="zh")
        await bot.set_my_description(_WHAT_IT_DOES[1])
    except TelegramError as error:
        logger.warning("the menu of commands could not be set: %s", type(error).__name__)
