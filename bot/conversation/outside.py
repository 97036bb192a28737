"""Whether a message is for a loan advisor at all, and if not, what kind of thing it is.

The language server gives a guess and, apart from it, a score for "none of these". Both are weighed here against what the message
states of the firm: a score alone never silences a fact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from dataclasses import replace
from enum import StrEnum

from nlu.mentions import Extraction

#: From this score on a message is none of ours. On the validation split thresholds from 0.85 to 0.97 get equally many messages right
#: (485 to 487 of 495 in two fits); of these this one finds the most that is out of scope, and loses one of 463 others.
OUTSIDE = 0.9
OUT_OF_SCOPE = "out_of_scope"
_NOTHING_STATED = Extraction()
#: What a passing word can fill: "hotpot tonight?" makes nobody a restaurant.
_NAMED_IN_PASSING = frozenset({"industry", "region", "purpose", "legal_form"})


class Kind(StrEnum):
    """What a message is that is not for a loan advisor; each has an answer of its own."""

    OTHER = OUT_OF_SCOPE
    LANGUAGE = "out_of_scope_language"
    PRIVATE = "out_of_scope_private"
    ORDERS = "out_of_scope_orders"
    CHEAT = "out_of_scope_cheat"
    BETS = "out_of_scope_bets"
    CASH = "out_of_scope_cash"


#: Kinds whose figures are never the firm's: the price of a family car, the turnover to be forged.
_NOT_THE_FIRMS = frozenset({Kind.PRIVATE, Kind.ORDERS, Kind.CHEAT, Kind.BETS, Kind.CASH})
#: What a thing for the home only seems to be of the firm: the thing to be bought, and its price.
_SEEMS_THE_FIRMS = frozenset({"purpose", "amount_sought", "collateral"})


def weigh(intent: str, oos: float | None, text: str, extraction: Extraction, asking: str | None = None) -> tuple[str, Extraction]:
    """The intent to answer, and the facts to believe.

    `intent` and `oos` (None where there is none) are the language server's; `asking` is the fact of the open question.
    """
    if (kind := kind_by_words(text)) is not None:
        seems = _SEEMS_THE_FIRMS | {asking}  # the price of the car answers no open question
        kept = tuple(mention for mention in extraction.mentions if mention.name not in seems and kind is Kind.PRIVATE)
        return OUT_OF_SCOPE, replace(extraction, mentions=kept, loose=(), ambiguous=())
    outside = oos is not None and oos >= OUTSIDE
    names = {mention.name for mention in extraction.mentions}
    if outside and intent == OUT_OF_SCOPE and not _the_firms(names, text, asking):
        return OUT_OF_SCOPE, _NOTHING_STATED
    if names or extraction.ambiguous:
        return ("state_facts" if intent == OUT_OF_SCOPE else intent), extraction
    if outside and asking and extraction.loose and kind_of(text) is Kind.OTHER and not _ASKS.search(text):
        return "state_facts", extraction  # a figure told while the business is spoken of: 孩子有120个
    return (OUT_OF_SCOPE if outside else intent), extraction


def _the_firms(names: Set[str], text: str, asking: str | None) -> bool:
    """Whether facts of these names, read in a message that looks out of scope, are the firm's all the same.

    An answer to the open question is, but a bare figure among orders or forgeries only looks like one.
    """
    kind = kind_of(text)
    if kind in _NOT_THE_FIRMS:
        return False
    return asking in names or not names <= _NAMED_IN_PASSING or not (kind is Kind.LANGUAGE or _ASKS.search(text))


def kind_of(text: str) -> Kind:
    """The kind of a message that is known to be out of scope."""
    plain = unicodedata.normalize("NFKC", text)
    if (plainly := kind_by_words(text)) is not None:
        return plainly
    if _CHEAT.search(plain):
        return Kind.CHEAT
    if _ORDERS.search(plain):
        return Kind.ORDERS
    if speaks_another_language(plain):
        return Kind.LANGUAGE
    return Kind.PRIVATE if _PRIVATE.search(plain) else Kind.OTHER


def kind_by_words(text: str) -> Kind | None:
    """The kind of a message whose words leave no doubt, whatever the guess: a car of one's own, school fees, shares, cash off a card."""
    plain = unicodedata.normalize("NFKC", text)
    if _CASH.search(plain):
        return Kind.CASH
    if _BETS.search(plain):
        return Kind.BETS
    return Kind.PRIVATE if _PLAINLY_PRIVATE.search(plain) and not _FOR_THE_FIRM.search(plain) else None


def speaks_another_language(text: str) -> bool:
    """Whether a text is in neither Chinese nor English: by its script, or by several small words of another language."""
    letters = [char for char in text if char.isalpha()]
    if sum(_script(char) == "other" for char in letters) * 2 > len(letters) or _KANA.search(text):
        return True
    if any(_script(char) == "han" for char in letters):
        return False
    words = set(re.findall(r"[^\W\d_]+", text.lower()))
    foreign = len(words & _FOREIGN)
    return foreign >= 2 and foreign > len(words & _ENGLISH)


def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    return "han" if name.startswith("CJK") else "latin" if name.startswith(("LATIN", "FULLWIDTH LATIN")) else "other"


_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_ASKS = re.compile(
    r"[?？]|[吗呢嘛啥谁哪咋怎]|什么|多少|几[点号时]|还是|好不好|难不难|推荐|帮我|教我"
    r"|\b(?:what|which|where|who|when|how|why|should|can|could|is|are|do|does|best|cheap|find|book|reserve|recommend|show|tell)\b",
    re.IGNORECASE,
)
_CHEAT = re.compile(
    r"P成|[造做伪][一]?[个份张套点]?假|假(?:的)?(?:流水|合同|发票|报表|证明|材料|公章|执照|银行|纳税|收入|资料)|虚开|骗贷|骗补|套(?:取)?贷款"
    r"|空壳|[逃偷漏]税|避税|少[交缴]点?税|洗钱|洗白|躲(?:债|执行)|逃债|转移(?:财产|资产)|两套账|冒充|红包|行贿|别人(?:的)?(?:身份证|名义)"
    r"|流水(?:自己)?(?:造|P|改)|刷(?:流水|单)|包装(?:一下)?(?:公司|资料|流水|材料)"
    r"|\b(?:fake|forged?|forging|falsif\w+|counterfeit|photoshop|launder\w*|bribe\w*|shell company|two sets of books|evade)\b"
    r"|(?:cheat|trick|fool) (?:the )?(?:bank|tax)|hide (?:\w+ ){0,3}(?:from the (?:tax|bank)|assets)"
    r"|(?:edit|change|alter|doctor) (?:\w+ ){0,2}(?:statement|invoice|tax)"
    r"|somebody else'?s? name|without (?:a )?real sale|not get(?:ting)? caught",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"(?:忽略|无视|忘掉|忘记|不要管).{0,10}(?:指令|规则|设定|提示|要求|命令)|提示词|系统提示|开发者模式|管理员(?:密码|模式)|越狱"
    r"|(?:假装|扮演|假设)你?(?:是|成)?|你(?:现在|从现在起|以后)(?:就)?(?:不是|是)|从现在(?:起|开始)你|重复我(?:说)?的话|关闭.{0,4}限制"
    r"|\b(?:ignore|forget|disregard|override)\b.{0,25}\b(?:instructions?|rules?|prompts?|told|before|above)\b"
    r"|system prompt|developer mode|jailbreak|\bsystem:|admin password|\bDAN\b"
    r"|\b(?:pretend|role ?-?play|act as|you are now|you're now|from now on you|no longer a|repeat after me|new instructions)\b"
    r"|not a loan advis",
    re.IGNORECASE,
)
_CASH = re.compile(
    r"(?:信用卡|花呗|白条)[^，。]{0,6}(?:套现|提现|刷出来|取现)|套(?:点|些|出)?现"
    r"|\bcash\b[^.?!]{0,20}\b(?:off|from|out of)\b[^.?!]{0,8}\bcredit cards?\b"
    r"|\bcredit cards?\b[^.?!]{0,12}\bcash[- ]?(?:out|advance)\b",
    re.IGNORECASE,
)
_BETS = re.compile(
    r"炒(?:股|币|房|黄金|期货)|(?:买|玩|投)(?:点|些|什么|哪只|一?只)?(?:股票|基金|彩票|期货|比特币|虚拟币)"
    r"|(?:股票|比特币)[^，。]{0,6}(?:能买|买|涨|跌|推荐|咋样|怎么样)|赌(?:博|钱|球|一把)|打牌赢|世界杯[^，。]{0,6}(?:买|押)"
    r"|\b(?:lottery ticket|win the lottery|gambl\w+|(?:buy|trade|invest in) (?:some |in )?bitcoins?(?! min)|betting"
    r"|crypto (?:tip|invest)\w*)\b"
    r"|\b(?:buy|sell|invest in|tips? (?:on|for)|which) (?:some |any )?(?:shares|stocks)\b(?! (?:of|in) (?:my|our))",
    re.IGNORECASE,
)
#: Words that are of a home or a family and nothing else: a wish for it, not a flat or a car that is there and could be pledged.
_PLAINLY_PRIVATE = re.compile(
    r"(?:买|换|提|购)[^，。]{0,8}(?:车|suv)[^，。]{0,6}(?:自己?(?:家)?(?:开(?![店厂公饭餐馆工个了业])|用)|代步|上下班)"
    r"|(?:买|换|购|装修|首付)[^，。]{0,10}自己?(?:家)?住|(?:家里?|自家|自己家?|新房|婚房)的?(?:房子)?(?:要|想|得|需要)装修"
    r"|(?:想|要|得|准备|打算)[^，。]{0,4}装修(?:一下)?(?:自己(?!的?[店厂铺公])|家里|新房|婚房|自家)"
    r"|(?:孩子|小孩|儿子|女儿|娃|闺女)[^，。]{0,8}(?:上学|学费|读书|留学|上大学|结婚|买房|买车|婚房|彩礼)[^。]{0,14}(?:借|贷|缺|差|不够|钱)"
    r"|(?:给|替|帮)(?:孩子|儿子|女儿|闺女|老婆|老公|爸妈|父母)[^，。]{0,4}(?:买(?:套)?房|买(?:辆)?车)"
    r"|(?:交|缴|付|凑|差)[^，。]{0,6}学费|助学贷款"
    r"|(?:我|家)[^，。]{0,6}(?:房贷|按揭)[^，。]{0,6}(?:转|降|提前还|利率)|(?:买|付)(?:一?套)?(?:婚房|学区房|住房)"
    r"|(?:首付|房款)[^，。]{0,4}(?:不够|差|借)"
    r"|(?:看病|住院|手术|婚礼|旅游|彩礼|办酒席)[^，。]{0,8}(?:借|贷|缺|没)(?:点)?钱?"
    r"|(?:借|贷)[^，。]{0,12}(?:看病|住院|手术|婚礼|去旅游|彩礼|结婚)"
    r"|\b(?:mortgage|loan|borrow|buy|decorat\w*|renovat\w*)\b[^.?!]{0,24}\b(?:my|our) (?:own|private|family)"
    r" (?:car|home|house|flat|apartment)\b|\bcar for (?:myself|my (?:wife|son|daughter|family|husband))\b"
    r"|\b(?:pay|need|for)\b[^.?!]{0,16}\b(?:school fees?|tuition)\b"
    r"|^\W*school fees?\b|\bstudent loan\b|\b(?:renovat|decorat)\w* (?:my|our) (?:own )?(?:home|flat|house|apartment)\b"
    r"|\b(?:wedding|honeymoon|holiday trip)\b[^.?!]*\b(?:loan|borrow|pay)|\b(?:loan|borrow)\b[^.?!]*\b(?:wedding|honeymoon)\b",
    re.IGNORECASE,
)
#: The same words in a sentence on the business: a van for deliveries, the home as security, a school that teaches for fees.
_FOR_THE_FIRM = re.compile(
    r"抵押|质押|做担保|生意|公司|店里|厂里|门店|铺子|拉货|送货|跑业务|接客户|营业|经营|周转|进货|民宿|培训|收学费|网约车|出租"
    r"|[货卡拖挂]车|跑(?:运输|货|长途|车|单)|客户|家长|学员|幼儿园|托管|工资|垫资|垫款|工地|做装修的|装修队"
    r"|\b(?:pledge|collateral|secur\w+|business|company|firm|shop|deliver\w*|customers?|clients?|stock|we (?:run|sell|make)"
    r"|training cent(?:re|er)|tuition income)\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"房贷|自住|首套|二套|首付|学区|月供.{0,6}(?:房|家)|公积金|买(?:套)?房|买(?:婚)?车(?!间)|买辆|车贷|代步|自己开|上下班|家用车|嫁妆"
    r"|彩礼|结婚|婚礼|办酒|旅游|旅行|留学|助学|学费|医美|整形|整牙|装修(?:自己|新房|家)|自家新房|信用卡|花呗|借呗|消费贷|个人(?:消费|贷)"
    r"|墓地|上班族|\b(?:my own|private|personal|family) (?:car|use|loan|home|house|flat)|for (?:myself|the family|commuting)"
    r"|home (?:loan|mortgage)|first home|(?:mortgage|payments?) on (?:my|the) (?:own )?(?:home|house|flat)"
    r"|student loan|wedding|honeymoon|holiday|vacation|trip to|credit card|plastic surgery|teeth"
    r"|an employee|office worker|till payday|commut\w+|buy (?:a |my )?(?:house|home|flat)",
    re.IGNORECASE,
)
#: Small words and a few of the trade, by language: Spanish, French, German, Portuguese, Italian, Indonesian, Vietnamese, Dutch, Turkish.
_FOREIGN = frozenset(
    (
        "el la los las un una de del que por para con mi mis necesito quiero hola amigo préstamo negocio tienda dinero es muy días gracias "
        "le les des du une je vous nous mon ma pour avec est cherche voudrais bonjour prêt emprunter merci "
        "ich der die das ein eine einen und für mit mein meine brauche kann auf guten tag bitte danke kredit firma schreiben "
        "preciso um uma minha meu loja empréstimo obrigado olá vorrei ciao prestito grazie il lo gli mio per sono "
        "saya mau pinjam uang untuk toko tidak bisa apa terima kasih modal usaha "
        "tôi cần vay vốn muốn tiền kinh doanh được không cho chào "
        "ik een het voor lening mijn heb nodig bir için kredi istiyorum merhaba lütfen"
    ).split()
)
_ENGLISH = frozenset("i the a an is are my we our you to of in for and can do what how need want loan shop business".split())
