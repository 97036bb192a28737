"""Whether a message is for a loan advisor at all, and if not, what kind of thing it is.

The language server gives a guess and, apart from it, a score for "none of these". Both are weighed here against what the message
states of the firm: a score alone never silences a fact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
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


#: Kinds whose figures are never the firm's: the price of a family car, the turnover to be forged.
_NOT_THE_FIRMS = frozenset({Kind.PRIVATE, Kind.ORDERS, Kind.CHEAT})


def weigh(intent: str, oos: float | None, text: str, extraction: Extraction, asking: str | None = None) -> tuple[str, Extraction]:
    """The intent to answer, and the facts to believe.

    `intent` and `oos` (None where there is none) are the language server's; `asking` is the fact of the open question.
    """
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
    if _CHEAT.search(plain):
        return Kind.CHEAT
    if _ORDERS.search(plain):
        return Kind.ORDERS
    if speaks_another_language(plain):
        return Kind.LANGUAGE
    return Kind.PRIVATE if _PRIVATE.search(plain) else Kind.OTHER


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
