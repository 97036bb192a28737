"""What the talk shows to be misread: a case supposed is no answer, a loan that is asked for none that is owed, figures no pledge."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.conversation.long_ago import A_YEAR, months_since
from knowledge.firm import FactType, spec_of
from nlu.cues import frames
from nlu.facts import Mention
from nlu.mentions import Extraction
from nlu.text import normalise

#: A case supposed, which is asked about.
_SUPPOSES = re.compile(
    r"^\W*(?:那么?|可是?|但是?)?\W*(?:如果|要是|假如|假设|假使|倘若|万一|若是?).{2,60}?(?:的话)?"
    r"(?:[，, ].{0,16})?(?:呢|吗|会?怎[么样].{0,8}|会?变成?.{0,8})\W*$"
    r"|^\W*(?:and |but |so |then )?(?:what (?:would (?:happen|change) )?if|how about if|suppose|supposing|imagine)\b",
    re.DOTALL,
)
#: 没有贷款能办吗 asks whether there is a loan to be had; it says nothing of loans that are owed.
_NONE_TO_BE_HAD = re.compile(r"没有?贷款(?:能|可以|产品|适合|给)|\bno loans? (?:for|i can|we can|available|open)\b")
_REFUSED = re.compile(r"(?:申请|想贷|要贷|想借|报了?)[^，。]{0,14}(?:被拒|拒了|没批|没通过|没过|被退|不批)")
_NEW = re.compile(
    r"(?:(?P<last_month>上个?月)|上周|上星期|这个?月|本月|这周|本周|前[几两三]天|昨天|今天|刚刚)[^，。；]{0,4}"
    r"(?:注册|成立|开业|开张|办(?:下|好|了)?(?:营业)?执照|开(?:了|的)?(?:一?[家间]|个?小?(?:店|公司|厂|馆|铺|摊)))"
    r"|\b(?:registered|opened|founded|incorporated|set up)\b[^.,;]{0,40}?\b"
    r"(?:this (?:week|month)|last week|(?P<month>last month)|yesterday|today|(?:a|one|two|three|[1-3]) (?:weeks?|days?) ago)\b"
)
#: What is opened besides makes no firm young.
_MORE = re.compile(r"又|再|分店|分公司|新店|第[二三四五]|[二三]店|账户|\b(?:another|second|third|new|branch|account)\b")
#: What a firm may lack and no bank would hold as a pledge, or what is pledged already.
_LACKS = re.compile(
    r"没有?(?:流水|报表|账|营业额|收入|生意)|没有?(?:报|交|缴|开|做|办)过"
    r"|\b(?:no|not any|without) (?:\w+ )?(?:statements?|turnover|accounts|books|revenue|sales|income)\b"
    r"|\bloans? on (?:the|my|our|it|them|two|both)\b"
)
#: Papers and people that a firm may lack, which is no answer to whether it has a pledge or a guarantor.
_LACKS_PAPERS = re.compile(
    r"\b(?:don't|do not|haven't|have not|didn't|never) (?:have|keep|got|had)? ?(?:an? |any |the |our |much )?(?:\w+ )?"
    r"(?:records?|accountants?|bookkeepers?|website|licen[cs]es?|tax(?:es)?|invoices?|receipts?|statements?|paperwork|papers|documents|app|experience)\b"
)
_NO_PLEDGE = {"collateral": ("none",), "guarantor": False}
#: "Would a cooperative help?", "is that the same for a one-man business?": asked of a case, told of no firm.
_ASKS_OF_A_CASE = re.compile(
    r"^\W*(?:and |so |but |ok,? |hm+,? )*(?:would|could|can|does|do|will|should|might) [^.,;?!]{1,40}"
    r"\b(?:help|count|matter|be enough|be ok|make a difference)\b[^.;!]{0,20}\?*\W*$"
    r"|\b(?:is|are|does|would) (?:that|this|it|things|they) (?:all )?(?:the same|different|also|true|apply|go|hold)\b[^.?!]{0,16}\bfor\b"
)
#: Whether something told of counts is asked of that, and answers no question of the firm.
_DOES_IT_COUNT = re.compile(r"\b(?:does|would|will|do) (?:it|that|this|they|these) (?:also |even )?(?:count|qualify)\b|\bcounts? as\b")
_AGE = "age_months"
#: A year of these is not that of the business.
_OF_ANOTHER_AGE = re.compile(r"\b(?:bought|purchased|masters?|degree|diploma|graduated|married|born)\b|买的|买了|毕业|结婚|出生")
#: A title that is asked about in these words is not had.
_ASKED_ABOUT = re.compile(
    r"(?:\b(?:polic(?:y|ies)|support|subsid\w+|benefits?|about|apply for|become|becoming|get|getting|what is|for)\b"
    r"[^.,;?!]{0,24}|(?:政策|补贴|申请|什么是|怎么评|想评)[^，。]{0,6})$"
)
_HAS = re.compile(r"\b(?:we are|we're|i am|we have|we got|already|certified|since)\b|已经|我们是|拿到|评上|认定")
_SENTENCE_END = re.compile(r"[.;?!。；？！]")
_TITLES = frozenset({"specialised_level", "high_tech", "tech_sme"})
_OF_THE_CASE = frozenset({"legal_form", "employees", "industry", "region", "owner_group"})
#: Beside what is over there is something of the last year.
_LATELY = re.compile(r"今年|上个?月|近(?:一|1)年|近(?:12|十二)个?月|\b(?:this year|last month|months? ago|lately)\b", re.IGNORECASE)
#: Land that is only held on contract is no property to pledge, nor does it say that there is none.
_ON_CONTRACT = re.compile("承包|流转|租(?:的|来)?的?地")
#: Before goods: they are to be bought. 80k for crates makes nobody a maker of crates.
_BOUGHT_FOR = re.compile(r"\d ?(?:k|m|w|thousand|million|wan|grand|yuan|rmb)?(?: (?:yuan|rmb))? for (?:some |new |more )?$")
_TRADE = "industry"
#: Whether something must be pledged is asked; nothing is offered by it.
_MUST_PLEDGE = re.compile(
    r"(?:^|[,.;:!?] ?|\b(?:and|but|so|or) )"
    r"(?:do|must|would|should|will) (?:we|i|they)(?: (?:have|need) to)? (?:pledge|mortgage|put up|give|risk)\b"
    r"|\b(?:flat|house|home|workshop|factory) (?:be |is )?(?:at risk|safe|in danger)\b"
)
#: What is no answer beside so many sums of money.
_SUMS = 2
#: Agrees with what the advisor noted; whether there is something, as 有人愿意担保吗 asks, it leaves open.
_AGREES = re.compile(r"\W*(?:对|没错|没毛病|正确|好|行|成|中|ok|okay|right|correct|that's right)(?:[的呀啊哦了吧哈]|对)*\W*")
_ASKS_FOR_SOMETHING = re.compile("(?!是).*有")
#: A firm of before, which is no more: its years are not those of the firm that is told of.
_NO_MORE = re.compile(
    r"(?:之前|以前|原来|原先|从前|早先|上一?[家个]|老店|旧店)[^。；]{0,24}"
    r"(?:注销|关了|关门|停了|停业|歇业|转让了|倒闭|黄了|不[开做干]了|散了)"
    r"|\b(?:old|previous|former|last|earlier) (?:shop|business|firm|company|place)\b[^.;]{0,40}"
    r"\b(?:closed|shut|gone|sold|cancelled|ended)\b"
)
#: A no behind what it belongs to: 没逾期过！从来没有.
_NO_BEHIND = re.compile(
    r"[^，。！,;；!]{2,14}[，。！,;；! ]+(?:真的?)?"
    r"(?:从来?|一次|一直|都|也|从)[都也]?没(?:有)?(?:过)?的?\W*"
)


def mended(text: str, asking: str | None, plain: Extraction, heard: Extraction) -> Extraction:
    """What a message states. `heard` was read as an answer to `asking`, `plain` without it."""
    norm = normalise(text)
    if asking and (_SUPPOSES.match(norm.strip()) or _NONE_TO_BE_HAD.search(norm) or _is_no_answer(norm, asking, plain, heard)):
        heard = plain
    if _ASKS_OF_A_CASE.search(norm):
        heard = replace(plain, mentions=tuple(one for one in plain.mentions if one.name not in _OF_THE_CASE))
    counts = _DOES_IT_COUNT.search(norm) or (asking == _AGE and _OF_ANOTHER_AGE.search(norm))
    if asking and asking not in plain.facts and counts:
        heard = plain
    mentions = [one for one in heard.mentions if not _misread(one, norm, asking, plain, heard)]
    if _MUST_PLEDGE.search(norm):
        mentions = [one for one in mentions if one.name != "collateral"]
    names = {one.name for one in mentions}
    if _REFUSED.search(norm) and "amount_sought" not in names:
        mentions = [replace(one, name="amount_sought") if one.name == "existing_loans" else one for one in mentions]
    new = _NEW.search(norm)
    if new is not None and "age_months" not in names and not _MORE.search(norm):
        months = 1 if new["last_month"] or new["month"] else 0
        mentions.append(Mention("age_months", months, new.start(), new.end(), text[new.start() : new.end()]))
    return replace(heard, mentions=tuple(mentions))


def _is_no_answer(norm: str, asking: str, plain: Extraction, heard: Extraction) -> bool:
    """Whether what was read as an answer is none: it agrees with something else, denies something else, or tells nothing of it."""
    if not heard.mentions and not heard.ambiguous:
        return bool(plain.mentions)
    spec = spec_of(asking)
    if spec.type is FactType.FLAG and spec.ask and _ASKS_FOR_SOMETHING.match(spec.ask["zh"]) and _AGREES.fullmatch(norm):
        return True
    return asking not in plain.facts and bool(plain.mentions) and _NO_BEHIND.fullmatch(norm) is not None


def without_old_lateness(heard: Extraction, text: str, today: date) -> Extraction:
    """前年逾期过两次 tells of no late payment of the last twelve months."""
    since = months_since(text, today) if "overdue_12m" in heard.facts and not _LATELY.search(text) else None
    if since is None or since <= A_YEAR:
        return heard
    return replace(heard, mentions=tuple(one for one in heard.mentions if one.name != "overdue_12m" or one.value == 0))


def _only_asked_about(title: Mention, norm: str) -> bool:
    """Whether a sentence asks about a title and does not say that the firm has it."""
    before, behind = _SENTENCE_END.split(norm[: title.start])[-1], _SENTENCE_END.split(norm[title.end :])[0]
    return _ASKED_ABOUT.search(before) is not None and not _HAS.search(f"{before} {behind}")


def _misread(one: Mention, norm: str, asking: str | None, plain: Extraction, heard: Extraction) -> bool:
    if one.name == "age_months" and _NO_MORE.search(norm):
        return True
    if one.name == _TRADE and one.value == _TRADE and _BOUGHT_FOR.search(norm[: one.start]):
        return True
    if one.name in _TITLES and one.value and _only_asked_about(one, norm):
        return True
    if one.name == "existing_loans" and one.value == 0:
        return _NONE_TO_BE_HAD.search(norm) is not None
    if one.name == asking and asking not in plain.facts and one.value == _NO_PLEDGE.get(asking, "") and _LACKS_PAPERS.search(norm):
        return True
    if one.name != asking or asking != "collateral" or asking in plain.facts:
        return False
    if one.value == ("none",) and frames.LEFT_OPEN.search(norm) and not frames.NO_HEAD.match(norm):  # 房子是老婆的名字，能抵押不
        return True
    return (
        any(words.search(norm) for words in (_LACKS, _ON_CONTRACT))
        or sum(spec_of(other.name).type is FactType.MONEY for other in heard.mentions) >= _SUMS
    )
