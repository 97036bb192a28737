"""Which trade the firm is in, by the everyday words for it and by the part those words play in the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.cues import frames, words
from nlu.cues.load import goods
from nlu.reading.headline import by_headline
from nlu.reading.house import by_house
from nlu.reading.polarity import denied
from nlu.reading.scope import Scope, scope_of
from nlu.reading.ways import NOT_DONE, by_ways, of_before


@dataclass(frozen=True)
class _Said:
    """A trade's words in the text: its value, its rank in the table, and how plainly the sentence makes it the firm's own trade."""

    value: str
    rank: int
    match: re.Match[str]
    weight: int = 0

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()


#: A shop on a platform is where the goods are sold; what is made or grown for it is the trade.
_CHANNEL = re.compile(
    r"抖音[小]?店?|拼多多店?|淘宝店?|天猫店?|京东店|旗舰店|专营店|网店|电商|直播间?|带货|开网店|抖店|跨境(?:电商)?|网上卖|线上卖|闲鱼"
    r"|(?:jd|douyin|tmall|taobao|amazon|pinduoduo|pdd|temu|tiktok|online|web)[ -]?(?:shop|store)s?|online"
    r"|e-?commerce|(?:amazon|online) seller"
)
#: People of a trade who work in any business; they name the firm's trade only where the owner does it or begins with it.
_STAFF = re.compile(
    r"cleaners|plumbers|electricians|painters?|carpenters?|waiters?|waitress\w*|baristas?|drivers?|guards?|janitors?|security guards"
    r"|驾驶员|押运员|司机.*|保安|保洁|会计|缝纫|后厨|跑堂"
)
_PLATFORMS = ("抖音", "拼多多", "淘宝", "天猫", "京东", "电商", "快手")
_LIST = re.compile(r" ?(?:and|or|,|、|，|和|跟|或) ?")
#: Directly before a trade: the owner does it.
_DOING = re.compile(
    r"(?:我们?|咱们?|俺们?|本|我家)$|(?:我们?|咱们?|俺们?)这(?:种|个|家|样)?[^，。,;；]{0,14}的$|(?:开|做|搞|干|办|经营|从事|是|卖|养|种|跑|弄|整|包|摆|接|租|有个?|有一?[家间]|运营|加盟"
    r"|行业[是:：]?|主营[是:：]?)[^，。,;；]{0,8}$"
    r"|\b(?:run|runs|own|owns|running|open|opened|operate|operating|start|started|sell|selling|do|doing|have|has|got|in the|in|into"
    r"|we're|"
    r"we are|i'm|i am|it's|as|our|my|make|making|manage|business is|industry:?)\b(?: [\w'-]+){0,4} ?$"
)
_RUNS = re.compile(r"[开办搞][^，。]{0,3}厂")
#: How words begin that say what the owner does.
_DOES = re.compile(
    r"[我咱俺开做搞干卖养种跑修]|(?:rais|grow|breed|sell|mak|fix|repair|driv|keep|farm|produc|import|export|distribut|clean|teach|manag|run|look"
    r"|servic|suppl|haul|mov|stor|rent|hir|install|lay|bak|cook|brew|writ|cod"
    r"|build)\w*\b"
)
#: Before what is done: for whom. 给银行网点做改造的 does it.
_SERVING = re.compile(r"(?:给|替|帮|为)(?![我俺咱])[^，。,;；买换添装]{1,8}$")
#: Directly behind a trade: it is a business of that kind.
_BUSINESS = re.compile(
    r"[的嘅嘞](?=$|[，。,;；!！])|[^，。,;；\d]{0,2}(?:店|厂|公司|生意|行业|企业|铺|馆|摊|队|合作社|户)| (?:business|company|firm"
    r"|shop|trade)\b"
)
#: Behind a trade: it is a person who speaks or asks, or a creditor.
_SOMEBODY = re.compile(
    r"(?:那边|老板|师傅|经理|小姐)?(?:报价|开价|跟我|和我|给我|告诉|说|讲|让我|叫我|问我|催)|(?:公司|厂|老板|队)?(?:把我|把咱|等着要钱|扣着|卖家)|(?:公司|会计)?(?:替|帮)(?:客户|老板|企业|别人|人家)"
    r"|(?:的)?(?:房东|邻居)|出身"
    r"|(?: chain| group| company)? (?:wants?|wanted|says|said|asks?|asked|told|pays?|paid|owes?|owed|cancelled|closed down|went bust"
    r"|bank)\b| (?:are|is) (?:my|our) (?:main |biggest |only )?(?:customer|client|buyer)s?\b"
)
#: Before a trade: the person who writes does this for the firm, or one who did it before speaks.
_CLERK = re.compile(r"(?:我是|我就是|我做|我是他们家?|我是公司|我是这家的?)$")
_CLERKS = re.compile(r"会计|代账|记账|出纳|审计|财务|财税")
_CREDITOR = re.compile(r"(?:欠了?|找|问|跟|向|owe)[^，。,;；]{0,2}$")
_ENDS = re.compile(r" ?(?:$|[，。,;；.、]|(?:in|near|with)\b)")
_BESIDES = re.compile(
    r"在|去|给|从|进|到|租|买|盖|建|搬|抵|自己|用|新|机器|设备|\b(?:my|our|the|own|its|new|of|to|for|as)\b".replace("\\\\", "\\")
)
#: Around words that are all that their clause says: pet clinic, two vets; for a tattoo studio in Zhuhai.
_NAMED = re.compile(
    r"^ ?(?:(?!(?:the|our|new|to|for|from|at|in|of|by|with|and|or|no|not|his|her|their|bank|loan|your|via|through|near"
    r"|next|on|last|into|onto|than|as|per|best|good|any) )[a-z'-]+ ){0,3}$"
    r"|\b(?:for|is|run|could|can|just|own|like) an? (?:\w+ )?$"
)
_CLOSES = re.compile(
    r" ?(?:$|[，。,;；.!、:]|(?:in|near|with \w+ (?:chairs?|staff|rooms?|tables?|machines?)|of (?:\d+|\w+) (?:people|persons"
    r"|staff|seats))\b)"
)
_PREMISES = re.compile(r"\b(?:own|owns|rent|rents|lease|bought|have|has) (?:the|our|my|own|its|their) $|(?:自己|自有|租|买)的?$")
#: Behind words of a service: the goods that these words only describe (yoga mats, hair clips).
_OF_GOODS = ("industry", "retail", "wholesale")
_GOODS_BEHIND = re.compile(rf"[ -](?:\w+ )?{goods('ware_en')}\b")
#: Words behind 给 name whom the owner serves; words of this length say what for, too (给学校食堂供菜).
_WHOLE = 7
#: Services whose words every business uses as a customer, too: they need a verb before them or stand first in their clause.
_SERVICES = ("leasing_business_services", "other", "software_it", "retail")
#: What may stand before them all the same: nothing, or the first part of a compound (社区便利店).
_COMPOUND = re.compile(r" *[一-鿿]{0,4}")
#: Directly before goods: the owner makes or delivers them.
_DELIVERS = ("供", "供应", "供货", "supply ", "supplying ")
#: Words that also name a place, a tool or a part of any business: they count only where the sentence makes them the trade.
_FAINT = re.compile(
    r"车间|流水线|.{0,3}厂子?|仓库|会计|培训|租赁|采购|包装|咨询|翻译|设计|保洁|食堂|中央厨房|冷库|数控|机床|.*亩|plants?|cnc"
    r"|workshop|production|kitchen"
)


#: Years somewhere else, and the way back: eleven years in shoe factories, then home.
_YEARS_ELSEWHERE = re.compile(r"\byears\b[^.;]{0,40}$")
_CAME_BACK = re.compile(r"\b(?:now back|came (?:back|home)|went home|returned|back (?:home|in|to))\b")
#: Coaches here are people.
_TRAINED = re.compile(
    r"\b(?:gym|club|fencing|members|students|pupils|lessons|classes|swim\w*|football|basketball|tennis|yoga|driving school)\b"
)
#: Said in so many words: the wholesale trade, and goods of one's own plant.
_WHOLESALE = re.compile(r"whole ?sal(?:e|er|ers|ing)|distribut\w+")
_OWN_PLANT = re.compile(r"\b(?:own|our) (?:own |small |little )?(?:factory|plant|workshop)\b")


def stated_industry(scope: Scope) -> tuple[str, re.Match[str]] | None:
    """The firm's trade and the words that say it, or None."""
    said = [
        _Said(value, rank, match)
        for rank, (value, pattern) in enumerate(words.CHOICES["industry"])
        for match in pattern.finditer(scope.norm)
        if scope.states(match.start(), match.end()) and not _only_asked(scope, match)
    ]
    own = _own(scope, said)
    weighed = [_Said(hit.value, hit.rank, hit.match, _weight(scope, hit)) for hit in own]
    likely = [hit for hit in weighed if hit.weight >= 0]
    likely = [hit for hit in likely if not _CHANNEL.fullmatch(hit.match[0])] or likely
    if not likely:
        return by_ways(scope, said=bool(said)) or by_house(scope) or by_headline(scope)
    top = max(hit.weight for hit in likely)
    best = min((hit for hit in likely if hit.weight == top or hit.weight >= 2), key=lambda hit: (hit.start, hit.rank))
    best = next((hit for hit in likely if _rather(scope, hit, best)), best)
    return best.value, best.match


def _rather(scope: Scope, hit: _Said, best: _Said) -> bool:
    """Whether these words say the trade more plainly: wholesale of what restaurants need, an exporter's own factory."""
    if hit.value == "wholesale" and best.value in ("catering", "accommodation", "other"):
        return _WHOLESALE.fullmatch(hit.match[0]) is not None and not scope.norm.startswith((" market", " side"), hit.end)
    return (
        hit.value == "industry"
        and best.value in ("wholesale", "retail")
        and _OWN_PLANT.search(scope.norm[max(0, hit.start - 12) : hit.end]) is not None
    )


def likeliest_trade(norm: str) -> tuple[str, re.Match[str]] | None:
    """The trade that a bare answer names; of several the first that no other covers or heads."""
    scope = scope_of(norm)
    said = [
        _Said(value, rank, match) for rank, (value, pattern) in enumerate(words.CHOICES["industry"]) for match in pattern.finditer(norm)
    ]
    own = _own(scope, said)
    return (own[0].value, own[0].match) if own else None


def _own(scope: Scope, said: list[_Said]) -> list[_Said]:
    """Without the businesses that the owner only serves and the words that others cover or head, in text order."""
    own = _not_for_others(scope, sorted(said, key=lambda hit: hit.start))
    return [hit for hit in own if not any(other.value != hit.value and (_covers(other, hit) or _heads(scope, other, hit)) for other in own)]


def _weight(scope: Scope, hit: _Said) -> int:
    """Below nought: these words name something else than the firm's trade."""
    low, _ = scope.clause_span(hit.start)
    lead, tail = scope.norm[low : hit.start], scope.norm[hit.end : hit.end + 40]
    goods = hit.value == "industry" and lead.endswith(_DELIVERS)
    if goods:
        return 2
    if (
        (hit.match[0].startswith("给") and len(hit.match[0]) < _WHOLE)
        or NOT_DONE.search(lead)
        or of_before(lead, tail)
        or _SOMEBODY.match(tail)
        or _CREDITOR.search(lead)
        or (frames.NOT_A_TRADE.search(lead) and not (_SERVING.search(lead) and _DOES.match(hit.match[0])))
        or (_YEARS_ELSEWHERE.search(lead) and _CAME_BACK.search(tail))
        or (hit.match[0] == "coaches" and _TRAINED.search(scope.norm))
        or (_CLERKS.fullmatch(hit.match[0]) and _CLERK.search(lead))
        or (hit.value not in _OF_GOODS and hit.match[0].isascii() and _GOODS_BEHIND.match(tail) and not _DOES.match(hit.match[0]))
        or ((hit.match[0].isascii() or hit.match[0] in _PLATFORMS) and denied(scope, hit.match))
    ):
        return -1
    doing = bool(_DOING.search(lead) or _DOES.match(hit.match[0]) or _RUNS.search(hit.match[0]))
    if _FAINT.fullmatch(hit.match[0]) and (_PREMISES.search(lead) or frames.UNREAL.search(lead)):
        return -1
    if _FAINT.fullmatch(hit.match[0]) and words.COLLATERAL_FRAME.search(scope.clause_text(hit.start)):
        return -1
    doing = doing and not (hit.match[0] == "cnc" and lead.endswith(("our ", "my ", "the ")))
    if words.COLLATERAL_FRAME.search(scope.clause_text(hit.start)) and not doing:
        return -1
    heads = not lead.strip() and low == 0 and bool(_ENDS.match(tail))
    if _STAFF.fullmatch(hit.match[0]) and not doing and not heads:
        return -1
    heads = heads or (hit.match[0].isascii() and bool(_NAMED.search(lead) and _CLOSES.match(tail)))
    alone = bool(_ENDS.match(tail)) and not _BESIDES.search(lead)
    if _FAINT.fullmatch(hit.match[0]) and not doing and not alone and not (_BUSINESS.match(tail) and not lead):
        return -1 if len(scope.norm) > 6 else 0
    business = bool(_BUSINESS.match(tail))
    if hit.value in _SERVICES and not _COMPOUND.fullmatch(lead) and not doing and not business and not heads:
        return -1
    return 2 * (doing or heads) + business


def _only_asked(scope: Scope, match: re.Match[str]) -> bool:
    """Whether a question is about the trade; 开了四年的五金厂能贷吗 is about the owner's own."""
    if not scope.asked(match.start()):
        return False
    lead = scope.norm[scope.clause_span(match.start())[0] : match.start()]
    return not _DOING.search(lead) or scope.asked(match.start(), plain=True)


def _not_for_others(scope: Scope, said: list[_Said]) -> list[_Said]:
    """Leaves out the businesses that the owner only serves: 给饭店和超市送菜, sell to supermarkets and hotels."""
    kept: list[_Said] = []
    served_until = -1
    for hit in said:
        listed = served_until >= 0 and (hit.start < served_until or _LIST.fullmatch(scope.norm, served_until, hit.start))
        lead = scope.norm[max(0, hit.start - 24) : hit.start]
        goods = hit.value == "industry" and lead.endswith(_DELIVERS)
        if listed or (words.FOR_OTHERS.search(lead) and not goods):
            served_until = max(hit.end, served_until)
        else:
            kept.append(hit)
    return kept


def _heads(scope: Scope, other: _Said, hit: _Said) -> bool:
    """Whether the other words are the head of a compound that these begin: 陶瓷批发 is a wholesaler."""
    return other.start >= hit.end and scope.norm[hit.end : other.start] in ("", " ", "的")


def _covers(other: _Said, hit: _Said) -> bool:
    """Whether another industry's words take this place: they overlap and are longer, or come earlier in the table."""
    if other.start >= hit.end or hit.start >= other.end:
        return False
    ours, theirs = len(hit.match[0]), len(other.match[0])
    return theirs > ours or (theirs == ours and other.rank < hit.rank)
