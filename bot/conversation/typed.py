"""What an owner typed, before anything of it is understood."""

from __future__ import annotations

import re
import unicodedata

from bot.conversation.dialect import in_standard_words

#: Longer messages are read up to here; Telegram's own limit.
READ_AT_MOST = 4096
_FIGURE_AT_END = re.compile(r"[\d零一二两三四五六七八九十百千万亿.,，]+$")
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
#: 不是，我问的是利率: what was not meant goes before what is.
_MEANT = re.compile(
    r"^\W*(?:(?:不是的?|不对|错了|没有?|不)[，,。 ]*)+(?:啊|呀|吧)?[，,。 ]*我(?:刚才|刚刚)?(?:是|想)?(?:问|说|指|讲)的?(?:就)?是(?=.{2})"
    r"|^\W*(?:(?:no|nope|wait)[,. ]+)+i (?:asked|was asking|meant to ask|am asking) (?:you )?(?:about|for) (?:the |my )?(?=\w{2})",
    re.IGNORECASE,
)
_A_WORD, _WHAT_OF = 6, {"zh": "{}呢", "en": "what about the {}"}


#: An owner who asks for somebody else speaks of that person.
_OF_OTHER = (
    (re.compile(r"(?<![帮替给为])[他她]们?家?"), "我"),
    (re.compile(r"\b(?:he|she)\b", re.IGNORECASE), "i"),
    (re.compile(r"\b(?:his|her)\b", re.IGNORECASE), "my"),
    (re.compile(r"\bhim\b", re.IGNORECASE), "me"),
)


def as_meant(text: str, of_other: bool = False) -> str:
    """What the owner means: dialect in standard words, and the words behind 不是，我问的是, as a question where it is a word alone.

    `of_other` says that the owner asks for somebody else, whose firm is then spoken of as the owner's.
    """
    text = in_standard_words(text)
    if of_other:
        for words, meant in _OF_OTHER:
            text = words.sub(meant, text)
    found = _MEANT.match(text)
    if found is None:
        return text
    meant = text[found.end() :].strip(" ，,。.!！")
    if not meant.isascii():
        return _WHAT_OF["zh"].format(meant) if len(meant) <= _A_WORD and "问" in found[0] else meant
    return _WHAT_OF["en"].format(meant) if " " not in meant else meant


def readable(text: str) -> str:
    """A text without terminal escapes, control characters and halves of characters, which no owner means to say."""
    return _UNREADABLE.sub("", _ESCAPE.sub("", text))


def cut_short(text: str) -> str:
    """What is read of a text; a figure that the cut would split is left out rather than misread."""
    return text if len(text) <= READ_AT_MOST else _FIGURE_AT_END.sub("", text[:READ_AT_MOST])


def has_words(text: str) -> bool:
    """Whether there is anything to understand: at least one letter or digit of any script."""
    return any(unicodedata.category(char)[0] in "LN" for char in text)
