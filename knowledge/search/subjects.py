"""What a question names outright that no entry may tell of: a bank or a scheme by its name, or a thing that a loan is to stand on.

The index finds the nearest entry whatever is named; of 大棚 it tells what it knows of other pledges. So the thing itself is read out of
the question, for whoever answers to see whether anything is known of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

import yaml

from knowledge.search.words import fold

_MAY = r"(?:能不能|可不可以|可以不可以|是否可以|能否|可否|可以|能|好)"
_PLEDGED = r"(?:抵押|质押|抵给|押给|抵(?![税扣多消免减几])|押(?!金))"
_OWN = (
    r"(?:请问|那么?|这个|那个|我家的?|我们?的?|咱们?的?|俺们?的?|家里的?|家的|自家的?|自己的?|厂里的?"
    r"|公司的?|店里的?|有个|用|拿|凭|把|将|名下的?|手里的?|手上的?)"
)
_HAN = (
    # 大棚能抵押吗, 保单可不可以拿去质押
    re.compile(
        rf"(?:^|[，。！？、；\s]){_OWN}*(?P<thing>[\u4e00-\u9fffa-z]{{1,8}}?){_MAY}(?:拿去|拿来|用来|直接|不能)?(?:给银行|向银行|去银行|到银行)?(?:做|当|作)?(?:为)?{_PLEDGED}"
    ),
    # 拿大棚去抵押, 用保单贷款
    re.compile(
        rf"(?:用|拿|凭|把){_OWN}*(?P<thing>[\u4e00-\u9fffa-z]{{1,8}}?){_MAY}?(?:去|来|做|当|作|给银行|向银行)*(?:为)?(?:{_PLEDGED}|贷款|贷点?钱|借钱)"
    ),
)
_SECURITY = r"(?:collateral|security|a pledge|pledge)"
_THE = r"(?:(?:my|our|the|a|an|some|his|her|their|this|that|these|those) )?"
_MEANWHILE = r"(?: (?:meanwhile|in the meantime|now|right now|already|today|instead|too|as well|please))?"
#: "What would a second mortgage cost" names no thing.
_OF_A_MORTGAGE = r"(?:costs?|loans?|rates?|fees?|payments?|means?|works?|insurance|brokers?|deeds?|contracts?|interest|registration)\b"
_LATIN = (
    re.compile(
        r"\b(?:borrow|loan|money|credit|finance|lend|lent) (?:me )?against "
        rf"{_THE}(?P<thing>[a-z][a-z'-]*(?: [a-z'-]+){{0,2}}?)(?={_MEANWHILE}(?: ?[?.,!]|$))"
    ),
    re.compile(
        rf"\b(?:pledge|mortgage) (?!{_OF_A_MORTGAGE}){_THE}(?P<thing>[a-z][a-z'-]*(?: [a-z'-]+){{0,2}}?)(?= ?[?.,!]|$| (?:to|for|with) )"
    ),
    re.compile(
        rf"\b(?:is|are|can|could|would|will|does|do) {_THE}(?P<thing>[a-z][a-z'-]*(?: [a-z'-]+){{0,3}}?) (?:be )?"
        rf"(?:ok |okay |good |fine |enough |accepted |acceptable |used |taken |count |serve |work )+(?:as|for) {_SECURITY}"
    ),
    re.compile(rf"\b(?:use|give|offer|take|accept|put up) {_THE}(?P<thing>[a-z][a-z'-]*(?: [a-z'-]+){{0,3}}?) as {_SECURITY}"),
)
#: Around a bank or a loan that is had already.
_HAD_BEFORE = re.compile(
    r"(?:(?<!没)(?<!没有)(?<!还)有(?!没)|欠着?|被|借了)[^，。？?！没]{0,3}$"
    r"|(?<!can i )(?<!can we )(?<!could i )(?<!could we )\b(?:have|had|has|owe|owes|got|existing)\b[^.?!]{0,16}$"
)
_HAD_BEHIND = re.compile(
    r"[^，。？?！]{0,4}(?:还没|没还|欠|逾期|拒|不批|借了|贷了|有(?:一?笔|\d|几|逾期))"
    r"|[^.?!,]{0,12}\b(?:refused|rejected|declined|turned)\b"
)
_HAD = ("banks", "loans")
#: What stands for a thing and names none.
_NAMELESS = frozenset(
    "去 来 我 我们 咱 你 他 人 东西 钱 这张单子 什么 啥 哪些 这个 那个 它 这 那 这些 没有 没 不 也 都 还 就 怎么 多少 贷款 银行 "
    "it that this "
    "them these those what anything something which nothing".split()
)


def named_things(text: str) -> tuple[str, ...]:
    """The things that a loan is to stand on, as a question writes them in small letters."""
    said = fold(text)
    found = (match["thing"].strip() for pattern in (*_HAN, *_LATIN) for match in pattern.finditer(said))
    return tuple(thing for thing in dict.fromkeys(found) if thing not in _NAMELESS)


def head(thing: str) -> str:
    """What a thing is, without what is told of it: its last word, in Chinese the last two characters."""
    return thing.split()[-1].rstrip("s") if thing.isascii() else thing[-2:]


def not_here(text: str) -> str | None:
    """The longest name in a text of what no entry tells of, as it stands there; None where there is none.

    Who tells of a loan there, or of being refused there, asks about something else.
    """
    said = fold(text)
    written = text if len(text) == len(said) else said
    matches = ((row, match) for row, names in _names().items() for match in names.finditer(said))
    found = [written[slice(*match.span())] for row, match in matches if not (row in _HAD and _is_had(said, match))]
    return max(found, key=len, default=None)


def names_not_here() -> Mapping[str, tuple[str, ...]]:
    """All names of the table, in small letters, by row."""
    table = yaml.safe_load(resources.files("knowledge").joinpath("data/not_here.yaml").read_text("utf-8"))
    return {row: tuple(fold(name) for language in ("zh", "en") for name in names[language]) for row, names in table.items()}


def _is_had(said: str, match: re.Match[str]) -> bool:
    return _HAD_BEFORE.search(said[: match.start()]) is not None or _HAD_BEHIND.match(said[match.end() :]) is not None


@cache
def _names() -> Mapping[str, re.Pattern[str]]:
    return {row: _any_of(names) for row, names in names_not_here().items()}


def _any_of(names: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    han = "|".join(re.escape(name) for name in longest_first if not name.isascii())
    latin = "|".join(re.escape(name) for name in longest_first if name.isascii())
    return re.compile(rf"{han}|(?<![a-z0-9])(?:{latin})(?:s|es)?(?![a-z0-9])")
