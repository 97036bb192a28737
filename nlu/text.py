"""Text in the one shape the parsers read, character for character as long as the original so that spans stay true."""

from __future__ import annotations

import re

from nlu.simple_forms import SIMPLE_FORMS

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME = {
    "　": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "￥": "¥", "’": "'", "‘": "'", "–": "-", "—": "-", "−": "-",
    "〜": "~", "ｗ": "w", "〇": "零", "圆": "元",
}  # fmt: skip
#: Beside the forms that intents need too, those of goods, works and papers.
_MORE_FORMS = """
    規规 裝装 廚厨 鋪铺 舖铺 閉闭 師师 學学 夥伙 漁渔 礦矿 織织 紡纺 絲丝 線线 鋼钢 銅铜 鋁铝 燈灯 腦脑 購购 採采 倉仓 庫库 貿贸 際际
    鄉乡 鎮镇 碼码 藥药 醫医 護护 療疗 鴨鸭 鵝鹅 蝦虾 穀谷 麥麦 樹树 園园 裡里 裏里 邊边 獎奖 項项 標标 準准 違违 訟讼 獄狱 罰罚 執执
    註注 冊册 記记 匯汇 兌兑 遞递 賒赊 淨净 銷销 産产 製制 連连 鎖锁 盤盘 頂顶 擴扩 舊旧 雙双 兒儿 婦妇 夠够 樓楼 層层 貳贰 參叁 陸陆
    賺赚 負负 塊块
"""
#: Cantonese words by the characters that they stand for.
_CANTONESE = "嘅的 啲些 喺在 佢他 嗰那 哋们 咗了 畀给 係是 揾找 嚟来 睇看 冇没 唔不 蚀亏 攞拿"
_FORMS = (
    SIMPLE_FORMS
    | {ord(pair[0]): pair[1] for pair in (_MORE_FORMS + _CANTONESE).split()}
    | {ord(mark): same for mark, same in _SAME.items()}
)
_TABLE = _FULL_WIDTH | _FORMS | {0xFF0C: "，", 0xFF1F: "？", 0xFF01: "！", 0xFF1B: "；"}
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}

#: Numerals of cheques and contracts; single ones are everyday characters (退伍, 收拾), so only runs are read as numbers.
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_FORMAL_RUN = re.compile(
    r"[零万亿]*[壹贰叁肆伍陆柒捌玖拾佰仟][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]+|(?<![退入队落])[壹贰叁肆伍柒捌玖](?=[年次期个名万人份项亿])|(?<=[一二两三四五六七八九])[拾佰仟](?=[一二三四五六七八九万亿元块个])"
)

#: 旧年 is 去年, 仲有 is 还有.
_SOUTHERN = re.compile(r"旧(?=年(?![货糕历]))|仲(?=[有欠差未剩要系爭])")
_SOUTHERN_FORMS = str.maketrans("旧仲", "去还")

#: A blank between groups of three digits: 3 860 000.
_GROUPED = re.compile(r"(?<=\d) (?=\d{3}(?: \d{3})*(?!\d))(?<!\d{4} )")

#: ２００，０００: a comma between groups of full-width digits.
_FULL_WIDTH_GROUPS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")

#: 38,5 Mio, 4,35 %: the decimal comma of continental Europe, before a scale or a per cent sign.
_COMMA = re.compile(r"(?<![\d.,])(\d{1,3}),(?=\d{1,2} ?(?:%|per ?cent|(?:mio|mill?|million|mn|m|k)s?(?![a-z])))")

#: Beside Chinese a comma is a comma, however it was typed.
_COMMA_BESIDE_HAN = re.compile(r"(?<=[一-鿿]),|,(?=[一-鿿])")

#: A new line ends what stands on it; beside Chinese it is a comma, too.
_LINE_BESIDE_HAN, _LINE = re.compile(r"(?<=[一-鿿])\n|\n(?=[一-鿿])"), re.compile(r"(?<=\S)\n(?=\S)")

#: A blank between Chinese phrases stands for a comma (卖手抓饼的 想贷五万), behind a figure too, where no unit follows: 员工52 去年赚了8万.
#: Behind a time it stands for nothing: 2023年 610万, 前年 卖了五百万.
_UNITS = "万亿千百元块个人岁家台辆间名位次件项期成分厘点平亩吨头只套张条层级笔"
_TIMES = "去年 前年 今年 上年 每月 每年 一年 月均 年均 目前 现在"
_NO_TIME = r"(?<!\d{4}年)" + "".join(f"(?<!{word})" for word in _TIMES.split())
_BLANK_FOR_COMMA = re.compile(
    rf"(?<=[一-鿿\d][一-鿿]){_NO_TIME} (?=(?!左右|上下|出头|以[上下内])[一-鿿]{{2}})"
    rf"|(?<=\d) (?=(?![{_UNITS}年月日号天多来几余左上出])[一-鿿]{{2}})"
    rf"|(?<=[\d一二三四五六七八九十][{_UNITS}]) (?=\d)"
)

#: Where one statement ends and the next begins.
CLAUSE = re.compile(
    r"(?<= )--?(?= )| (?=[一-鿿]{2,8}[:：])|[，。；！？;!?\n\r、]|,(?!\d{3})"
    r"|\.(?=\s|$)|(?<=[^\d])\.(?=[^\d])(?!(?:com|cn|net)\b)"
)


#: Pictures, with what joins and tints them; what tints a digit makes a key of it.
_PICTURE = re.compile(r"[\u2600-\u27bf\U0001f000-\U0001faff]|(?<!\d)[\u200d\ufe0f]")
_HAN, _WORDS = re.compile("[一-鿿]"), re.compile(r"\w{2}")


def without_pictures(text: str) -> str:
    """The text with every emoji as a full stop, for where one stands a sentence ends. Same length; emojis alone stay what they are."""
    if not _WORDS.search(text):
        return text
    return _PICTURE.sub("。" if _HAN.search(text) else ".", text)


def normalise(text: str) -> str:
    """Half-width, lower-case ASCII, simplified forms of the words the parsers use. Same length as the input."""
    norm = _COMMA.sub(r"\1.", _GROUPED.sub(",", _FULL_WIDTH_GROUPS.sub(",", text).translate(_TABLE).translate(_LOWER)))
    norm = _SOUTHERN.sub(lambda match: match[0].translate(_SOUTHERN_FORMS), norm)
    norm = _BLANK_FOR_COMMA.sub("，", _COMMA_BESIDE_HAN.sub("，", _LINE.sub(";", _LINE_BESIDE_HAN.sub("，", norm))))
    return _FORMAL_RUN.sub(lambda match: match[0].translate(_FORMAL), norm) if _FORMAL_RUN.search(norm) else norm
