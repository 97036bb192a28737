"""Masking personal data in what owners wrote, so that a person may label it and a model may learn it.

Names, companies, addresses of mail and web, phone, identity and account numbers become stand-ins of the same form; every
other figure keeps its form with eights for digits, because a model learns from the kind of a figure, not its value.
Rather too much is masked than too little.
"""

from __future__ import annotations

import re
from collections.abc import Callable

#: More are never needed for what people write.
_PASSES = 6

_SURNAMES = (
    "欧阳|上官|司马|诸葛|皇甫|尉迟|"
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]"
)
_TITLE = "先生|女士|小姐|总|老板|经理|老师|师傅|阿姨|大哥|姐|哥|董"
_BREAK = r"(?=$|[\s,.，。、;；!！?？:：()（）\"”』」]|[的和跟与是在想要有做开，]|\d)"
_HAN = r"\u4e00-\u9fff"
#: Words after which a company's own name begins, or of which it cannot consist.
_NOT_A_NAME = "[我咱你他她叫是在的家个和跟给了到把被有这那开间名为向找从去来做借欠问贵本该某小大新老哪们]|什么"
_FORMS = "股份有限公司|有限责任公司|有限公司|合伙企业|分公司|公司|集团|合作社|商行|经营部|工作室|事务所|加工厂|工厂|厂"
_COMPANY_ZH = re.compile(rf"(?:(?!{_NOT_A_NAME}|某某)[{_HAN}]){{2,16}}?(?P<form>{_FORMS})")
_COMPANY_EN = re.compile(
    r"\b(?:[A-Z][\w&'’-]*\s+){1,5}(?:(?:Co|Corp|Inc)\b\.?(?:,?\s*Ltd\b\.?)?|(?:Ltd|LLC|Limited|Company|Corporation|Enterprises|Trading|Group)\b\.?)",
    re.ASCII,
)
_QUOTED = re.compile(r"(?P<before>叫做?|名叫|店名|公司名|called|named)(?P<gap>\s?)[“\"「『《'](?P<name>[^”\"」』》']{1,30})[”\"」』》']")
_NAMED_ZH = re.compile(rf"(?P<before>我叫|名叫|(?:姓名|名字|联系人|法人|法人代表)[是为叫:：\s]*)[{_HAN}]{{2,4}}?{_BREAK}")
_SELF_ZH = re.compile(rf"(?P<before>我是|这是|找)(?:{_SURNAMES})[{_HAN}]{{1,2}}{_BREAK}")
_TITLED_ZH = re.compile(
    rf"(?:{_SURNAMES})[{_HAN}]{{0,2}}?(?P<title>{_TITLE})(?![{_HAN}]?部)|(?P<old>[老小阿])(?:{_SURNAMES})(?=$|[^{_HAN}]|[说在的和是])"
)
_CALLED_EN = re.compile(
    r"(?P<before>\b(?i:my name is|my name's|name:|contact:|i am called|call me|this is|i am|i'm|im)\s+)"
    r"(?P<name>[A-Z][a-z'’-]+(?:\s+[A-Z][a-z'’-]+){0,2})\b",
    re.ASCII,
)
_TITLED_EN = re.compile(r"\b(?P<title>(?:Mr|Mrs|Ms|Miss|Dr|Boss)\b\.?\s+)[A-Z][a-z'’-]+(?:\s+[A-Z][a-z'’-]+)?\b", re.ASCII)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_WEB = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff，。]+")
_HANDLE = re.compile(
    r"(?P<before>微信号?|QQ号?|wechat|weixin|telegram|whatsapp)(?P<gap>\s*(?:id|是|:|：)?\s*)(?=[\w-]*\d)[A-Za-z0-9_-]{5,20}", re.IGNORECASE
)
_AT = re.compile(r"(?<![\w@])@\w{3,32}")
#: Numbers of phones, cards, accounts, licences: seven and more digits, also in groups.
_LONG_NUMBER = re.compile(r"(?<![\d.,])\+?(?:\d[ -]?){6,30}\d[Xx]?(?![\d.,]*\d)")
_CODE = re.compile(r"\b(?=[0-9A-Z]*\d[0-9A-Z]*\d)(?=[0-9A-Z]*[A-Z])[0-9A-Z]{8,20}\b", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DIGIT = re.compile(r"\d")


def mask(text: str) -> str:
    """Returns the text with personal data replaced, and every figure's digits; masking what is masked changes nothing."""
    return _settled(text, lambda once: _figures(_people(once)))


def mask_people(text: str) -> str:
    """Returns the text with personal data replaced and its other figures as they are, for people to read: rates, terms, amounts."""
    return _settled(text, _people)


def _settled(text: str, masked: Callable[[str], str]) -> str:
    """Masks until nothing changes: a stand-in beside what was left may read like something personal itself."""
    for _ in range(_PASSES):
        before, text = text, masked(text)
        if text == before:
            break
    return text


def _people(text: str) -> str:
    text = _MAIL.sub("name@example.com", _WEB.sub("www.example.com", text))
    text = _AT.sub("@someone", _HANDLE.sub(r"\g<before>\g<gap>someone", text))
    text = _CODE.sub(lambda found: "8" * len(found.group()), text)
    text = _LONG_NUMBER.sub(lambda found: _eights(found.group()), text)
    text = _QUOTED.sub(lambda found: f"{found['before']}{found['gap']}{_stand_in(found['name'])}", text)
    text = _COMPANY_EN.sub("Some Company", text)
    text = _COMPANY_ZH.sub(r"某某\g<form>", text)
    text = _NAMED_ZH.sub(r"\g<before>某某", text)
    text = _SELF_ZH.sub(r"\g<before>某某", text)
    text = _TITLED_ZH.sub(lambda found: f"某{found['title']}" if found["title"] else f"{found['old']}某", text)
    return _TITLED_EN.sub(r"\g<title>Someone", _CALLED_EN.sub(_called, text))


def _called(found: re.Match[str]) -> str:
    """After "I am" a capital may begin a nationality or a place, which is nobody's name; masking it is the lesser harm."""
    return f"{found['before']}Someone"


def _stand_in(name: str) -> str:
    return "Something" if name.isascii() else "某某"


def _eights(figure: str) -> str:
    return _DIGIT.sub("8", figure)


def _figures(text: str) -> str:
    """All digits become eights, but for years: they say when, and many people share one."""
    kept, end = [], 0
    for year in _YEAR.finditer(text):
        kept += [_eights(text[end : year.start()]), year.group()]
        end = year.end()
    return "".join([*kept, _eights(text[end:])])
