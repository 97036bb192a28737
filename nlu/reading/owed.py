"""Loans that the owner has already, told in the words of a loan that is wanted: my 400k loan ends in 60 days."""

from __future__ import annotations

import re

from nlu.cues.figures import cue_of
from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import Hit
from nlu.reading.scope import Scope

#: In the figure's clause: the loan is there already.
_THERE = re.compile(
    r"到期|现在的贷款|贷出来|未结清|续那|用着|刚续|在还|已经?贷|以前贷|之前贷|去年贷|前年贷|贷过|贷了|借过|续贷|过桥|转贷|还剩|没还完|年(?:的时候)?贷的?(?!款利)|刚还上"
    r"|\b(?:falls? due|is due|due (?:in|on|next)|matur\w+|expir\w+|ends? (?:in|on|next)|roll(?:ed)? (?:it )?over|renew\w*|outstanding"
    r"|existing"
    r"|old loan|still owe|took out|taken out|have paid|already paid|repaid)\b"
)
#: ... and a new one is spoken of in the same clause.
_WANTED = re.compile(
    r"多[贷批借加]|能(?:不能)?[加再]|想|要借|要贷|再贷|再借|申请|需要|缺|新贷|补"
    r"|\b(?:want|need|looking|apply|applying|new loan|borrow|would like|top)\b"
)
_A_LOAN = re.compile(r"贷|借|授信|\b(?:loan|mortgage|credit|facility|note|limit|overdraft)\b")
#: Behind a sum that English words call a loan: it falls due, or so much goes out for it each month.
_LOAN_BEFORE = re.compile(
    r"\b(?:loan|mortgage|facility|credit line|note|borrowing)s?(?: of| is| for)?[ ,:]{0,2}(?:about |around |¥|rmb ?)?$"
)
_LOAN_BEHIND = re.compile(r" ?(?:(?:bank|term|short|working capital) )?(?:loan|mortgage|facility|note)\b")
_GOES_ON = re.compile(
    r"[ ,;:(-]{0,3}(?:(?:which|it|that|and|is|has|falls|comes|now|still|taken \w+ \w+) ){0,3}"
    r"(?:(?:falls? |is |comes? )?due\b|due\b|matur\w+|expir\w+|ends?\b|runs? out|comes? up|finish\w*|to run\b|in \d+ days"
    r"|\d+ days (?:left|to go|finish)"
    r"|(?:each |every |a |per |one )?month(?:ly)?(?: (?:pay|paying|repay|payment|instal\w+|is|of)){0,2} ?\d"
    r"|\d[\d.,]*k? (?:a|per|each|every) month)"
)
_MINE = re.compile(r"\b(?:my|our|the|a|an) (?:¥|rmb ?)?$")
#: Behind the sum: who lent it.
_LENT_BY = re.compile(
    r" (?:at|with|from) (?:the |our |my )?(?:[a-z'-]+ ){0,3}(?:bank|co-?op|union|webank|mybank|icbc|abc|ccb|boc|psbc|rcu|microloan"
    r"|finance company|leasing company)\b"
)
#: Directly before the sum: so much is left of a loan that was taken. 贷了三百，已经还掉一百二，还差一百八.
_LEFT_TO_PAY = re.compile(r"(?:贷了|借了|还掉|还了|已还|还过)[^。！？!?想要]{0,16}[，, ]还差(?:个|大概|差不多)?$")
_NEAR = 30
_DUE_NEXT = re.compile(r"[^.;!?，。；！？]{0,60}?\b(?:falls? due|is due|matur\w+|expir\w+|ends? (?:in|on)|due (?:in|on))\b")
#: Behind the sum: what goes out for it each month, what is left of it, when it was renewed.
_REPAID_EACH = re.compile(
    r"(?:块|元)?[，, ]{0,2}(?:现在)?(?:每个?月|月月|一个月|月供|monthly)(?!.{0,8}(?:多少|几|好多|算))[^，。,;；\d]{0,6}(?:还|利息|供"
    r"|光|要|得)?[^，。\d]{0,4}[\d一二两三四五六七八九十]"
    r"|[一二三四五六七八九十\d]{1,3}月(?:份)?(?:刚|才)?(?:续|到期)|[，, ]{0,2}(?:利率|年化)[^，。]{0,8}[，, ]每个?月[^，。]{0,4}(?:还|利息)"
)


def owed_already(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """A sum taken for the one that is wanted is an existing loan where its clause says that it was lent before."""
    _without_old_terms(scope, found, chosen)
    _of_customers(scope, found, chosen)
    for index, hit in list(chosen.items()):
        if hit.cue.fact == "existing_loans" and _only_wanted(scope, found[index], hit, chosen):
            chosen[index] = Hit(cue_of("amount_sought"), found[index].start, found[index].end, "")
            continue
        quantity = found[index]
        if hit.cue.fact != "amount_sought" or quantity.kind not in ("money", "number"):
            continue
        low, high = scope.clause_span(quantity.start)
        clause = scope.norm[low:high]
        there = _THERE.search(clause) and _A_LOAN.search(clause) and not _WANTED.search(clause)
        repaid = _REPAID_EACH.match(scope.norm, quantity.end) and _A_LOAN.search(clause) and not _WANTED.search(clause)
        mine = _MINE.search(scope.norm[low : quantity.start]) and _DUE_NEXT.match(scope.norm, quantity.end) and _A_LOAN.search(clause)
        lent = _LENT_BY.match(scope.norm, quantity.end) and not _WANTED.search(clause) and not scope.questions
        left = _LEFT_TO_PAY.search(scope.norm, max(0, quantity.start - _NEAR), quantity.start)
        if there or mine or repaid or lent or left or _on_the_books(scope, quantity):
            chosen[index] = Hit(cue_of("existing_loans"), quantity.start, quantity.end, "")


def _on_the_books(scope: Scope, quantity: Quantity) -> bool:
    """Loan 130 thousand, month 5600; the second loan is due on 31 December, 240k: the loan that is named is there already."""
    low, high = scope.clause_span(quantity.start)
    before = scope.norm[scope.clause_span(low - 1)[0] if low else 0 : low]
    around = before + scope.norm[low : min(len(scope.norm), high + _NEXT_TO)]
    if _WANTED.search(around) or scope.asked(quantity.start):
        return False
    named = _LOAN_BEFORE.search(scope.norm, 0, quantity.start) or _LOAN_BEHIND.match(scope.norm, quantity.end)
    if named is not None:
        return bool(_GOES_ON.match(scope.norm, max(named.end(), quantity.end)))
    return not scope.norm[low : quantity.start].strip() and bool(_THERE.search(before) and _A_LOAN.search(before))


#: How far behind the clause a wish may stand.
_NEXT_TO = 24
#: What is outstanding where those who pay are spoken of, and no lender is.
_THEY_PAY = re.compile(
    r"\b(?:customers?|clients?|buyers?|farmers|hospitals?|schools?|developers?|builders|dealers|shops|the city|the county"
    r"|they)\b[^.;!?]{0,24}"
    r"\b(?:pays?|paying|after (?:\d+|harvest|delivery)|sit on|sits on|invoices?)\b|\binvoices?\b"
)
_LENDERS = re.compile(r"\b(?:loans?|banks?|credit|borrow\w*|mortgage|lessors?|lenders?|webank|interest|instal\w+|repay\w*)\b")
_LOOKS_BACK = 90


def _of_customers(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """Clients pay after 90 days, 640k outstanding: what is outstanding is what they owe."""
    for index, hit in list(chosen.items()):
        if hit.cue.fact != "existing_loans" or not hit.text.startswith("outstanding"):
            continue
        quantity = found[index]
        around = scope.norm[max(0, quantity.start - _LOOKS_BACK) : scope.clause_span(quantity.start)[1] + 40]
        if _THEY_PAY.search(around) and not _LENDERS.search(around):
            chosen[index] = Hit(cue_of("receivables"), hit.start, hit.end, hit.text)


#: A loan or a bank is only named, with nothing that says it was lent already.
_NAMED_ONLY = re.compile(r"(?:[一-鿿]{0,4}(?:贷|贷款|行|信用社|邮储|网商|微众)|loan)(?:那个|这个|的)?[ ]?")
_WISHED = re.compile(r"想|打算|准备|申请|\b(?:want|need|apply)\b")


def _only_wanted(scope: Scope, quantity: Quantity, hit: Hit, chosen: dict[int, Hit]) -> bool:
    """想给文印店贷10万, want 信用贷 50万: whether words of a loan stand behind a wish and none says that it is there."""
    if (
        quantity.kind != "money"
        or not _NAMED_ONLY.fullmatch(hit.text)
        or any(other.cue.fact == "amount_sought" for other in chosen.values())
    ):
        return False
    low, high = scope.clause_span(quantity.start)
    return bool(_WISHED.search(scope.norm, low, quantity.start)) and not re.search("欠|剩|还|余|借了|贷了", scope.norm[low:high])


def _without_old_terms(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """余额剩680万，三年期: the term of a loan that is there already is not the term wanted."""
    if any(hit.cue.fact == "amount_sought" for hit in chosen.values()):
        return
    for index in range(1, len(found)):
        span, loan = found[index], found[index - 1]
        owed = index - 1 in chosen and chosen[index - 1].cue.fact in ("existing_loans", "long_term_debt")
        if (
            owed
            and scope.norm.startswith("期", span.end)
            and index in chosen
            and chosen[index].cue.fact == "term_months"
            and span.start - loan.end < 6
        ):
            del chosen[index]
