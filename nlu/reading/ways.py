"""The firm's trade where no table knows its goods: said by what the owner does to them, or by what is done there."""

from __future__ import annotations

import re

from nlu.cues import frames, words
from nlu.reading.scope import Scope

#: A clause about a life before the firm, or about what befell another firm.
_FORMER = re.compile(
    r"下岗|倒闭|早先|从前|以前(?!的)|之前(?!的)|原来在|打工|打了?[^，。]{0,4}工|上班|辞职|辞了|离职|退休|学徒|毕业于|转型|改做|转做"
    r"|^[^。]{0,3}，?(?:哦|后来)?(?:现在)?(?:不让|不)干了|\b(?:laid off|lost (?:my|her|his) job|used to|formerly"
    r"|previously|worked (?:at|for|in|as)|after \w+ years (?:in|at|of)|working (?:at|for)|quit|retired)\b"
)
#: Back in the present: what comes after these is the firm again.
_SINCE = re.compile(
    r"自己|现在|如今|回|后来|后头|今年|开了?|做|干|搞|弄|摆|种|养|\b(?:now|then|started|opened|set up|run|running"
    r"|(?:came|went|come|go|back|returned) home|home to)\b"
)
NOT_DONE = re.compile(r"(?:不|没)(?:打算|想|准备|会|再)?(?:做|开|搞|弄)?$")
#: Goods that no table knows, made by the owner: 做棒球棍的, we make kazoos.
_MAKES = re.compile(
    r"(?:做|整|专做|主做|生产|加工|制作)(?!了|过|到|完|点|些|的|人|大|好|得|个|出)[^，。,;；\s的\d吗么]{1,7}的(?=$|[，。,;；！! ])"
    r"|\b(?:we|i) (?:also |only |mainly |mostly )?(?:make|produce|manufacture|assemble) (?:[a-z-]+ ){0,2}[a-z-]{3,}s\b"
)
#: What else is made or done: services, dishes, money.
_NO_WARE = re.compile(
    r"审计|出口|会计|财务|销售|业务|老板|贷|中介|生意|工程|项目|服务|设计|推广|培训|外贸|电商|平台|什么|用$|网|饭|餐|菜|吃|保险|投资|直播|运营|管理|营销|代理|批发|零售|物流|运输|安装|维[修保护]|咨询|寄养|外包|开发"
    r"|清洗|绿化|保洁|软件"
    r"|\b(?:game|landscape|lettuce|design|services?|software|agency|consult\w*|outsourcing|saas|app|ads?|marketing|leasing|cleaning"
    r"|training|nothing)\b"
    r"|\b(?:sales|profits|loss|losses|payments|repayments|ends|calls|deals|loans|apps|websites|games|videos|films|houses|homes|flats"
    r"|roads|meals|coffees|lunches|friends|mistakes|decisions|plans"
    r"|dishes|noodles|dumplings|cakes|burgers|pizzas|events|trips|tours|always|this|us|less|progress|business|it works)\b"
)


#: Directly before the words: the thing is bought, lent or belongs to somebody else.
_ANOTHER = re.compile(
    r"(?:买|换|添|租|借|给|帮|替|为|卖给|送|被|跟|向|从|找|欠|押|他|她|人家|对方|隔壁|邻居|我[哥弟姐妹爸妈叔舅]|表[哥弟姐妹]|朋友|亲戚|同学|客户|供应商|上游|下游)(?:的|家)?[^，。,;；]{0,4}$"
    r"|\b(?:new|two|three|another|second|buy|buying|owes?|from|his|her|their|your|no|not|nothing|stop(?:ped)?|former|ex"
    r"|supplier|buyer|customer|client|neighbou?r) $"
)
_DENIED = re.compile(r"(?:没|不|无|别|未)[^，。]{0,3}$|\b(?:not|never|no|don't|doesn't|didn't) (?:\w+ )?$")


def by_ways(scope: Scope, *, said: bool) -> tuple[str, re.Match[str]] | None:
    """The trade that the general ways of saying one name. `said`: some word of the tables stood there, and named no trade of the firm."""
    makes = next((match for match in _MAKES.finditer(scope.norm) if not _aside(scope, match, "industry")), None)
    if makes is not None and not said:
        return "industry", makes
    found = ((value, match) for value, pattern in words.WAYS for match in pattern.finditer(scope.norm))
    return next(((value, match) for value, match in found if not _aside(scope, match, value)), None)


def _aside(scope: Scope, match: re.Match[str], value: str) -> bool:
    """Whether the words are asked, denied or told of another, or name what is no ware."""
    lead = scope.norm[scope.clause_span(match.start())[0] : match.start()]
    if not scope.states(*match.span()) or scope.asked(match.start()) or NOT_DONE.search(lead) or frames.NOT_A_TRADE.search(lead):
        return True
    if _ANOTHER.search(lead) or of_before(lead, "") or _DENIED.search(lead):
        return True
    return value == "industry" and bool(_NO_WARE.search(match[0]))


def of_before(lead: str, tail: str) -> bool:
    """Whether the trade is one the owner was in before: 厂里下岗以后, laid off from the mill."""
    if _FORMER.match(tail[:12]) or _FORMER.search(tail[:8]):
        return True
    former = list(_FORMER.finditer(lead))
    return bool(former) and not _SINCE.search(lead, former[-1].end())
