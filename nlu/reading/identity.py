"""The firm's name and its social credit code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.facts import Mention
from nlu.reading.scope import Scope

_NAME = re.compile(
    r"(?:公司|企业|厂子?|店|执照|注册|单位|商户|字号|合作社)(?:的)?(?:全称|名称|名字|名|字号|抬头)(?:上)?(?:是|叫|为|[:：])+\s*[“\"《]?"
    r"([^，。,;；\s”\"》?？吗]{2,30})"
    r"|(?:名称|全称|企业名|公司名|店名|户名)[:：是叫]\s*[“\"《]?([^，。,;；\s”\"》?？吗]{2,30})"
    r"|(?:我们?)?(?:公司|企业|厂|店|单位|合作社)(?:叫|是叫|名叫)(?!做)\s*[“\"]?([^，。,;；\s”\"?？]{4,30}(?:公司|厂|店|行|合作社|商行|经营部|中心|工作室))"
    r"|(?i:(?:company|business|firm|shop|trading) (?:name is|is called|is named|name:|called|named)|registered as|trading as|name:) "
    r"([A-Z0-9][\w&'.\- ]{1,60}?)(?=[,.;!?\n]|$)"
)
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}(?![0-9A-Za-z])")


def stated_identity(text: str, scope: Scope) -> Iterator[Mention]:
    """The firm's name where words introduce it, and a social credit code whose check digit is right."""
    called = _NAME.search(text)
    if called and called.lastindex and scope.states(*called.span(called.lastindex)):
        start, end = called.span(called.lastindex)
        yield Mention("firm_name", text[start:end].strip(), start, end, text[start:end])
    for match in _CODE.finditer(text):
        code = match[0].upper()
        if is_credit_code(code) and scope.states(*match.span()):
            yield Mention("uscc", code, *match.span(), match[0])
            return


def is_credit_code(code: str) -> bool:
    """Whether eighteen characters are a social credit code: the last one checks the others (GB 32100)."""
    if len(code) != 18 or any(char not in _ALPHABET for char in code):
        return False
    total = sum(_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
    return _ALPHABET[-total % 31] == code[17]
