"""The place a question names. Only places whose name leaves no doubt: provinces, cities and counties by their full name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.regions import COUNTRY, level, regions

_SUFFIX = re.compile(r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|地区|省|市|盟)$")

#: Names of places that are everyday words as well: 银行合作 is not about 合作市 in Gansu.
_EVERYDAY = frozenset("合作 无为 明光 新民 新乐 天长 大安 共和 和平 东方 白银 沙河 临江 兴安 海安 平安 永安 安国 长安".split())

#: Of the cities that share an English spelling, the one that is meant unless more is said.
_USUAL = {"fuzhou": "350100", "suzhou": "320500"}


@dataclass(frozen=True)
class Place:
    """A place as it stands in a text: its name there and its GB/T 2260 code."""

    name: str
    code: str


def named_place(folded: str) -> Place | None:
    """The narrowest place a folded text names, the longest name first; None when there is none."""
    begins = _by_beginning()
    found = [
        (name, code)
        for at in range(len(folded) - 1)
        for name, code in begins.get(folded[at : at + 2], ())
        if folded.startswith(name, at) and _stands_alone(name, folded, at)
    ]
    if not found:
        return None
    name, code = max(found, key=lambda item: (_NARROW[level(item[1])], len(item[0]), item))
    return Place(name, code)


_NARROW = {"country": 0, "province": 1, "city": 2, "county": 3}


@cache
def _names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    twice: set[str] = set()
    for region in regions().values():
        if region.code == COUNTRY:
            continue
        for name in _spellings(region.zh, region.en, level(region.code)):
            if level(names.get(name, COUNTRY)) == level(region.code):
                twice.add(name)
            names.setdefault(name, region.code)
    return {name: code for name, code in names.items() if name not in twice} | _USUAL


def _spellings(zh: str, en: str, kind: str) -> list[str]:
    """A county is known by its full Chinese name, a county-level city also without 市; wider places by short names in both languages."""
    names = (zh, zh.removesuffix("市")) if kind == "county" else (_SUFFIX.sub("", zh), en.lower())
    # 单县 is a county, and the middle of 订单县里.
    return [name for name in dict.fromkeys(names) if (len(name) > 2 or name[-1:] not in "县区") and len(name) > 1 and name not in _EVERYDAY]


def _stands_alone(name: str, folded: str, at: int) -> bool:
    """A Latin name is a word of its own, not a part of one."""
    if not name.isascii():
        return True
    around = folded[at - 1 : at] + folded[at + len(name) : at + len(name) + 1]
    return not any("a" <= letter <= "z" for letter in around)


@cache
def _by_beginning() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Names by their first two characters: three thousand of them are not to be tried at every place of a text."""
    begins: dict[str, list[tuple[str, str]]] = {}
    for name, code in _names().items():
        begins.setdefault(name[:2], []).append((name, code))
    return {beginning: tuple(names) for beginning, names in begins.items()}
