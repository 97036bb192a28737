"""Text in the one shape the parsers read, character for character as long as the original so that spans stay true."""

from __future__ import annotations

import re

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME = {
    "　": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "￥": "¥", "’": "'", "‘": "'", "–": "-", "—": "-", "−": "-",
    "〜": "~", "ｗ": "w", "萬": "万", "億": "亿", "個": "个", "兩": "两", "幾": "几", "塊": "块", "錢": "钱", "貸": "贷", "額": "额",
    "營": "营", "業": "业", "員": "员", "開": "开", "還": "还", "沒": "没", "點": "点", "來": "来", "稅": "税", "達": "达",
    "貨": "货", "廠": "厂", "賺": "赚", "虧": "亏", "約": "约", "間": "间", "數": "数", "負": "负", "債": "债", "產": "产",
    "〇": "零", "圆": "元",
}  # fmt: skip
_TABLE = {**_FULL_WIDTH, **{ord(key): value for key, value in _SAME.items()}, 0xFF0C: "，", 0xFF1F: "？", 0xFF01: "！", 0xFF1B: "；"}
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}

#: Numerals of cheques and contracts; single ones are everyday characters (退伍, 收拾), so only runs are read as numbers.
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_FORMAL_RUN = re.compile(r"[零万亿]*[壹贰叁肆伍陆柒捌玖拾佰仟][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]+")

#: A blank between groups of three digits: 3 860 000.
_GROUPED = re.compile(r"(?<=\d) (?=\d{3}(?: \d{3})*(?!\d))(?<!\d{4} )")

#: Where one statement ends and the next begins.
CLAUSE = re.compile(r"(?<= )--?(?= )| (?=[一-鿿]{2,8}[:：])|[，。；！？;!?\n\r、]|,(?!\d{3})|\.(?=\s|$)|(?<=[^\d])\.(?=[^\d])")


def normalise(text: str) -> str:
    """Half-width, lower-case ASCII, simplified forms of the words the parsers use. Same length as the input."""
    norm = _GROUPED.sub(",", text.translate(_TABLE).translate(_LOWER))
    return _FORMAL_RUN.sub(lambda match: match[0].translate(_FORMAL), norm) if _FORMAL_RUN.search(norm) else norm
