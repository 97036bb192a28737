"""What places are called: full and short names, nicknames, one-letter names of provinces, romanised names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from knowledge.regions import Region, level, regions

_NICKNAMES = {
    "魔都": "310000",
    "帝都": "110000",
    "羊城": "440100",
    "花城": "440100",
    "鹏城": "440300",
    "榕城": "350100",
    "鹭岛": "350200",
    "刺桐城": "350500",
    "甬城": "330200",
    "蓉城": "510100",
    "山城": "500000",
    "冰城": "230100",
    "春城": "530100",
    "泉城": "370100",
    "星城": "430100",
    "江城": "420100",
    "内蒙": "150000",
    "内蒙古": "150000",
}
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
_LATIN_NICKNAMES = {
    "amoy": "350200",
    "canton": "440100",
    "peking": "110000",
    "nanking": "320100",
    "foochow": "350100",
    "macau": "820000",
    "hongkong": "810000",
    "xizang": "540000",
    "lvliang": "141100",
    "hulun buir": "150700",
}
#: Short names that are everyday words, companies or two places; they need 市, 省 or the place above them.
_NOT_ALONE = frozenset(
    "合作 朝阳 白银 阿里 海东 山南 安康 东方 和平 新华 长安 中原 平安 大通 天门 兴安 海北 黄南 新星 双河".split()
    + "牡丹 文昌 万宁 五指山 永安 高安 龙口 兴城 白杨".split()
)

_ETHNIC = re.compile(
    r"(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜"
    r"|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬"
    r"|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|各)族|蒙古|哈萨克|柯尔克孜|维吾尔|塔吉克|锡伯|达斡尔)*自治[州县旗区]$"
)
_SUFFIX = re.compile(r"(?:特别行政区|地区|林区|新区|省|市|盟|区|县|旗)$")


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
    for name, code in _NICKNAMES.items():
        codes[name] = [code]
    return {name: _candidates(name, places) for name, places in codes.items()}


def _candidates(name: str, places: list[str]) -> tuple[tuple[str, ...], bool]:
    top = [code for code in places if level(code) != "county"]
    if top and name not in _NOT_ALONE:
        return (top[0],), True
    if top:
        return tuple(places), False
    region = regions()[places[0]]
    whole = name == region.zh and len(name) >= 3
    return tuple(places), len(places) == 1 and name not in _NOT_ALONE and (whole or region.zh.endswith("市"))


@cache
def names_by_start() -> Mapping[str, tuple[str, ...]]:
    index: dict[str, list[str]] = defaultdict(list)
    for name in sorted(han_names(), key=len, reverse=True):
        index[name[:2]].append(name)
    return {key: tuple(names) for key, names in index.items()}


@cache
def latin_names() -> Mapping[str, tuple[str, ...]]:
    codes: dict[str, list[str]] = defaultdict(list)
    for region in regions().values():
        if region.level != "county" or region.zh.endswith("市"):
            codes[_latin_stem(region)].append(region.code)
    names = {name: _latin_candidates(places) for name, places in codes.items()}
    names = {name.replace("'", ""): places for name, places in names.items() if "'" in name} | names
    return names | {name: (code,) for name, code in _LATIN_NICKNAMES.items()}


def _latin_stem(region: Region) -> str:
    return re.sub(r" (?:Prefecture|League)$", "", region.en).lower().replace("ü", "u")


#: Cities that people mean by a romanised name which a smaller city shares.
_BIGGER = frozenset(("350100", "320500"))


def _latin_candidates(places: list[str]) -> tuple[str, ...]:
    for kind in ("province", "city"):
        some = [code for code in places if level(code) == kind]
        better = [code for code in some if code in _BIGGER]
        if better or some:
            return tuple(better or some)
    return tuple(places)
