"""What places are called: full and short names, nicknames, one-letter names of provinces, romanised names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from knowledge.regions import Region, level, regions
from nlu.cues.load import table

_TABLE = table("places")
_NICKNAMES = {name: code for code, names in _TABLE["names"].items() for name in names}
LETTERS = {
    letter: code + "0000"
    for code, letters in {
        **{"11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙", "21": "辽", "22": "吉", "23": "黑", "31": "沪", "32": "苏"},
        **{"33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁", "41": "豫", "42": "鄂", "43": "湘", "44": "粤", "45": "桂"},
        **{"46": "琼", "50": "渝", "51": "川蜀", "52": "黔", "53": "滇", "54": "藏", "61": "陕", "62": "甘", "63": "青", "64": "宁"},
        **{"65": "新", "71": "台", "81": "港", "82": "澳"},
    }.items()
    for letter in letters
}
#: Short names that are everyday words, companies or two places; they need 市, 省 or the place above them.
_NOT_ALONE = frozenset(_TABLE["not_alone"].split())
#: Romanised names of counties that are English words.
_ENGLISH_WORDS = frozenset(_TABLE["english_words"].split())

_LATIN_NOT_ALONE = frozenset(_TABLE["latin_not_alone"].split())

_ETHNIC = re.compile(
    r"(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜"
    r"|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬"
    r"|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|各)族|蒙古|哈萨克|柯尔克孜|维吾尔|塔吉克|锡伯|达斡尔)*自治[州县旗区]$"
)
_SUFFIX = re.compile(r"(?:特别行政区|地区|(?<=神农架)林区|新区|省|市|盟|区|县|旗)$")


def _stem(name: str) -> str:
    match = _ETHNIC.search(name)
    short = name[: match.start()] if match and match.start() >= 2 else _SUFFIX.sub("", name)
    return short if len(short) >= 2 else ""


@cache
def han_names() -> Mapping[str, tuple[tuple[str, ...], bool]]:
    """Chinese names: what each may be, and whether it can stand without the place above it."""
    codes: dict[str, list[str]] = defaultdict(list)
    rank = {"province": 0, "city": 1, "county": 2}
    for region in sorted(regions().values(), key=lambda region: rank[region.level]):
        for name in {region.zh, _stem(region.zh)} - {""}:
            codes[name].append(region.code)
    names = {name: _candidates(name, places) for name, places in codes.items()}
    nicknames = {name: code for name, code in _NICKNAMES.items() if not name.isascii()}
    return names | {name: ((code, *(other for other in codes[name] if other != code)), True) for name, code in nicknames.items()}


def _candidates(name: str, places: list[str]) -> tuple[tuple[str, ...], bool]:
    top = [code for code in places if level(code) != "county"]
    if top and name not in _NOT_ALONE:
        return (top[0], *(code for code in places if level(code) == "county")), True
    if top:
        return tuple(places), False
    proper = [code for code in places if not regions()[code].zh.endswith("区")]
    if len(places) > 1 and len(proper) == 1:
        return (*proper, *(code for code in places if code not in proper)), name not in _NOT_ALONE and regions()[proper[0]].zh.endswith(
            "市"
        )
    region = regions()[places[0]]
    whole = name == region.zh and (len(name) >= 3 or name.endswith("县"))
    return tuple(places), len(places) == 1 and name not in _NOT_ALONE and (whole or not name.endswith(("县", "区")))


@cache
def names_by_start() -> Mapping[str, tuple[str, ...]]:
    index: dict[str, list[str]] = defaultdict(list)
    for name in sorted(han_names(), key=len, reverse=True):
        index[name[:2]].append(name)
    return {key: tuple(names) for key, names in index.items()}


@cache
def latin_names() -> Mapping[str, tuple[tuple[str, ...], bool]]:
    """Romanised names in lower case: what each may be, the likeliest first, and whether it can stand without the place above it."""
    codes: dict[str, list[str]] = defaultdict(list)
    for region in regions().values():
        for name in _latin_of(region):
            codes[name].append(region.code)
    names = {name: _latin_candidates(places, name not in _LATIN_NOT_ALONE) for name, places in codes.items()}
    names = {name.replace("'", ""): places for name, places in names.items() if "'" in name} | names
    return names | {name: ((code,), True) for name, code in _NICKNAMES.items() if name.isascii()}


def _latin_of(region: Region) -> Iterator[str]:
    """The full name (keqiao district) and the name alone; one syllable alone (He, You) names no county."""
    full = region.en.lower().replace("ü", "u")
    stem = _LATIN_SUFFIX.sub("", full)
    if stem != full and region.level == "county":
        yield full
    if region.zh.endswith("县") and len(region.zh) == 2:
        yield from (f"{stem}xian", f"{stem} xian")
    if region.zh.endswith("市") and region.level != "province":
        yield f"{stem} city"
    if region.level != "county" or (len(_stem(region.zh)) >= 2 and stem not in _ENGLISH_WORDS):
        yield stem


_LATIN_SUFFIX = re.compile(r" (?:prefecture|league|county|district|banner|new area)$")
#: Places that people mean by a romanised name which smaller ones share:
#: Fuzhou, Suzhou, Jing'an, Wujiang, Nanshan, Yinzhou, Longgang, Xiangshan.
_BIGGER = frozenset(("350100", "320500", "310106", "320509", "440305", "330212", "440307", "330225", "440111"))


def _latin_candidates(places: list[str], alone: bool = True) -> tuple[tuple[str, ...], bool]:
    """Provinces before cities before county cities before other counties; the first rank that is there stands alone if it has one place."""
    ranks: list[list[str]] = [[], [], [], []]
    for code in places:
        kind = level(code)
        ranks[0 if kind == "province" else 1 if kind == "city" else 2 if regions()[code].zh.endswith("市") else 3].append(code)
    top = next(rank for rank in ranks if rank)
    better = [code for code in (top if level(top[0]) != "county" else places) if code in _BIGGER]
    rest = [code for rank in ranks for code in rank if code not in (better or top)]
    return (*(better or top), *rest), alone and len(better or top) == 1
