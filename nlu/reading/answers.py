"""Reads a bare answer as the answer to the fact the advisor has just asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.firm import FactType, vocabulary
from nlu.cues import frames
from nlu.facts import Ambiguity, Mention
from nlu.quantities import Quantity
from nlu.reading.answered_choices import answered_choice
from nlu.reading.answered_figures import answered_figure
from nlu.reading.identity import answered_name
from nlu.reading.regions import find_regions
from nlu.text import normalise

#: An answer that tells of what is over, or of a promise taken back.
_OVER = re.compile(
    r"(?:撤(?:了|下|掉)|移除|移出|取消|没再|反悔|黄了|做完了|补齐|补上了|补清|清了|没过|已经下来)"
    r"|\b(?:ended|removed|backed out|stopped|lapsed|rejected|cleared|expired|name off|taken off|fell through|(?:is"
    r"|it's) over|no longer|not any ?more)\b"
)
_NOT_OVER = re.compile(
    r"(?:没|未|还没)(?:撤|移|清|补|了结|取消)|\b(?:not|never|haven't|hasn't|isn't) (?:yet |been )?(?:removed|cleared|over"
    r"|stopped)\b"
)
#: Who is asked for a guarantor names one that agrees.
_VOUCHES = re.compile(
    r"(?:肯|愿意|可以|能|答应|同意|会)[^，。没不]{0,4}(?:签|担)|\b(?:will|would|'d|can|said he will|said she will|agreed"
    r"|offered|happy)\b(?! not)|\bcan sign\b"
)
#: 没问题 is a yes to a yes-or-no question, and no figure at all.
_NO_TROUBLE = re.compile(r"没问题|没毛病|no problem\b")
#: A no to what is about to be done, not to what was asked.
_CALLS_OFF = re.compile(
    r"(?:no|nope|nah)\b[,. ]+(?:please |pls )?"
    r"(?:(?:don't|do not) (?:send|share|show|apply|submit|call|contact|bother|worry|do|go|tell)"
    r"|stop|wait|cancel|hold on|leave it)\b"
    r"|(?:不|没|别)(?:用|要|必|行)?了?[，, ]+(?:请|先|你)?(?:别|不要|不用|取消|停|等一?[等下会])"
)
_CLAUSE = re.compile(r"[^，,。.;；!！?？\n]+")
_DENIAL = re.compile(r"[没不无问]|\b(?:ask|think|see|check|maybe|perhaps|might)\b|\b(?:no|not|nobody|none|never|neither)\b|n't\b")


#: 2024 was our record, 8.3 million: a year's name answers no question for a sum.
_A_YEAR = re.compile(r"20[0-4]\d")


def bare_answer(text: str, asking: str, free: list[Quantity], said: Sequence[Mention] = (), *, today: date) -> Mention | Ambiguity | None:
    """The fact asked for, or what is in doubt about it, or None when the message does not answer.

    `free` are unclaimed figures, `said` what the message states of other facts: the "no" of "no property" is no answer to anything else.
    """
    spec = vocabulary().get(asking)
    if spec is None:
        return None
    norm = normalise(text).strip()
    if spec.type is FactType.MONEY and len(free) > 1:
        free = [quantity for quantity in free if not _A_YEAR.fullmatch(quantity.text)] or free
    if _CALLS_OFF.match(norm):
        return None
    norm = norm if free else _answering(text, norm, said)
    if not norm:
        return None
    whole = (0, len(text), text)
    if spec.type in (FactType.MONEY, FactType.RATE, FactType.MONTHS, FactType.COUNT):
        return answered_figure(text, spec, free, norm, today) if not _NO_TROUBLE.match(norm) else None
    bare = norm.rstrip("。.!！~?？ ，,")
    if spec.type is FactType.FLAG:
        flag = _flag(bare, asking)
        return Mention(asking, flag, *whole) if flag is not None else None
    if spec.name == "firm_name":
        return answered_name(text)
    if spec.type is FactType.CODE:
        places = find_regions(text)
        codes = {place.code for place in places}
        return Mention(asking, places[0].code, places[0].start, places[0].end, places[0].text) if len(codes) == 1 else None
    if spec.type in (FactType.CHOICE, FactType.CHOICES):
        return answered_choice(text, spec, norm, bare)
    return None


#: What an answer may deny, and the facts whose question that answers.
_DENIED = re.compile(
    r"(?:先说[^，。,;；]{1,4}[，,] ?)?(?:没有?|无|不是?|从没|没得|冇)(?:有|啥|什么|任何|上过?|欠过?|打过?|开过?|注册)?"
    r"(?P<thing>抵押|质押|逾期|税|官司|诉讼|纠纷|名单|黑名单|失信|担保|专利|贷款|外债|社保|公司|房|车|店|流水|报表|执照)"
    r"|no (?:\w+ )?(?P<thing_en>property|house|flat|real estate|land|collateral|security|car|van|staff|employees?|patents?|loans?|debts?"
    r"|guarantors?|savings|cash|company)\b"
)
_ANSWERS = {
    "官司": ("in_litigation",), "诉讼": ("in_litigation",), "纠纷": ("in_litigation",), "税": ("tax_arrears",),
    "名单": ("blacklisted",), "黑名单": ("blacklisted",), "失信": ("blacklisted",), "担保": ("guarantor",),
    "社保": ("social_insurance_paid",), "guarantor": ("guarantor",), "guarantors": ("guarantor",), "staff": ("social_insurance_paid",),
    "employees": ("social_insurance_paid",), "property": ("fixed_premises",), "house": ("fixed_premises",),
}  # fmt: skip


def _denies_another(bare: str, asking: str) -> bool:
    """没抵押 to the question for a guarantor: whether an answer begins by denying what was not asked for, and says no plain yes or no."""
    clauses = [part.strip() for part in re.split(r"[，,。.;；]", bare) if part.strip()]
    denied = [_DENIED.match(part) for part in clauses]
    elsewhere = [one is not None and asking not in _ANSWERS.get(one["thing"] or one["thing_en"], ()) for one in denied]
    if not elsewhere or not elsewhere[0]:
        return False
    rest = [part for part, other in zip(clauses, elsewhere, strict=True) if not other]
    return not any(frames.NO.fullmatch(part) or frames.YES.fullmatch(part) or "担保" in part for part in rest)


def _flag(bare: str, asking: str) -> bool | None:
    """Yes or no; what is over by now, or was taken back, is no."""
    said = None if _denies_another(bare, asking) else _yes_no(bare)
    if said is not False and _OVER.search(bare) and not _NOT_OVER.search(bare) and asking not in ("fixed_premises", "private_owned"):
        return False
    if said is None and asking == "guarantor" and _VOUCHES.search(bare) and not _DENIAL.search(bare):
        return True
    return said


def _answering(text: str, norm: str, said: Sequence[Mention]) -> str:
    """The words without a figure that may answer; none where they are politeness, or the "no" of something else."""
    if frames.UNKNOWN.search(norm) or frames.POLITE.match(norm):
        return ""
    return normalise(_unclaimed(text, said)).strip() if said and frames.NO_HEAD.match(norm) else norm


def _unclaimed(text: str, said: Sequence[Mention]) -> str:
    """The clauses in which nothing else is stated."""
    clauses = [(match.start(), match.end(), match[0]) for match in _CLAUSE.finditer(text)]
    return "，".join(words for start, end, words in clauses if not any(start <= one.start and one.end <= end for one in said))


def _yes_no(bare: str) -> bool | None:
    for part in re.split(r"[，,。.;；]", bare):
        core = part.strip()
        if frames.NO.fullmatch(core):
            return False
        if frames.YES.fullmatch(core):
            return True
    if frames.PARTLY.search(bare) or frames.UNREAL_ANSWER.search(bare):
        return None
    return False if frames.NO_HEAD.match(bare) else True if frames.YES_HEAD.match(bare) else None
