"""Labels of statement lines, reduced to the words that name the item, and what their little words say of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_HAN = re.compile(r"[\u3400-\u9fff]")
#: Characters of labels in traditional Chinese, and look-alikes that are used for one another.
_SIMPLE = str.maketrans(
    "資產總計負債應賬帳帐貨幣銀額營業潤淨虧損權東實際繳稅費銷預長遞無開發備註項單萬積餘結內財務員貿償減歸屬於續經動貼現廠設備資轉攤還證類徵適當與貸時間數處",
    "资产总计负债应账账账货币银额营业润净亏损权东实际缴税费销预长递无开发备注项单万积余结内财务员贸偿减归属于续经动贴现厂设备资转摊还证类征适当与贷时间数处",
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|<[^<>]*>")
_OPEN_BRACKET = re.compile(r"[(\[【].*$")
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．,:]|第[一二三四五六七八九十]+[、.]?|\d{1,2}[、.．)]?(?=\D)|(?:[A-Za-z]|[IVX]{1,4})[.)]\s|[*△▲☆★#·•●○◆\-_=>]+)"
)
_WITHIN = re.compile(r"^(?:其中|其\s*中|of which|including)[:：]?\s*")
_LESS = re.compile(r"^(?:减[:：、]|减(?=营业|主营|管理|销售|财务|研发|所得税|累计|税金)|less\b[:：]?)\s*", re.IGNORECASE)
_PLUS = re.compile(r"^(?:加[:：、]|加(?=营业外|其他|投资|公允|期初|补贴)|(?:add|plus)\b[:：]?)\s*", re.IGNORECASE)
#: The line number, where it ran into the label on a page.
_LINE_NUMBER = re.compile(r"(?<=[\u3400-\u9fff]) *\d{1,3}$")
#: "(loss shown with -)": the figure has its own sign.
_SIGNED = re.compile(r"以[“\"'‘「]?-|损失以|亏损以")
_TOTAL = re.compile(r"(?:合计|总计|小计|总额|总值|净值|净额|账面价值)$|^(?:total|net)\b|\b(?:total|net)$")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside the figures of a line. `names` are the item's words in Chinese and in English, what the file has of them.

    `sign` is -1 behind 减, +1 behind 加, 0 without such a word. `within`: a part of the line above that is no summand of its own.
    """

    text: str
    names: tuple[str, ...] = ()
    sign: int = 0
    within: bool = False
    signed: bool = False
    indent: int = 0

    @property
    def total(self) -> bool:
        """Whether its words say that it adds up other lines."""
        return any(_TOTAL.search(name) for name in self.names)


def simple(text: str) -> str:
    """A text in half width and simplified characters."""
    return unicodedata.normalize("NFKC", text).translate(_SIMPLE)


def label_of(text: str) -> Label:
    """The label in a cell. Blanks inside words, widths, brackets, numbering and old characters make no difference."""
    wide = simple(text)
    plain = wide.strip()
    indent = len(wide) - len(wide.lstrip())
    signed = bool(_SIGNED.search(plain.replace(" ", "")))
    plain = _LINE_NUMBER.sub("", _bare(plain))
    sign, within, before = 0, False, None
    while plain != before:
        before = plain
        plain = _NUMBERING.sub("", plain).strip()
        if match := _WITHIN.match(plain.lower()):
            plain, within = plain[match.end() :], True
        if match := _LESS.match(plain):
            plain, sign = plain[match.end() :], -1
        if match := _PLUS.match(plain):
            plain, sign = plain[match.end() :], 1
    names = tuple(name for name in (_chinese(plain), _english(plain)) if name)
    return Label(text.strip(), names, sign, within, signed, indent)


def _bare(text: str) -> str:
    """Without what stands in brackets, nested ones and one that is never closed."""
    before = None
    while before != text:
        before, text = text, _BRACKETS.sub(" ", text)
    return _OPEN_BRACKET.sub("", text).strip() or before


def _chinese(text: str) -> str:
    return re.sub(r"[\sA-Za-z:：&'’.,，。;；/\\\-_*]+", "", text) if _HAN.search(text) else ""


def _english(text: str) -> str:
    if not re.search(r"[A-Za-z]{2}", text):
        return ""
    words = re.sub(r"[\u3000-\u9fff\uff00-\uffef]+", " ", text.lower()).replace("&", " and ").replace("+", " and ")
    words = re.sub(r"\b\d{3,6} ?[·:-] ?", " ", words)
    words = re.sub(r"['’`]s?\b|['’`]", "", words)
    words = re.sub(r"^\W*total (?:for|of) ", "total ", re.sub(r"[^a-z0-9]+", " ", words))
    return " ".join(re.sub(r"\bthe\b", " ", words).split())
