"""Finds places in what owners write and gives their GB/T 2260 code.

A county name that several cities share counts only beside its city or province. A place that names a dish, a bank, a road or a
brand (兰州拉面, 北京路, 宁德时代) is no place of business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.regions import contains, level
from nlu.reading.place_names import LETTERS, han_names, latin_names, names_by_start
from nlu.text import normalise


@dataclass(frozen=True)
class RegionMention:
    """A place named in a text: its code and where it stands. `firm` when words beside it say that somebody is there."""

    code: str
    start: int
    end: int
    text: str
    firm: bool = False


_TAIL_NOT_PLACE = re.compile(
    r"拉面|牛肉面|小吃|小面|螺蛳粉|米粉|米线|热干面|烤鸭|鸡饭|扒鸡|火腿|刀削面|肉夹馍|大盘鸡|炒饭|拌粉|烩面|煎饼|麻花|灌汤包"
    r"|的(?:一?套)?(?:门面|房子|房产|商铺|公寓|住房|别墅)|酱鸭|臭豆腐|泡馍|凉皮|手抓饼|板鸭"
    r"|菜(?!市场|场|鸟)|料理|特产|风味|味道|口味|茶(?=叶|$)|啤酒|白酒|老酒|黄酒|陈醋|银行|农商|农信|大学|学院|证券|保险|航空|电视台|股份"
    r"|[东南西北中]?(?:路|街|大道|公园|广场)|石(?!家庄|狮|林)|玉(?!环|林|溪|树|田)|村(?!里)|话|时代|久安|产业|装(?![修饰])|万达"
    r"|巴巴|云(?!南)|毛尖|小龙虾|大闸蟹|苹果|荔枝|脐橙|牛肉|羊肉|火锅底料|茅台|汽车集团"
)
_HEAD_NOT_PLACE = re.compile(
    r"(?:卖到|销往|发往|发到|出口到?|运到|送到|供到|去过?|到过?|寄到|客户在|老家在?|老家是|供应商在|总部在|朋友在|儿子在|女儿在"
    r"|厂家在|来自|货源在?|飞|跑|往|至)$"
)
_HEAD_FIRM = re.compile(
    r"(?:城市[:：]|地区[:：]|所在地[:：]|回到?|在|位于|名称是|名称[:：]|全称是|公司叫|坐落|地址[是:：]?|地点[是:：]?|人在|开在"
    r"|注册地?在?|我是|我们是|本地|地处|来自"
    r"|住在?|^|[，。！\n,;；] ?)$"
)
_TAIL_FIRM = re.compile(r"(?:市|省|这边|这里|本地|当地|人(?!民|员)|的|开|做|注册|有家|一家|经营|搞|干|办|公司|企业|工厂|店|$|[，。！,;；])")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_HEAD_FIRM_EN = re.compile(
    r"(?:in|at|near|based in|located in|around|from|outside|out of|over in|here in|we're in|i'm in|^|,|my|city:|location:|region:"
    r"|address:|place:) (?:the )?$|^$|[在于位] ?$"
)
_HEAD_NOT_EN = re.compile(
    r"(?:to|export(?:s|ed)? to|ship(?:s|ped|ping)? to|sell(?:s|ing)? (?:in|to)|customers in|clients in|suppliers? in|bank of"
    r"|buyers? in|university of|travel to|flew to|not in|\b(?:apartment|house|flat|property|villa|home|condo"
    r"|factory building) in) (?:the )?$"
)
_TAIL_NOT_EN = re.compile(r"'?s? (?:noodles?|chicken|duck|bank|university|beer|road|street|airlines|cuisine|food)(?![a-z])")


def find_regions(text: str) -> tuple[RegionMention, ...]:
    """Every place named in the text, in order; a place and the places around it (广东深圳, Shenzhen, Guangdong) are one mention."""
    norm = normalise(text)
    found = sorted([*_han(norm), *_latin(norm)], key=lambda hit: hit[0])
    return tuple(_merge(text, norm, _resolve(norm, found)))


def _han(norm: str) -> Iterator[tuple[int, int, tuple[str, ...], bool]]:
    """(start, end, codes it may be, whether it may stand alone)"""
    index, place = names_by_start(), 0
    while place < len(norm) - 1:
        for name in index.get(norm[place : place + 2], ()):
            if norm.startswith(name, place):
                end = place + len(name)
                codes, alone = han_names()[name]
                if not _TAIL_NOT_PLACE.match(norm, end):
                    yield place, end, codes, alone
                place = end
                break
        else:
            letter = (
                LETTERS.get(norm[place])
                if norm[place - 1 : place] == "在" and (place + 1 == len(norm) or norm[place + 1] in "，。 开做,")
                else None
            )
            if letter:
                yield place, place + 1, (letter,), True
            place += 1
    if norm[place:] in LETTERS and (norm.strip() == norm[place:] or norm[place - 1 : place] == "在"):
        yield place, place + 1, (LETTERS[norm[place]],), True


def _latin(norm: str) -> Iterator[tuple[int, int, tuple[str, ...], bool]]:
    words = list(_WORD.finditer(norm))
    skip = -1
    for index, word in enumerate(words):
        if index <= skip:
            continue
        for width in (2, 1):
            if index + width > len(words):
                continue
            last = words[index + width - 1]
            name = norm[word.start() : last.end()]
            bare = name[:-2] if name.endswith("'s") else name
            codes = latin_names().get(bare) or latin_names().get(bare.replace("'", ""))
            if codes and not _TAIL_NOT_EN.match(norm, last.end()) and not _HEAD_NOT_EN.search(norm[: word.start()]):
                yield word.start(), word.start() + len(bare), codes, len(codes) == 1
                skip = index + width - 1
                break


def _resolve(norm: str, found: list[tuple[int, int, tuple[str, ...], bool]]) -> Iterator[tuple[int, int, str, bool]]:
    """Chooses among places of one name by the places named beside it."""
    sure = [codes[0] for _, _, codes, alone in found if alone and len(codes) == 1]
    for start, end, codes, alone in found:
        fitting = [code for code in codes if any(code != outer and contains(outer, code) for outer in sure)]
        if len(fitting) == 1 or (fitting and level(fitting[0]) == "city"):
            yield start, end, fitting[0], True
        elif len(codes) == 1 and (alone or _stated(norm, start, end)):
            yield start, end, codes[0], False


def _stated(norm: str, start: int, end: int) -> bool:
    return norm[start - 1 : start] == "在" or norm[:start].endswith("位于") or norm.strip(" 。，.!！") == norm[start:end]


#: Behind a place: the owner worked or studied there once.
_WORKED_THERE = re.compile(r"[^，。,;；]{0,6}(?:打工|打了[^，。]{0,4}工|上班|务工|当兵|读书|上学|上大学)")
_BETWEEN = re.compile(r"[省市区县州的]?[ ,，、]{0,2}|,? in (?:the )?")


def _merge(text: str, norm: str, hits: Iterator[tuple[int, int, str, bool]]) -> Iterator[RegionMention]:
    current: tuple[int, int, str] | None = None
    for start, end, code, _ in hits:
        if (
            current is not None
            and _BETWEEN.fullmatch(norm, current[1], start)
            and (contains(current[2], code) or contains(code, current[2]))
        ):
            current = current[0], end, code if contains(current[2], code) else current[2]
            continue
        if current is not None:
            yield _mention(text, norm, current)
        current = start, end, code
    if current is not None:
        yield _mention(text, norm, current)


def _mention(text: str, norm: str, hit: tuple[int, int, str]) -> RegionMention:
    start, end, code = hit
    head = norm[max(0, start - 20) : start]
    elsewhere = bool(_WORKED_THERE.match(norm, end)) or bool(_HEAD_NOT_PLACE.search(head))
    if norm[start].isascii():
        firm = bool(_HEAD_FIRM_EN.search(head)) and not _HEAD_NOT_EN.search(head) and not norm.startswith(" to ", end)
    else:
        firm = (
            not elsewhere and not norm.startswith(("到", "至", "往"), end) and bool(_HEAD_FIRM.search(head) or _TAIL_FIRM.match(norm, end))
        )
    return RegionMention(code, start, end, text[start:end], firm)
