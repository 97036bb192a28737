"""Answers that need the score or the way to a loan: why, how to improve, renewal, hardship, scams, applying."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.again import said_again
from bot.conversation.answers.entry import describe, entry_process, in_short
from bot.conversation.answers.groups import loans_in_order
from bot.conversation.answers.limit_asked import asks_for_limit, why_limit
from bot.conversation.answers.reminders import reminder_buttons
from bot.conversation.answers.results import doubts_left_out, knows_enough, show_results, what_declines
from bot.conversation.asking import question_text, settles_text
from bot.conversation.decision import decided_text
from bot.conversation.grade_words import grade_lines, not_counted, seen_first
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.ordering import lenders_for
from bot.conversation.sources import source_line
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.matching.next_way import marred
from knowledge.eligibility import Status
from knowledge.entries import OFFERS, Entry, Kind
from knowledge.formats import fact_label
from knowledge.search import bank_called, names_outright
from knowledge.unlock import Unlock
from knowledge.unlock_words import unlock_text

_RENEWAL = "prg-renewal-2024-13"
_UNLOCKS_SHOWN = 3
_DESPAIR = re.compile(
    r"不想活|想死(?!心|当)|(?:不如|干脆|还是)死了|死了算了|一死了之|活不下去|活着(?:没|还有|有)(?:什么|啥)?(?:意思|劲|意义)"
    r"|没什么活头|一了百了|寻短见"
    r"|跳[楼河江]|自杀|轻生|想解脱|结束(?:自己|生命|这一切)|遗书|农药(?:喝|一喝)|喝农药"
    r"|\bsuicid\w+|\bkill(?:ing)? myself|\bend (?:my life|it all)|\b(?:do not|don't) want to (?:live|be here)|\bwant(?:ed)? to die"
    r"|\bbetter off dead|\bno (?:point|reason) (?:in living|to live)",
    re.IGNORECASE,
)

#: A loan that cannot be repaid on its day, whose renewal is the next step.
_FALLS_DUE = re.compile(r"到期|还不[上起了]|还款日|\b(?:falls? due|due date|can(?:no|')t repay)\b", re.IGNORECASE)
_DECLINED = re.compile(
    r"拒|不(?:给|肯|能|可以)?[我俺]?(?:批|贷|借|办)|[批贷借]不(?:到|了|下来)|没(?:有)?(?:给我)?(?:批|通过)|未通过|不符合|不够格"
    r"|\bdeclin|\breject|\brefus|\bdenied|turn(?:ed)? (?:me |us )?down|not (?:eligible|approved)|can(?:no|')t (?:i )?(?:get|borrow)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:其[他它余]|别的|剩下|另外)[^，。？?]{0,8}(?:为什么|为啥|咋|怎么|凭什么)|(?:为什么|为啥|咋|怎么)[^，。？?]{0,6}(?:其[他它余]|别的|剩下|另外)"
    r"|(?:为什么|为啥|咋|怎么)(?:不|没|没有)[^，。？?]{0,8}[贷款]"
    r"|why not (?:the |any |an? )?(?:others?|rest|\w* ?loan)|\bwhat about the (?:others|rest)|why (?:don't|do not|won't) (?:the )?others"
    r"|why (?:don't|do not|won't|can't|didn't|did not|no)\b[^.?!]{0,40}\b(?:loans?|credit)\b",
    re.IGNORECASE,
)
_OF_A_KIND = re.compile(r"推荐|信用贷|无抵押|抵押贷|\b(?:unsecured|secured|recommend|suggest)", re.IGNORECASE)
_FIRST = re.compile(
    r"先(?:找|去|问|跑|申请)(?:哪|谁)|哪[家个](?:银行|产品)?(?:在前|排(?:在)?(?:第一|前))|(?:为什么|为啥|凭什么|怎么)[^，。？?]{0,8}(?:排(?:在)?(?:第一|前)|先(?:找|去))"
    r"|(?:为什么|为啥|怎么)(?:就)?(?:是|选|推荐|推|挑)(?:了)?(?:这|它|那)[^，。？?]{0,4}|\b(?:which|what|who)\b[^.?!]{0,24}\bfirst\b"
    r"|\bwhy\b[^.?!]{0,24}\bfirst\b|\bwhy (?:this|that|it|them)\b(?: (?:one|bank|loan))?\W*$"
    r"|\bwhy (?:do|did|would) you (?:recommend|suggest|pick|choose)\b",
    re.IGNORECASE,
)
_WHY_ASKED = re.compile(
    r"(?:为什么|为啥|干嘛|干吗|怎么)(?:要|还|老|总)?(?:问|打听)|\bwhy (?:do|are|would|did) you (?:ask|need|want|asking)\b"
    r"|\bwhat do you need (?:that|this|it) for\b",
    re.IGNORECASE,
)
_RAISES = re.compile(
    r"提高|提升|改善|修复|增加|变好|养|涨|高点|更[多高好]|多[贷借拿]|怎么办|怎么(?:才能|能|样才)|\b(?:improve|raise|better|increase|boost|repair|fix|more|higher|up)\b",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"(?:我|我们)(?:的?等级)?(?:怎么|为什么|为啥|咋)?(?:就|才|只)?(?:是|得了?|评了?|有)个? ?[A-Ea-e](?![a-zA-Z])"
    r"|\bwhy (?:am|are|is) (?:i|we|it|this) (?:an? |only (?:an? )?|just (?:an? )?)?[A-E]\b"
    r"|等级|评分|分数|评级|打分|[打给评得](?:我|了)?几分|(?:多少|几|这个|这么个|这点)分(?!店|公司|行|钟|期)"
    r"|评(?:得|的)?(?:这么|那么|太)?[低高]|[A-Ea-e] ?级"
    r"|\bgrade\b|\bscore|\brate (?:me|us|my (?:firm|business|company))\b|\brating\b|\bonly [A-E]\b",
    re.IGNORECASE,
)


def why(scene: Scene) -> Answer:
    """Why the question, this loan first, this status, not a loan, or this grade: whichever the talk is about."""
    language, dialogue = scene.language, scene.dialogue
    about_grade = _GRADE.search(scene.text) is not None
    named = scene.topic(*OFFERS)
    if _WHY_ASKED.search(scene.text) and (told := _why_asking(scene)) is not None:
        return told
    if not about_grade and asks_for_limit(scene.text) and (told := why_limit(scene)) is not None:
        return told
    if not about_grade and _FIRST.search(scene.text) and knows_enough(scene):
        return show_results(scene, only=("product",))
    if named is not None and not (about_grade and not names_outright(named, scene.text)):
        return describe(named, scene)
    if _DECLINED.search(scene.text) or _OTHERS.search(scene.text):
        if (against := what_declines(scene)) is not None:
            return against
        if _OF_A_KIND.search(scene.text) and knows_enough(scene):  # nothing stands in the way: what fits, and what is open
            return show_results(scene, only=("product",))
    if not about_grade and (told := _why_asking(scene)) is not None:
        return told
    if scene.score.reasons:
        lines = [decided_text(scene.decision, language)] if scene.decision is not None else []
        lines.extend(grade_lines(scene.score, scene.world.card, language))
        lines.extend((*seen_first(dialogue.firm, language), *not_counted(dialogue.firm, scene.world.card, language)))
        lines.extend(doubts_left_out(scene))
        return _thread(scene, Reply("\n".join(lines), (Button("i", say("b_improve", language)),)))
    return _why_otherwise(scene, about_grade)


def _why_otherwise(scene: Scene, about_grade: bool) -> Answer:
    """Where nothing is graded yet: the figures in doubt, what was spoken of, or what is to be said first."""
    focus = scene.world.pack.get(scene.dialogue.focus) if scene.dialogue.focus and not about_grade else None
    if doubts := list(doubts_left_out(scene)):
        return _thread(scene, Reply("\n".join(doubts)))
    key = "why_what" if knows_enough(scene) else "results_need"
    return describe(focus, scene) if focus else _thread(scene, Reply(say(key, scene.language)))


def _why_asking(scene: Scene) -> Answer | None:
    """Why the open question is asked: how much turns on it; None where none is open."""
    question, language = scene.question, scene.language
    if question is None or question.fact != scene.dialogue.asking or not question.bears_on:
        return None
    label = fact_label(question.fact, language)
    return _thread(scene, Reply(say("why_asking", language, label=label, bears_on=question.bears_on, of=question.of)))


def improve(scene: Scene) -> Answer:
    """What would raise the chances: what to tell, the one condition that is lacking, and what the score would reward."""
    language = scene.language
    term = scene.topic(Kind.DEFINITION)
    if term is not None and term.id == scene.understanding.topics[0] and not _RAISES.search(scene.text):
        return in_short(term, scene)
    lines = [say("improve_head", language)]
    if marred(scene.dialogue.firm):
        lines.append(say("improve_repair", language))
    if scene.question and (settles := settles_text(scene.question, language)):
        lines.append(say("improve_missing", language, question=question_text(scene.question.fact, language), settles=settles))
    near = _nearest(scene)
    lines.extend(say("improve_unlock", language, name=way.entry.name[language], how=unlock_text(way, language)) for way in near)
    advice = [item.advice(language) for item in scene.score.reasons]
    lines.extend(say("why_score_line", language, text=text) for text in dict.fromkeys(advice) if text)
    lines.append(say("improve_general", language))
    buttons = tuple(button for way in near for button in reminder_buttons(way, language, named=True))
    return _thread(scene, Reply("\n".join(lines), buttons), tuple(way.entry.id for way in near))


def _nearest(scene: Scene) -> list[Unlock]:
    """What could be opened most easily, each way in once. Nobody who said what the money is for is told to name another purpose."""
    lending = (way for way in scene.unlocks.values() if _lends(way.entry) and way.too_late is None)
    ways = sorted((way for way in lending if "purpose" not in way.changed), key=_strain)
    told = {unlock_text(way, scene.language): way for way in reversed(ways)}
    return sorted(told.values(), key=_strain)[:_UNLOCKS_SHOWN]


def _lends(entry: Entry) -> bool:
    """Whether an entry is about borrowing: who asks for more or cheaper money is not sent to list the firm."""
    return entry.kind in (Kind.PRODUCT, Kind.GUARANTEE) or (entry.kind is Kind.SUBSIDY and entry.offer.subsidy is not None)


def _strain(way: Unlock) -> tuple[bool, int, float]:
    return way.strain


def renewal(scene: Scene) -> Answer:
    """Renewing a loan that falls due; what is asked next is asked about that."""
    told = _told_with(scene, "renewal", _RENEWAL)
    return replace(told, dialogue=told.dialogue.but(focus=_RENEWAL if _RENEWAL in told.sources else told.dialogue.focus))


def hardship(scene: Scene) -> Answer:
    """What to do when money is short; somebody in despair is met as a person first."""
    told = "hardship" in scene.dialogue.told and _FALLS_DUE.search(scene.text) is not None
    key = "renewal_again" if told else "hardship"
    answer = _told_with(scene, key, *(() if told else (_RENEWAL, "prg-payment-regulation")))
    if in_despair(scene.text):
        return replace(answer, replies=(Reply(say("despair", scene.language)), *answer.replies), aside=False)
    return answer


def in_despair(text: str) -> bool:
    """Whether somebody writes as if life were too much."""
    return _DESPAIR.search(text) is not None


def scam_check(scene: Scene) -> Answer:
    return _told_with(scene, "scam", "prg-8dept-23")


def apply_for(scene: Scene) -> Answer:
    """How to apply for the entry meant; nothing is sent to anybody."""
    language = scene.language
    named = scene.topic(Kind.PRODUCT, Kind.GUARANTEE, Kind.SUBSIDY, Kind.PROGRAMME)
    entry = named or _of_bank(scene) or (scene.world.pack.get(scene.dialogue.focus) if scene.dialogue.focus else None)
    head = say("apply", language)
    if entry is None:
        return _thread(scene, Reply(f"{head}{_stop(language)}\n{say('apply_which', language)}", _fitting_buttons(scene)))
    answer = entry_process(entry, scene)
    first = answer.replies[0]
    joint = "：\n\n" if language == "zh" else ":\n\n"
    return replace(answer, replies=(Reply(f"{head}{joint}{first.text}", first.buttons), *answer.replies[1:]))


def _of_bank(scene: Scene) -> Entry | None:
    """The first loan of the bank that the message names, of those that fit or may."""
    bank = bank_called(scene.world.pack, scene.text)
    open_ = [match for match in loans_in_order(scene) if match.status is not Status.INELIGIBLE] if bank else []
    lenders = lenders_for(scene, open_)
    return next((m.entry for m in open_ if bank and m.entry.id in lenders and lenders[m.entry.id].entry.id == bank.id), bank)


def _stop(language: str) -> str:
    return "。" if language == "zh" else "."


def _fitting_buttons(scene: Scene) -> tuple[Button, ...]:
    fitting = [m.entry for m in scene.matches if m.status is Status.ELIGIBLE and m.entry.kind is Kind.PRODUCT]
    return tuple(Button(f"p:{entry.id}", entry.name[scene.language]) for entry in fitting[:4])


def _told_with(scene: Scene, key: str, *entry_ids: str) -> Answer:
    """A plain answer with the programmes behind it, each with its source."""
    language = scene.language
    text, dialogue = said_again(key, scene.dialogue)
    if text != say(key, language):
        return Answer((Reply(text),), dialogue, aside=True)
    entries = [entry for entry in map(scene.world.pack.get, entry_ids) if entry]
    lines = [text]
    lines.extend(f"· {entry.name[language]}\n  {source_line(entry, language, scene.today)}" for entry in entries)
    buttons = tuple(Button(f"n:{entry.id}", entry.name[language]) for entry in entries)
    return _thread(scene.with_dialogue(dialogue), Reply("\n".join(lines), buttons), tuple(entry.id for entry in entries))


def _thread(scene: Scene, reply: Reply, sources: tuple[str, ...] = ()) -> Answer:
    return Answer((reply,), scene.dialogue, sources, aside=True)
