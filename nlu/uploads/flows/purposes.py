"""What a movement of money is: income, or money that only comes back, moves between own pockets or is borrowed."""

from __future__ import annotations

import re
from enum import StrEnum

from nlu.uploads.document import Sentence


class Purpose(StrEnum):
    TRADE = "trade"
    OWN = "own"
    REFUND = "refund"
    REVERSAL = "reversal"
    LOAN = "loan"
    CAPITAL = "capital"
    NEUTRAL = "neutral"
    REPAYMENT = "repayment"


WORDS: dict[Purpose, Sentence] = {
    Purpose.OWN: Sentence("自己账户间的转账、理财或提现", "transfers between your own accounts, deposits or withdrawals"),
    Purpose.REFUND: Sentence("退款", "refunds"),
    Purpose.REVERSAL: Sentence("冲正", "reversals"),
    Purpose.LOAN: Sentence("借款、放款", "loans received"),
    Purpose.CAPITAL: Sentence("股东投入", "owners' capital"),
    Purpose.NEUTRAL: Sentence("不计收支", "rows marked neutral"),
}

_REVERSAL = re.compile(r"冲正|冲账|冲帐|抹账|抹帐|撤销|撤单|红冲|\brevers(?:al|ed)\b|\bcharge ?back\b|\brvsl\b", re.IGNORECASE)
_REFUND = re.compile(r"退款|退货|退回|退票|退汇|退费|退单|\brefund(?:s|ed)?\b|\breturned (?:payment|cheque|item)\b", re.IGNORECASE)
_OWN = re.compile(
    r"本人|转存|定期(?:$| |存|到期|转|支取|储蓄|本金|一本通)|转定期|定活|活期转|理财|赎回|申购"
    r"|结构性存款|大额存单|通知存款|约定存款|归集|上划|下拨"
    r"|同名|内部转账|内转|(?:零钱|余额|账户|钱包|银行卡)充值|^充值$|提现|零钱通|余额宝|余利宝|蚂蚁财富|货币基金|证券转|银证|转入零钱|信用卡还款"
    r"|\bown account|\bself\b|\bfrom savings\b|\bto savings\b|\binternal transfer\b"
    r"|\bterm deposit\b|\btime deposit\b|\bfixed deposit\b|\btop[- ]?up\b|\bsweep\b"
    r"|\btransfer (?:between|from own|to own)",
    re.IGNORECASE,
)
_LOAN = re.compile(
    r"放款|发放贷款|贷款发放|贷款入账|贷款资金|贷款划付|(?<![还收])贷款(?!利息|还|归还|本息|回收)|借款|网贷|提款"
    r"|\bloan (?:proceeds|disburse\w*|drawdown|advance|funds?)\b|\bdisbursement of loan\b|\bdrawdown\b|\bloan\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"投资款|增资|注资|实收资本|股东投入|注册资本|\bcapital (?:contribution|injection)\b|\bshareholder", re.IGNORECASE)
_REPAYMENT = re.compile(
    r"还贷|还款|贷款利息|贷款还|归还贷款|贷款归还|贷款本息|贷款扣|收贷|收息|按揭|房贷|车贷"
    r"|\bloan (?:re)?payment\b|\brepayment\b|\bloan instal?lments?\b|\bmortgage\b|\bcar loan\b|\bemi\b|\bloan interest\b",
    re.IGNORECASE,
)
_NO_LOAN = re.compile(r"信用卡|花呗|白条|月付|自动还款|约定还款|代还|\bcredit card\b|\bcard payment\b", re.IGNORECASE)
#: A payment app's own credit: what was bought on it stands in the app's bill, and so does its repayment.
_APPS_CREDIT = re.compile(r"(?:花呗|白条|月付|先享后付).{0,12}还款|还款.{0,12}(?:花呗|白条|月付|先享后付)")
#: Through these anybody pays; they are no customers.
_CHANNEL = re.compile(
    r"支付宝|财付通|微信支付|微信转账|银联|网联|云闪付|拉卡拉|收钱吧|通联支付|随行付|待清算|清算|备付金|代收|内部账户|暂收|应付|连连支付|汇付|快钱|易宝|合利宝|京东支付|网银在线|抖音支付|美团支付|三快"
    r"|\balipay\b|\bwechat\b|\btenpay\b|\bunionpay\b|\bpaypal\b|\bstripe\b|\bpayoneer\b|\bsquare\b|\bcash\b|现金|现存|atm",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"[*•xX]{2,}|^\*|\*$|^[\d\s-]*$")
_FILLING = re.compile(r"[\s()\-_.,*]+")


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, whatever the punctuation."""
    left, right = (_FILLING.sub("", name).lower() for name in (one, other))
    return len(left) >= 2 and left == right


def of_inflow(words: str, party: str, holder: str | None) -> Purpose:
    """What money that came in is. A holder's own name as the other side makes it his own money."""
    said = f"{words} {party}"
    if _REVERSAL.search(words):
        return Purpose.REVERSAL
    if _REFUND.search(words):
        return Purpose.REFUND
    if holder and same_name(party, holder):
        return Purpose.OWN
    if _OWN.search(words):
        return Purpose.OWN
    if _CAPITAL.search(words):
        return Purpose.CAPITAL
    if _LOAN.search(words) and not _REPAYMENT.search(words):
        return Purpose.LOAN
    return (
        Purpose.LOAN
        if re.search(r"小额贷款|小贷|消费金融|\bloans?\b", said, re.IGNORECASE) and not _REPAYMENT.search(words)
        else Purpose.TRADE
    )


def of_outflow(words: str, party: str, holder: str | None) -> Purpose:
    """What money that went out is: a loan's repayment only where it is clearly called one."""
    if _REVERSAL.search(words):
        return Purpose.REVERSAL
    if _REFUND.search(words):
        return Purpose.REFUND
    if _REPAYMENT.search(f"{words} {party}") and not _NO_LOAN.search(f"{words} {party}"):
        return Purpose.REPAYMENT
    if (holder and same_name(party, holder)) or _OWN.search(words):
        return Purpose.OWN
    return Purpose.TRADE


def repays_apps_credit(words: str) -> bool:
    """Whether a row of a payment app's bill pays for what other rows of it bought already."""
    return _APPS_CREDIT.search(words) is not None


def customer(party: str) -> str | None:
    """The name that tells a customer from others; None for payment channels, cash and names that are masked."""
    if not party or _HIDDEN.search(party) or _CHANNEL.search(party):
        return None
    return _FILLING.sub("", party).lower() or None
