"""Which language a message is written in."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["zh", "en"]

_HAN = re.compile(r"[㐀-鿿豈-﫿]")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
#: Units and names that stand inside Chinese sentences and say nothing about the language.
_NEUTRAL = frozenset(
    [
        "w",
        "k",
        "m",
        "rmb",
        "cny",
        "usd",
        "app",
        "it",
        "lpr",
        "vat",
        "ai",
        "pos",
        "pdf",
        "excel",
        "ok",
        "a",
        "b",
        "c",
        "d",
        "jd",
        "hi",
        "xlsx",
        "csv",
        "gmv",
        "mba",
        "ktv",
        "vip",
        "id",
        "qq",
    ]
)
_GRAMMAR = re.compile(r"\b(?:what|is|are|how|the|a|an|do|does|i|we|my|our|can|of|in|for|to|and|you|mean|means)\b", re.IGNORECASE)
_HAN_GRAMMAR = re.compile(r"[的我是了吗呢要想们]|什么|怎么")


def language_of(text: str, default: Language) -> Language:
    """The language to answer in: Chinese when it has Han characters, unless they are a small quoted part of an English sentence
    (what is 保理?). A text without letters says nothing and gets the default."""
    han = len(_HAN.findall(text))
    words = [word for word in _WORD.findall(text) if word.lower() not in _NEUTRAL]
    if han:
        if _HAN_GRAMMAR.search(text):
            return "zh"
        framed = len(_GRAMMAR.findall(text)) >= 2
        return "en" if framed or (len(words) >= 2 and len(words) >= han * 0.4) else "zh"
    return "en" if _WORD.search(text) and (words or default == "en") else default
