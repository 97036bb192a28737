"""The rating report, asked for in words, by command or by button: as PDF, as a picture for the phone, in the other language."""

from __future__ import annotations

import re
from functools import partial
from typing import Literal

from bot.conversation.asking import ask_next
from bot.conversation.model import Answer, Button, Dialogue, Reply
from bot.conversation.ordering import order_of
from bot.conversation.rating.report import CORE_FIGURES, MonthInOut, RatingReport, rating_report
from bot.conversation.rating.sheet import Paper
from bot.conversation.rating.wording import sheet_of
from bot.conversation.signals.sources import overruled, sources
from bot.conversation.texts import say
from bot.conversation.world import Scene
from scoring.signals.series import full_months

Form = Literal["pdf", "png"]
#: So many months of the accounts are drawn.
_MONTHS = 12

#: The report by its own names.
_NAMED = re.compile(
    r"(?:评级|评分|预审|资信|画像)(?:的)?(?:报告|单子|pdf)|报告(?:里|上)?的?评级|"
    r"\b(?:rating|grade|scor(?:e|ing)|assessment|pre-?check) report|\bpdf (?:of|with) (?:my|the|our) (?:rating|grade|score)|"
    r"\b(?:my|the|our) (?:rating|grade|score) (?:as|in) (?:a )?pdf",
    re.IGNORECASE,
)
#: By names that also mean the central bank's record of loans: the report only where one is asked to hand it over.
_SHARED = re.compile(r"(?<!征)信用报告|(?:企业|公司|我的)报告|\bcredit report|\bmy report", re.IGNORECASE)
_HANDED = re.compile(
    r"(?:给|发|传|来|出|打印|下载|生成|做|开|导出|我要|想要|要一)[^，。？?]{0,8}(?:报告|份)|报告[^，。？?]{0,6}(?:给|发|来|出|要|传)我?(?:一|[^，。？?]{0,2}份)|"
    r"\b(?:send|give|make|get|print|download|generate|issue|prepare)\b[^.?]{0,12}\b(?:me|us|my|our)\b",
    re.IGNORECASE,
)
#: Asks what such a report is, not for one.
_WHAT_IS_IT = re.compile(r"什么是|是什么|啥|什么意思|\bwhat(?:'s| is| does)\b", re.IGNORECASE)
#: The central bank's record, where to look it up, or all of the owner's data.
_ANOTHER = re.compile(r"征信|央行|人行|数据|哪里|哪儿|怎么[查看]|\bpboc\b|central bank|\bdata\b|where|how (?:do|can|to)", re.IGNORECASE)


#: A message that says "the report, please" and no more.
_BARE = re.compile(
    r"\W*(?:请|麻烦)?(?:再|帮我)?(?:给|发|传|来|出|打印|下载|生成|做|开|导出|我要|要|看)?(?:给?我)?(?:一)?(?:份|个|下)?(?:pdf)?报告(?:给我|发我|看看|吧|呢)?\W*"
    r"|\W*(?:please )?(?:(?:can i (?:have|get)|give|send|make|print|show|get)(?: me| us)? )?(?:the |a |my )?(?:pdf )?report(?: please)?\W*",
    re.IGNORECASE,
)


def wanted(text: str) -> bool:
    """Whether a message asks for the report. What asks about it, or about the central bank's credit report, does not."""
    if _BARE.fullmatch(text):
        return True
    if _WHAT_IS_IT.search(text):
        return False
    if _NAMED.search(text):
        return True
    return bool(_SHARED.search(text) and _HANDED.search(text) and not _ANOTHER.search(text))


def rating_button(language: str) -> Button:
    return Button("g", say("rating_button", language))


def hand_over(scene: Scene) -> Answer:
    """The report as PDF; with nothing known yet the next question instead."""
    return _handed(scene, "pdf", scene.language)


def pressed(scene: Scene, which: str) -> Answer | None:
    """g: the PDF; g:png the picture for the phone; g:zh and g:en the PDF in that language."""
    if which == "png":
        return _handed(scene, "png", scene.language)
    return _handed(scene, "pdf", which or scene.language) if which in ("", "zh", "en") else None


def report_of(scene: Scene) -> RatingReport:
    """The report of the firm as it stands in a scene."""
    months = _months(scene.dialogue)
    return rating_report(
        scene.dialogue.firm,
        scene.score,
        scene.world.card,
        scene.matches,
        scene.world.pack,
        scene.today,
        partial(order_of, scene),
        months,
        scene.decision,
    )


def _months(dialogue: Dialogue) -> tuple[MonthInOut, ...]:
    """The latest full months of the accounts, unless their owner has said since that they are not what comes in."""
    account = sources(dialogue.papers).account
    if account is None or "monthly_inflow" in overruled(dialogue.papers, dialogue.firm):
        return ()
    spent = {one.month: one.amount for one in account.outflow}
    return tuple(MonthInOut(one.month, one.amount, spent[one.month]) for one in full_months(account.inflow)[-_MONTHS:])


def _handed(scene: Scene, form: Form, reader: str) -> Answer:
    language = scene.language
    if len(scene.dialogue.firm) == 0:
        dialogue, question = ask_next(scene)
        return Answer((Reply(say("results_need", language)), *question), dialogue)
    report = report_of(scene)
    lines = [say("rating_caption", language, number=report.number)]
    missing = sum(name not in scene.dialogue.firm for name in CORE_FIGURES)
    if missing:
        lines.append(say("rating_caption_missing", language, count=missing))
    reply = Reply("\n".join(lines), _other_forms(form, reader, language), paper=paper_of(report, form, reader))
    return Answer((reply,), scene.dialogue, tuple(match.entry.id for match in report.matches), aside=True)


def paper_of(report: RatingReport, form: Form, reader: str) -> Paper:
    """The report as a file for the owner, in the language of who will read it."""
    return Paper(sheet_of(report, reader), form, f"rating-report-{report.on.isoformat()}-{reader}.{form}")


def _other_forms(form: Form, reader: str, language: str) -> tuple[Button, ...]:
    """What else it comes as. An owner who speaks English may need the Chinese one for the bank."""
    other = "zh" if language == "en" else "en"
    pdf = Button("g", say("rating_button", language))
    picture = Button("g:png", say("rating_phone_button", language))
    in_other = Button(f"g:{other}", say("rating_other_button", language))
    if form == "png":
        return pdf, in_other
    return (picture, in_other) if reader == language else (picture, pdf)
