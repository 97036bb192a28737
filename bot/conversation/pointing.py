"""What an owner points at in the list shown last: the first one, 前两个, the last. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.model import Reply

_PLACES = {word: place for place, words in enumerate(("一1", "二2", "三3", "四4", "五5", "六6"), 1) for word in words}
_ORDINALS = {word: place for place, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), 1)} | {"top": 1}
_COUNTS = {"两": 2, "二": 2, "2": 2, "俩": 2, "三": 3, "3": 3, "仨": 3, "two": 2, "three": 3, "both": 2}
_THING = r"(?:ones?|loans?|banks?|options?|products?|offers?|programmes?|subsid(?:y|ies)|guarantees?)"
#: 第一个 is one of the list, 第一年 and 第一次 are not; "the first loan" is, "my first loan" is not.
_PLACE = re.compile(
    rf"第(?P<zh>[一二三四五六1-6])(?:个|款|家|项|种|条|样|(?=[和跟与、比呢吧吗]|\W|$))"
    rf"|\bthe (?P<en>first|second|third|fourth|fifth|sixth|top)(?: {_THING}\b|(?=\W*$| (?:and|or|with|vs|versus|to|instead)\b))"
    rf"|\b(?P<short>first|second|third|fourth|fifth|sixth) one\b"
    rf"|\b(?:number|no\.?|option) ?(?P<digit>[1-6])\b",
    re.IGNORECASE,
)
_FIRST_FEW = re.compile(
    rf"(?:最?前面?|头|上面|这)(?P<zh>[两二三俩仨23])(?:个|款|家|项|种|者)(?!月)"
    rf"|\b(?:the )?(?:first|top) (?P<en>two|three)\b(?! (?:years|months|weeks|days|times))"
    rf"|\b(?:the|these|those) two\b(?= ?(?:{_THING})?\W*$| {_THING})|\bboth(?= of (?:them|these|those)|\W*$)",
    re.IGNORECASE,
)
_LAST = re.compile(rf"最后(?:那?一?|那)(?:个|款|家|项|种)|\bthe last (?:{_THING}\b|(?=\W*$))|\blast one\b", re.IGNORECASE)
#: A list has at least so many.
_LIST = 2


def listed_in(replies: Sequence[Reply]) -> tuple[str, ...]:
    """The entries that the first list among the replies offers, in its order; none where there is no list."""
    lists = (tuple(dict.fromkeys(b.id[2:] for b in reply.buttons if b.id.startswith("n:"))) for reply in replies)
    return next((entries for entries in lists if len(entries) >= _LIST), ())


def pointed_at(text: str, listed: Sequence[str]) -> tuple[str, ...]:
    """The entries of the list shown last that the words point at, in the order of the words."""
    if not listed:
        return ()
    few = _FIRST_FEW.search(text)
    if few is not None:
        return tuple(listed[: _COUNTS[(few["zh"] or few["en"] or "two").lower()]])
    places = [_place(match) for match in _PLACE.finditer(text)] + ([len(listed)] if _LAST.search(text) else [])
    return tuple(dict.fromkeys(listed[place - 1] for place in places if place <= len(listed)))


def _place(match: re.Match[str]) -> int:
    word = match["zh"] or match["digit"]
    return _PLACES[word] if word else _ORDINALS[(match["en"] or match["short"]).lower()]
