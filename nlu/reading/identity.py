"""The firm's name and its social credit code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.facts import Mention
from nlu.reading.scope import Scope

#: A name that ends like a registered one, at the beginning of a clause or behind words that introduce it.
_SUFFIXED = re.compile(
    r"(?:^|[，。,;；:：\n“\"]|我们?是|我们?(?:公司|厂|店|社)的?(?=全称|全名|名称)|本公司|公司名?[是叫])(?:(?:厂|店|公司|企业|单位|合作社)名称?|全称|全名|名称|抬头|招牌)?[是叫为：:]?\s*((?!客户|供应商|欠|给|跟|被|和|注册|成立|一家|一人|就|只|普通|不|全称|全名|名称|抬头|招牌|厂名|店名|企业名|单位名|办的|现在|公司|营业|执照|我们?|咱|俺|本|开|是|做)[\u4e00-\u9fff（）()]{2,26}?"
    r"(?:(?<!的)(?:有限责任公司|股份有限公司|有限公司)|(?<=[县市区镇乡村])[^，。的是咱俺我在搞]{2,12}(?:合作社|经营部|商行|工作室))(?:[\u4e00-\u9fff]{2,6}分公司)?)(?=[，。,;；\n”\"（(的在]|$)"
    r"|(?<![A-Za-z])((?!Name)(?:[A-Z][\w&'.-]* (?:& )?){1,7}(?:Co\.?,? ?(?:Ltd|LTD|Limited)\.?|Company,? Limited|Company Ltd\.?|Limited"
    r"|Ltd\.?|LLC|Inc\.?|Co\.)(?![A-Za-z]))"
)
#: The name on the licence, in quotes or behind "name".
_QUOTED = re.compile(
    r"(?:licen[cs]e|certificate|sign|registration|registered)[^\n.;]{0,16}?(?:says?|reads?|is|as|name)[: ]*[\"“']([^\"”'\n]{3,60})[\"”']"
    r"|(?:执照|招牌|证|店名|公司|厂|店|馆)[^\n。，]{0,8}?(?:写|是|叫|为)[的着了]?[：: ]?[“\"「『《]([^”\"」』》\n]{2,30})[”\"」』》]"
    r"|(?:[,，;] ?|\b(?:shop|restaurant|company|business|firm) )(?:company )?name(?:d)? ?(?:is|:"
    r"|called)? ?((?:[A-Z][\w&'-]*)(?: (?!Co\b)[A-Z][\w&'-]*){0,6}(?: Co\.?,? ?(?:Ltd|Limited)\.?|,? Ltd\.?)?)"
    r"|(?i:(?:firm|company|business|enterprise|trading name|shop)(?: name)? ?[:：]) ?([A-Z][^\n,;]{2,60}(?:, ?(?:Ltd"
    r"|LLC|Inc)\.?)?)(?=[\n,;]|$)"
    r"|(?:店|公司|馆|厂|牌子|招牌|字号)(?:名)?叫(?:做|作)? ?(?!什么|啥|做|我|人)([\u4e00-\u9fff]{3,14})(?=[，。,;；]|$)"
)
_NAME = re.compile(
    r"(?:公司|企业|厂子?|店|执照|注册|单位|商户|字号|合作社)(?:的)?(?:全称|名称|名字|名|字号|抬头)(?:上)?(?:是|叫|为|[:：])+\s*[“\"《]?"
    r"([^，。,;；\s”\"》?？吗]{2,30})"
    r"|(?:名字|全名|字号|抬头|招牌|执照上?写的?|注册的?名字?|登记的?名字?)(?:上)?(?:就)?(?:是|叫|为|写|[:：])?\s*((?!我|就|不|没|贷|借|办|申|担|能|可|去|还|写|的|某|有限|上|这|那|什么)[\u4e00-\u9fff（）()]{3,26}(?:公司|厂|店|行|部|社|馆|坊|中心|工作室|经营户|超市|门市|铺|苑|场|站|所))(?=[，。,;；\s]|$)"
    r"|(?:名称|全称|企业名|公司名|店名|户名|执照上)(?:就)?[:：是叫]\s*[“\"《]?([^，。,;；\s”\"》?？吗]{2,30})"
    r"|(?:我们?)?(?:公司|企业|厂|店|单位|合作社)(?:叫|是叫|名叫)(?!做)\s*[“\"]?([^，。,;；\s”\"?？]{4,30}(?:公司|厂|店|行|合作社|商行|经营部|中心|工作室))"
    r"|(?i:(?:company|business|firm|shop|trading|the) (?:name is|is called|is named|name:|called|named)|(?:we are|we're) called"
    r"|registered as|trade as|trading as|name:|my firm is(?! \d)) "
    r"([A-Z0-9][\w&'.\- ]{1,60}?(?: Co\., ?Ltd\.?)?)(?=[,.;!?，。\n]|$)"
)
#: A name that stands directly before the code.
_CALLED = "全称|全名|名称|店名|厂名|抬头|招牌"
_CALLED_CODE = r"(?:(?i:统一社会|社会|信用代码|代码|税号|是|为|[:：]|the |credit |uscc|code|no\.?|number|is )+ ?)?"
_CODE_NEXT = _CALLED_CODE + r"(?=[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Za-z]))"
_BEFORE_CODE = re.compile(
    rf"(?:^|[，。,;；:：\n ])(?:{_CALLED})?((?!这|我|营业|执照|统一|{_CALLED})[\u4e00-\u9fff（）()]{{3,28}}"
    rf"(?:公司|厂|店|行|部|社|馆|坊|中心|工作室|经营户|超市|门市|铺|苑|场|站|所))(?: |[，,])*{_CODE_NEXT}"
    rf"|(?<![A-Za-z])([A-Z][\w'.-]*(?: (?:[A-Z][\w'.-]*|&|of)){{1,6}}),? {_CODE_NEXT}"
)
#: A legal form alone is no name.
_NO_NAME_AT_ALL = re.compile(r"(?:(?:Co|Company|Ltd|Limited|LLC|Inc)[., ]*)+|(?:股份|有限|责任|公司)+")
#: A code of fewer digits is a run of words that happens to pass the check.
_DIGITS_AT_LEAST = 6
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
#: Directly before a name: it is a customer's or a lender's.
_ANOTHER_S = re.compile(
    r"(?:客户|供应商|欠|给|跟|和|卖给|甲方|总包|银行|担保|\b(?:customer|client|supplier|owes?|owed|from|to|for|with"
    r"|by|(?<!we're )(?<!we are )(?<!is )called|lender|agency)\b)[^，。,;；\n]{0,8}$",
    re.I,
)
_CODE = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy][ -]?){17}[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy](?![0-9A-Za-z])")


def stated_identity(text: str, scope: Scope) -> Iterator[Mention]:
    """The firm's name where words introduce it, and a social credit code whose check digit is right."""
    introduced = (found for pattern in (_NAME, _QUOTED, _SUFFIXED, _BEFORE_CODE) for found in pattern.finditer(text))
    called = next(
        (
            found
            for found in introduced
            if not _NO_NAME_AT_ALL.fullmatch(found[found.lastindex or 0].strip())
            and not _ANOTHER_S.search(text[: found.start(found.lastindex or 0)])
        ),
        None,
    )
    if called and called.lastindex and scope.states(*called.span(called.lastindex)):
        start, end = called.span(called.lastindex)
        yield Mention("firm_name", text[start:end].strip(), start, end, text[start:end])
    for match in _CODE.finditer(text):
        code = re.sub(r"[ -]", "", match[0]).upper()
        if sum(map(str.isdigit, code)) >= _DIGITS_AT_LEAST and is_credit_code(code) and scope.states(*match.span()):
            yield Mention("uscc", code, *match.span(), match[0])
            return


#: An answer that gives no name; what stands before a name in an answer.
_NO_NAME = re.compile(
    r"不想|保密|不说|不告诉|不方便|没(?:有|注册|起)?(?:名|公司)?(?:$|呢|还)|还没|随便|什么|为什么|干嘛|[?？]|\b(?:no"
    r"|not|don't|why|rather|skip|later|secret|private|what|none|yet)\b",
    re.I,
)
_LEAD = re.compile(
    r"^(?:嗯+|哦|呃|那个|就?叫做?|名字叫|是|我们?(?:公司|店|厂|的)?(?:名字)?(?:就)?(?:叫|是)|it'?s(?: called)?"
    r"|called|we are(?: called)?|(?:the )?name(?: is|'s)"
    r"|(?:my |our |the )?(?:company|firm|shop|store|restaurant|factory)(?: is|'s)(?: called| named)?)[，, :：]*",
    re.I,
)


#: Words before and behind a Chinese name in an answer.
_INTRODUCED = re.compile(
    r"^(?:(?:[Ss]hop|[Cc]ompany|[Ff]irm) name(?: is|:)? ?|现在|抬头|(?:营业)?执照上?(?:面)?|上面|写的?(?:是)?|登记的?"
    r"|注册的?|全称|全名|名称|名字|公司名?|店名|招牌|我们(?:公司|店|厂)?|就?叫做?|是)+|(?:吧|呢|啊|呀|哈|的|这个名字?)$"
)


def answered_name(text: str) -> Mention | None:
    """The firm's name as the bare answer to the question for it."""
    bare = _INTRODUCED.sub("", _LEAD.sub("", text.strip()).strip(' 。.!！”“"'))
    if re.search(r"[\u4e00-\u9fff]", bare):
        bare = bare.split(" ")[0]
    named = _QUOTED.search(text) or _SUFFIXED.search(text)
    if named and named.lastindex:
        start, end = named.span(named.lastindex)
        return Mention("firm_name", _INTRODUCED.sub("", text[start:end].strip()), start, end, text[start:end])
    if not 2 <= len(bare) <= 50 or _NO_NAME.search(bare) or re.search(r"[，。,;；\n]", bare.replace("Co.,", "").replace(", Ltd", "")):
        return None
    return Mention("firm_name", bare, 0, len(text), text)


def is_credit_code(code: str) -> bool:
    """Whether eighteen characters are a social credit code: the last one checks the others (GB 32100)."""
    if len(code) != 18 or any(char not in _ALPHABET for char in code):
        return False
    total = sum(_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
    return _ALPHABET[-total % 31] == code[17]
