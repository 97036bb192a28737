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
#: 1、没有抵押能贷多少 2、几天能到账; 一是…，二是…: the numbers of a list, which are no figures.
_NUMBER_OF_LIST = re.compile(
    r"(?:^|(?<=[\s，,：:；;。？?]))(?:(?:[1-9]|[（(][1-9])[、.．)）](?!\d)"
    r"|第[一二三四五六](?:个(?:问题)?)?(?:是(?!否)|[、.．)）]|(?=[ ，,：:]))|[一二三四五六](?:是(?!否)|[、.．)）]))[ ，,：:]*"
)
#: 好的谢谢，那要多久: thanks before a question are not what is meant.
_THANKS_FIRST = re.compile(
    r"^\W*(?:(?:好的?|嗯+|行|哦|ok|知道了|明白了|懂了)[，, ]*)*(?:谢谢|多谢|感谢|辛苦|thanks|thank you|thx)(?:你|您|了|啊|哈)*[，,。！!~ ]+"
    r"(?=(?:那|请问|还有|再|另外|我想|顺便|对了)\S{2})",
    re.IGNORECASE,
)
_A_WORD, _WHAT_OF = 6, {"zh": "{}呢", "en": "what about the {}"}


#: An owner who asks for somebody else speaks of that person; so does who writes for a father or the boss.
_OF_OTHER = (
    (
        re.compile(
            "(?<![帮替代给为跟和])我(?:爸爸?|妈妈?|老爸|老妈|父亲|母亲|爸妈|父母|老公|老婆|媳妇|爱人|表?[哥姐弟妹]|叔叔?|舅舅?|姨[父妈]?|姑[父妈]?|岳[父母]|朋友)"
            "(?:[他她]们?)?(?=[^，。]{0,4}(?:开|办|搞|经营|承包|种|养|做|想|说|要|打算|有|今年|去年|一年|每年|这边|那边|没|还|欠))"
        ),
        "我",
    ),
    (
        re.compile(
            "(?<![帮替代给为跟和])(?:我们|咱们)?老板(?:[他她])?(?=[^，。]{0,4}(?:说|想|要|打算|名下|有|今年|去年|一年|没|还|欠|现在))"
        ),
        "我",
    ),
    (re.compile(r"(?<![帮替给为])[他她]们?家?"), "我"),
    (re.compile(r"\b(?:he|she)\b", re.IGNORECASE), "i"),
    (re.compile(r"\b(?:his|her)\b", re.IGNORECASE), "my"),
    (re.compile(r"\bhim\b", re.IGNORECASE), "me"),
)


def as_meant(text: str, of_other: bool = False) -> str:
    """What the owner means: dialect in standard words, and the words behind 不是，我问的是, as a question where it is a word alone.

    `of_other` says that the owner asks for somebody else, whose firm is then spoken of as the owner's.
    """
    text = _THANKS_FIRST.sub("", in_standard_words(text))
    if len(_NUMBER_OF_LIST.findall(text)) > 1:
        text = _NUMBER_OF_LIST.sub("；", text).lstrip("；")
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
