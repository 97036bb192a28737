"""Days, places and kinds as people write them in sheets. Each function raises BadValue."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from bot.bulletins.checks import TOPICS, is_place
from bot.bulletins.feed_columns import called
from bot.bulletins.feed_faults import BadValue
from knowledge.entries import Kind
from knowledge.regions import COUNTRY, parent, regions

_KINDS = {
    Kind.PRODUCT: ("贷款", "贷款产品", "信贷产品", "金融产品", "融资产品"),
    Kind.GUARANTEE: ("担保", "融资担保", "担保产品"),
    Kind.SUBSIDY: ("补贴", "补助", "奖补", "奖励", "贴息", "财政补贴", "资金扶持", "资金支持"),
    Kind.TAX: ("税收", "税费", "税收优惠", "减税", "税费优惠", "减税降费"),
    Kind.PROGRAMME: ("项目", "计划", "培训", "服务", "行动", "专项行动"),
}
_BY_WORD = {word: kind for kind, words in _KINDS.items() for word in words} | {kind.value: kind for kind in TOPICS}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?|(\d{4})(\d{2})(\d{2})")
#: Where sheets count days from, and which of these numbers are days of our time.
_EPOCH, _SERIALS = date(1899, 12, 30), range(36_526, 73_051)


def kind_of(value: Any) -> Kind:
    """A kind by its English or Chinese name."""
    found = _BY_WORD.get(str(value).strip().lower())
    if found is None:
        kinds = {"zh": "、".join(words[0] for words in _KINDS.values()), "en": ", ".join(sorted(topic.value for topic in TOPICS))}
        raise BadValue("feed_kind", kinds=kinds, found=value)
    return found


def place_of(value: Any) -> str:
    """A code of six digits, or a place by its name: 福州市, or 福建省福州市 where several are called alike."""
    text = _plain_number(value)
    if text.isdigit():
        if not is_place(text):
            raise BadValue("no_place", code=text)
        return text
    name = re.sub(r"[\s·]", "", text)
    if name in ("全国", "中国"):
        return COUNTRY
    found = _called().get(name, ())
    if len(found) == 1:
        return found[0]
    if found:
        raise BadValue("feed_places", found=text)
    raise BadValue("feed_no_place", found=text)


def day_of(value: Any, name: str) -> date:
    """A day as sheets and people have it."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _plain_number(value)
    if text.isdigit() and int(text) in _SERIALS:
        return _EPOCH + timedelta(days=int(text))
    if match := _DAY.fullmatch(text):
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            return date(year, month, day)
        except ValueError:
            pass
    raise BadValue("feed_day", column=called(name), found=value)


def _plain_number(value: Any) -> str:
    """Sheets keep a code of digits as the number 350100.0."""
    return re.sub(r"^(\d+)\.0$", r"\1", str(value).strip())


@cache
def _called() -> dict[str, tuple[str, ...]]:
    """Codes by name, and by name with the names above it."""
    found: dict[str, list[str]] = {}
    for code, region in regions().items():
        name, above = region.zh, parent(code)
        names = [name]
        while above is not None and above != COUNTRY:
            names = [*names, *(regions()[above].zh + longer for longer in names)]
            above = parent(above)
        for one in dict.fromkeys(names):
            found.setdefault(one, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}
