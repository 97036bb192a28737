"""Questions that a sum answers: what is asked is told by the intent, the words and the facts together; the handlers do the sums.

The intents of the language server name what kind of question it is, not which sum; several intents may stand over the same sum.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.answers import costs, instalments, pricing, raising, sharing, trade
from bot.conversation.model import Answer
from bot.conversation.world import Scene

_ASKS = re.compile(
    r"[?？]|多少|几|[高贵]不|怎么|哪|吗|呢|还是|谁|该|表|schedule|table|^\W*(?:and|then)\b|\b(?:how|what|which|who|should|can|does|do|is)\b",
    re.IGNORECASE,
)
#: These never want a sum, whatever words they use.
_NEVER = frozenset({"ask_privacy", "delete_data", "subscribe", "unsubscribe", "set_language", "ask_scam_check"})


@dataclass(frozen=True)
class _Sum:
    """A sum, the patterns that must all be in the words, and its handler, which gives None where it cannot do it."""

    handler: Callable[[Scene], Answer | None]
    words: tuple[re.Pattern[str], ...]


def _sum(handler: Callable[[Scene], Answer | None], *patterns: str) -> _Sum:
    return _Sum(handler, tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns))


_REAL = (
    r"(?:实际|真实|到底|一年|每年|总共|一共|全部|综合|算下来)[^，。]{0,8}(?:成本|多少钱|[花付要]多少)|成本[^，。]{0,6}(?:多少|多高)"
    r"|\b(?:really|real|true|actual)\b.{0,24}\bcosts?\b|\bcosts?\b.{0,30}\b(?:a|per|each) year|\ball[- ]in\b"
    r"|\bpay\b.{0,20}\bin (?:total|all)\b"
    r"|^(?!.*(?:compar|leas|versus|\bvs\b|factoring|guarant|report|charge|month|instal)).*\b(?:what|how much) "
    r"(?:would|will|does|might) (?:an? |such )[^.?!]{0,24}\bcosts?\b"
)
_RATE = (
    r"(?:利率|利息|年化)(?:是|大概|大约|一般|现在|会|要|能|给|我|变|成|到)*(?:多少|几|多高|啥样|怎么样|高不高|贵不贵|[高贵][吗么嘛])"
    r"|^\W*那?(?:这个|你们)?的?利[率息]呢?\W*$|几个点|多少的?利率|利[率息][^，。？]{0,8}(?:什么|啥)(?:水平|价|行情|样)|利[率息][^。？]{0,6}贵不贵"
    r"|\b(?:what|which)(?: kind of| sort of)?(?:'s|is|are|would|will|the|my|our|\s)*(?:interest(?: rates?)?|rates?)\b(?! (?:report|card))"
    r"|\bat (?:what|which) (?:interest )?rate"
    r"|^\W*(?:and |so )?what about (?:the|my|our) (?:interest(?: rates?)?|rates?)\W*$"
    r"|\bhow (?:much interest|would the rate|high is the (?:rate|interest))\b"
)
_OWED, _GOODS = r"应收|账款|货款|receivable|invoice", r"存货|库存|仓单|预付|保兑仓|stock|inventory|prepay|warehouse"
#: Tried in this order.
_SUMS = (
    _sum(
        instalments.another_way,
        r"^.{0,40}$",
        r"呢|换成|改成|改为|的话|^and\b|^then\b|what about|how about|instead",
        r"^(?!.*(?:什么意思|是什么|啥意思|区别|哪个好|what is|what does|mean|difference|better))",
    ),
    _sum(instalments.over_years, r"^.{0,40}$", r"\b(?:over|across|in|for|about) \w+(?: instead)?\W*$"),
    _sum(
        instalments.with_fees,
        r"^.{0,90}$",
        r"呢|真实|实际|到底|一共|算上|加上|\breally\b|\breal\b|all counted|^and\b|what (?:about|if)|how about|on top",
    ),
    _sum(instalments.whole_table, r"还款(?:明细|计划)?表|(?:repayment|full|whole) (?:table|schedule)"),
    _sum(raising.presale, r"众筹|预售|crowdfund|presale|pre-order", r"收|抽|扣|费|成|到手|目标|定|keep|fee|take|target|goal|left"),
    _sum(
        raising.equity_stage, r"股权|天使|风投|创投|投资人|equity|venture|angel|investor", r"阶段|哪一?轮|什么轮|第几轮|stage|which round"
    ),
    _sum(sharing.guarantor, r"担保公司|担保机构|guarant(?:ee company|or)", r"净资产|net assets"),
    _sum(
        sharing.joint_liability,
        r"联保|互保|(?:给|替|为)(?!我).{1,10}担保|joint(?:ly)? guarant|guarantee each other|(?:stood|stand) guarantor|guarantor for",
        r"担|赔|替|责任|owe|liab|pay|bear|most",
        r"多少|几|how much|most|what do|owe",
    ),
    _sum(sharing.pool, r"补偿|资金池|风险池|compensat|\bpool", r"(?:补|赔|兜|覆盖).{0,6}(?:多少|几)|how much|what share"),
    _sum(
        sharing.shares,
        r"4321|1\+N|一加N|分险|银担|政银担|补偿|资金池|风险池|担保|guarant|risk[- ]shar|compensat|pool",
        r"各(?:担(?!保)|承担|分担|赔|出)|几成|怎么(?:分|担(?!保)|赔)|谁(?:来)?(?:担(?!保)|赔)|剩.{0,6}谁|分别|分摊|分担"
        r"|who (?:bears|carries)|who pays (?:if|when|for)|each (?:bear|pay|carr)|split|shar(?:e|es|ed|ing) (?:the |a )?(?:risk|loss)",
    ),
    _sum(
        trade.which_trade,
        _OWED,
        _GOODS,
        r"还是|哪(?:一?[个种样]|头).{0,6}(?:合适|好|划算|更)|该(?:做|用|选|拿|办)|\bor\b|which (?:one|is|fits|suits|should|of)",
    ),
    _sum(trade.receivables_by_age, _OWED, r"能?融|能?贷|能?借|折|多少|advance|borrow|raise|how much"),
    _sum(trade.goods_on_deposit, r"保兑仓|保税仓|先票后货|confirmed[- ]warehouse", r"保证金|货|提|deposit|goods|collect"),
    _sum(
        trade.lease_of,
        r"融资租赁|设备租赁|租赁(?:设备|公司)|回租|(?:finance|equipment) lease"
        r"|leas(?:e|ing) (?:a|the|of) (?:machine|equipment)|leasing company",
        r"多少|租金|首付|每月|怎么算|how much|rent|first payment|a month",
    ),
    _sum(
        pricing.pricing,
        r"利率|利息|年化|价格|定价|rates?\b|interest|pric",
        r"怎么(?:定|来|算出|构成)|由什么|哪几部分|构成|组成|为什么.{0,6}(?:高|贵)|凭什么|定价"
        r"|made up|made of|how (?:is|are|was|do).{0,24}(?:set|priced?|worked out|come about)|parts of|why.{0,20}(?:high|expensive)",
    ),
    _sum(costs.what_it_costs, rf"{_REAL}|{_RATE}"),
)


def worked_out(scene: Scene, intent: str | None) -> Answer | None:
    """The sum a message asks for; None where it asks for none, or where a figure needed for it is missing."""
    if intent in _NEVER or not _ASKS.search(scene.text):
        return None
    for one in _SUMS:
        if all(pattern.search(scene.text) for pattern in one.words):
            answer = one.handler(scene)
            if answer is not None:
                return answer
    return None
