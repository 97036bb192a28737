"""Finds places in what owners write and gives their GB/T 2260 code.

A county name that several cities share counts only beside its city or province. A place that names a dish, a bank, a road or a
brand (兰州拉面, 北京路, 宁德时代) is no place of business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.regions import contains, level, regions
from nlu.reading.place_names import LETTERS, han_names, latin_names, names_by_start
from nlu.reading.whereabouts import NAMED, THERE, names_another_thing, whereabouts
from nlu.text import normalise


@dataclass(frozen=True)
class RegionMention:
    """A place named in a text: its code and where it stands. `firm` when words beside it say that somebody is there,
    `likely` when at least none say otherwise.
    """

    code: str
    start: int
    end: int
    text: str
    firm: bool = False
    likely: bool = False


_TAIL_NOT_PLACE = re.compile(
    r"拉面|牛肉面|小吃|小面|螺蛳粉|米粉|米线|热干面|烤鸭|鸡饭|扒鸡|火腿|刀削面|肉夹馍|大盘鸡|炒饭|拌粉|烩面|煎饼|麻花|灌汤包"
    r"|的(?:一?套)?(?:门面|房子|房产|商铺|公寓|住房|别墅)|酱鸭|臭豆腐|泡馍|凉皮|手抓饼|板鸭"
    r"|菜(?!市场|场|鸟|园)|料理|特产|风味|味道|口味|茶(?=叶|$)|啤酒|白酒|老酒|黄酒|陈醋|银行|农商|农信|大学(?!城)|学院|证券|保险|航空|电视台|股份"
    r"|[东南西北中]?(?:路(?!桥)|街(?!道)|大道|公园|广场)|石(?!家庄|狮|林|岩|排|龙|碣|湾|井|桥|门|首|城|河|嘴|楼|浦|塘|化|鼓|柱|泉|阡|渠|台|屏|棉|拐|马|湖|滩|岭|坑|潭)|玉(?!环|林|溪|树|田|州)|村(?!里)|话|时[代间]|久安|产业|装(?![修饰])|(?<=大连)万达"
    r"|巴巴|员(?!工)|云(?!南)|(?<=长白)山|毛尖|小龙虾|大闸蟹|苹果|荔枝|脐橙|牛肉|羊肉|火锅底料|茅台(?!镇)|汽车集团"
)
#: The name's characters belong to other words: 六成都是, 铝合金门窗, 拉新会员, 平台安全.
_HEAD_OF_WORD = re.compile(r"(?:蜜雪|医|[一二三四五六七八九两几\d]成都|合金门|平台安|[拉找招吸]新会|百合作|不合作|[年熟]普洱|生普洱)")
_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
#: Ürümqi, Lüliang
_PLAIN_LETTERS = str.maketrans("üÜ", "uu")
#: Behind a name: too small a place to be the county of that name.
_SMALL_PLACE = re.compile(r"(?: natural)? village\b")


def find_regions(text: str) -> tuple[RegionMention, ...]:
    """Every place named in the text, in order; a place and the places around it (广东深圳, Shenzhen, Guangdong) are one mention."""
    norm = normalise(text)
    found = sorted([*_han(norm), *_latin(norm)], key=lambda hit: hit[0])
    return tuple(_merge(text, norm, _resolve(norm, found)))


#: 六成都是他家的: no city.
_SHARE_OF = re.compile(r"[一二三四五六七八九]成都(?:是|给|卖|靠|进|被)")


def _han(norm: str) -> Iterator[tuple[int, int, tuple[str, ...], bool]]:
    """(start, end, codes it may be, whether it may stand alone)"""
    index, place = names_by_start(), 0
    while place < len(norm) - 1:
        for name in index.get(norm[place : place + 2], ()):
            if norm.startswith(name, place):
                end = place + len(name)
                codes, alone = han_names()[name]
                if (
                    not _TAIL_NOT_PLACE.match(norm, end)
                    and not _HEAD_OF_WORD.search(norm[max(0, place - 2) : place] + name)
                    and not _SHARE_OF.match(norm, place - 1)
                ):
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
    norm = norm.translate(_PLAIN_LETTERS)
    words = list(_WORD.finditer(norm))
    skip = -1
    for index, word in enumerate(words):
        if index <= skip:
            continue
        for width in (3, 2, 1):
            if index + width > len(words):
                continue
            last = words[index + width - 1]
            name = norm[word.start() : last.end()]
            bare = name[:-2] if name.endswith("'s") else name
            known = latin_names().get(bare) or latin_names().get(bare.replace("'", ""))
            if known and not names_another_thing(norm, word.start(), last.end()) and not _SMALL_PLACE.match(norm, last.end()):
                yield word.start(), word.start() + len(bare), *known
                skip = index + width - 1
                break


def _resolve(norm: str, found: list[tuple[int, int, tuple[str, ...], bool]]) -> Iterator[tuple[int, int, str]]:
    """Chooses among places of one name by the places named beside it."""
    sure = {place: codes[0] for place, _, codes, alone in found if alone}
    for start, end, codes, alone in found:
        fitting = [
            code for code in codes if any(code != outer and place != start and contains(outer, code) for place, outer in sure.items())
        ]
        if len(fitting) == 1 or (fitting and level(fitting[0]) == "city"):
            yield start, end, fitting[0]
        elif alone or ((len(codes) == 1 or _one_proper(codes)) and _stated(norm, start, end)):
            yield start, end, codes[0]


def _one_proper(codes: tuple[str, ...]) -> bool:
    """Whether only the first of the places is no city district, so that its name alone means it."""
    return not regions()[codes[0]].zh.endswith("区") and all(regions()[code].zh.endswith("区") for code in codes[1:])


#: Before and behind a county's short name, which may be an everyday word: words that make it a place.
_PLACE_BEFORE = re.compile(r"(?:在|位于|[我咱俺](?:们|家)?(?:是)?|住|来自|地址[是:：]?|城市[:：]|回)$")
_PLACE_BEHIND = re.compile(r"(?:县城?|城[里关]|本地|[这那]边|当地|人(?!民|员|工)|[的嘞](?=$|[，。,;；]))")


#: Counties that a bank or an insurer is named like.
_LENDERS = ("兴业", "平安", "民生", "光大", "新华", "长安", "大地")
#: Districts called like what many towns have.
_ANYWHERE = ("港口", "古城", "老城", "新城", "矿区", "站前", "海港")
#: Counties called like words that begin a sentence.
_EVERYDAY = ("合作", "公安", "会同", "中方", "同心", "和平", "平安", "长期", "大方", "大化", "资源", "商城", "共和")
_DOES = tuple("做开种养搞干卖跑办")


def _stated(norm: str, start: int, end: int) -> bool:
    head, lone = norm[:start], norm.strip(" 。，.!！") == norm[start:end]
    first = not head or head[-1] in " ，。,;；！!"
    if norm[start:end] in (*_LENDERS, *_ANYWHERE) and not lone:
        return False
    if not head.strip() and norm[end : end + 1] in ("做", "种", "养") and norm[start:end] not in _EVERYDAY:
        return True
    if _PLACE_BEFORE.search(head) and norm[end : end + 1] in _DOES:
        return True
    return lone or head.endswith(("在", "位于")) or bool(_PLACE_BEHIND.match(norm, end) and (first or _PLACE_BEFORE.search(head)))


_BETWEEN = re.compile(r"[省市区县州的]?[?]?[ ,，、]{0,2}(?:\()?|,? in (?:the )?|'s | (?:district|county|city|province|area) (?:of|in) ")


def _merge(text: str, norm: str, hits: Iterator[tuple[int, int, str]]) -> Iterator[RegionMention]:
    current: tuple[int, int, str] | None = None
    for start, end, code in hits:
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
    place = whereabouts(norm, start, end)
    return RegionMention(code, start, end, text[start:end], firm=place == THERE, likely=place >= NAMED)
