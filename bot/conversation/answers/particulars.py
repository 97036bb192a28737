"""Questions about one particular of an entry: until when it holds, whether it may be repaid early or in parts, or simply what it is.

The entry is the one that the message names, or the one the talk was about: "until when is that one valid?"
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.conversation.answers.entry import describe, in_short, with_thread
from bot.conversation.answers.instalments import repayment
from bot.conversation.model import Answer, Reply
from bot.conversation.outside import OUT_OF_SCOPE, kind_of
from bot.conversation.outside import Kind as Outside
from bot.conversation.render import standing_line, unique
from bot.conversation.sources import source_line
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from knowledge.conditions import leaves
from knowledge.entries import OFFERS, Entry, Kind, Standing
from knowledge.formats import day, months
from knowledge.regions import COUNTRY
from knowledge.search import named_things, names_outright

_VALID = re.compile(
    r"(?:到|截(?:止)?到)(?:哪(?:一)?[天年]|什么时候|啥时候|几号|几月|何时)|(?:什么时候|啥时候|哪(?:一)?天|几号|几月|何时)(?:就)?(?:截止|结束|到期|过期|停)"
    r"|有效期|截止(?:日期|时间)|(?:还|现在)(?:有没有)?(?:有效|在执行|能用)(?:吗|么|不|没)|过期(?:了)?(?:吗|没|么)"
    r"|\buntil when\b|\bvalid (?:until|till|for how long)|\b(?:still|how long is \w+(?: \w+)?) (?:valid|open|in force|running|available)\b"
    r"|\bwhen (?:does|will|do) [^.?!]{0,40}\b(?:end|expire|run out|close|stop)\b|\b(?:deadline|expir(?:y|es?|ed)|cut-?off date)\b",
    re.IGNORECASE,
)
_EARLY = re.compile(
    r"提前(?:还|结清|归还)|(?:早点|早些)还(?:清|完|掉)?|违约金"
    r"|\b(?:re)?pa(?:y|id)(?:ing|ment)?\b[^.?!]{0,30}\bearl(?:y|ier)\b|\bearl(?:y|ier) (?:re)?pay|\bpre-?pay"
    r"|\bpay [^.?!]{0,20}\boff (?:early|sooner)",
    re.IGNORECASE,
)
_THIS_WAY = re.compile(
    r"(?:等额本[息金]|先息后本|按月付息|到期还本)[^，。？?]{0,4}(?:可以|能|行|支持)|(?:可以|能|支持)[^，。？?]{0,4}(?:等额本[息金]|先息后本|按月付息|到期还本)"
    r"|\b(?:can|could|may) (?:i|we)\b[^.?!]{0,20}\b(?:interest[- ]only|only (?:the )?interest|interest first)\b",
    re.IGNORECASE,
)
_IN_PARTS = re.compile(
    r"(?:能|可以|可不可以|能不能|支持)(?:不能)?(?:分期|按月|慢慢|分几次|分批)(?:还|付)?|分期(?:还|付)?(?:吗|么|行不行|可以吗)"
    r"|\b(?:in|by) (?:monthly )?instal+ments\b|\bpay (?:it )?(?:back )?(?:monthly|month by month|bit by bit)\b",
    re.IGNORECASE,
)
_BACKED = re.compile(
    r"(?:要|用|需要?|非得?)(?:不(?:要|用))?(?:有|找|提供)?[^，。？?]{0,3}(?:担保人?|抵押物?|质押|保证人|反担保)|(?<![当做作])(?:担保人|抵押)(?:吗|么|不|要求)"
    r"|\b(?:need|require|want|ask for|without)s?\b[^.?!]{0,20}\b(?:guarantors?|collateral|security|pledge|mortgage)\b",
    re.IGNORECASE,
)
_TELL_ABOUT = re.compile(
    r"介绍|(?:讲|说)(?:一)?(?:讲|说|下)|聊聊|(?:想)?了解(?:一)?下?|是(?:个)?(?:啥|什么)(?:东西|政策|贷款)?"
    r"|\btell me (?:\w+ )?about\b|\bwhat(?:'s| is| about)\b|\bmore (?:on|about)\b|\bexplain\b",
    re.IGNORECASE,
)
_MAY_I_HAVE = re.compile(
    r"(?:能|可以|能不能|可不可以)(?:办|申请|贷|享受|用|拿)|符合|够(?:不够)?格|有(?:没有)?资格|适合"
    r"|\b(?:can|could|may|do|am|are|would)\b[^.?!]{0,20}\b(?:i|we)\b[^.?!]{0,20}\b(?:get|apply|qualify|have|eligible|use)\b|\b(?:eligible|qualify)\b"
    r"|\b(?:open to|available (?:to|for)|right for) (?:me|us)\b",
    re.IGNORECASE,
)
#: So plain a question that no guess stands against it.
_IS_IT_OPEN = re.compile(
    r"(?:我们?|俺)(?:能|可以)(?:不能)?(?:办|申请|贷|享受|用|拿)(?:到)?(?:吗|么|嘛|不)|符合(?:条件)?(?:吗|么|不)|够格|有(?:没有)?资格"
    r"|\b(?:open to|available (?:to|for)|right for) (?:me|us)\b|\b(?:eligible|qualify)\b",
    re.IGNORECASE,
)
#: Points back at what was spoken of.
_THAT_ONE = re.compile(r"[那这]个|[那这]项|[那这]款|[那这]笔|它|\b(?:that|this|it|its)\b", re.IGNORECASE)
#: What a loan is backed by.
_SECURITY = frozenset({"collateral", "guarantor"})
#: Wants that these questions are put with; everything else has answers of its own.
_ASKING = frozenset(
    {
        "ask_terms",
        "ask_subsidy",
        "ask_guarantee",
        "ask_process",
        "ask_definition",
        "ask_match",
        "ask_repayment",
        "ask_compare",
        "ask_improve",
        "out_of_scope",
        None,
    }
)


def asked(scene: Scene, intent: str | None) -> Answer | None:
    """The answer to such a question; None where the message asks none."""
    if intent == "ask_renewal" and _EARLY.search(scene.text):  # paying back early renews nothing
        return _early(scene, intent)
    if intent not in _ASKING or (intent == OUT_OF_SCOPE and kind_of(scene.text) is not Outside.OTHER):
        return None
    return next((answer for words, tell in _PARTICULARS if words.search(scene.text) and (answer := tell(scene, intent))), None)


def named_otherwise(scene: Scene) -> Entry | None:
    """The offer that a message calls by its name, of whatever kind: a start-up loan in a question on guarantors."""
    return _named(scene, *OFFERS)


def _until_when(scene: Scene, _: str | None) -> Answer | None:
    entry = _meant(scene, *OFFERS)
    if entry is None:
        return None
    language, until, name = scene.language, entry.valid.until, entry.name[scene.language]
    if entry.standing(scene.today) is Standing.ENDED:
        return in_short(entry, scene)
    text = say("valid_until_day", language, name=name, until=day(until, language)) if until else say("valid_no_end", language, name=name)
    return with_thread(scene, Reply(f"{text}\n{source_line(entry, language, scene.today)}"), entry)


def _early(scene: Scene, _: str | None) -> Answer | None:
    """Whether a loan may be repaid early: what the entry tells, or what to ask before signing."""
    entry, language = _meant(scene, Kind.PRODUCT, guess=False), scene.language
    if entry is None:
        return with_thread(scene, Reply(say("repaid_early_ask", language)), None)
    if _EARLY.search(entry.summary[language]):
        return in_short(entry, scene)
    text = f"{say('repaid_early_unknown', language, name=entry.name[language])}{say('repaid_early_ask', language)}"
    return with_thread(scene, Reply(f"{text}\n{source_line(entry, language, scene.today)}"), entry)


def _this_way(scene: Scene, _: str | None) -> Answer | None:
    """Whether one way of repaying is open, with what it comes to where the sum is known."""
    first = Reply(say("this_way", scene.language))
    told = repayment(scene)
    return replace(told, replies=(first, *told.replies))


def _backed(scene: Scene, intent: str | None) -> Answer | None:
    """Whether what was named or spoken of asks for a guarantor or security, by its rule."""
    spoken_of = _meant(scene, Kind.PRODUCT, Kind.SUBSIDY, Kind.PROGRAMME, guess=False)
    if spoken_of is None or intent == "ask_match" or named_things(scene.text):
        return None
    language, match = scene.language, scene.match(spoken_of)
    name, rule = spoken_of.name[language], spoken_of.rule
    looked_at = [leaf.clause[language] for leaf in leaves(rule) if leaf.fact in _SECURITY and leaf.clause] if rule is not None else []
    told = say("backed_by", language, name=name, terms=joined(unique(looked_at), language)) if looked_at else ""
    lines = [told, standing_line(match, language, scene.world.pack)] if told else [say("backed_unsaid", language, name=name)]
    lines.append(source_line(spoken_of, language, scene.today))
    return with_thread(scene, Reply("\n".join(line for line in lines if line)), spoken_of)


def _in_parts(scene: Scene, intent: str | None) -> Answer | None:
    """Whether a loan is repaid month by month; a sum that is asked for has been worked out before."""
    entry, language = _meant(scene, Kind.PRODUCT, guess=False), scene.language
    if intent == "ask_repayment":
        return None
    lines = [say("in_parts", language)]
    if entry is not None and entry.offer.term_months:
        lines.append(say("in_parts_term", language, name=entry.name[language], term=months(entry.offer.term_months, language)))
        lines.append(source_line(entry, language, scene.today))
    return with_thread(scene, Reply("\n".join(lines)), entry)


def _told_of(scene: Scene, intent: str | None) -> Answer | None:
    """A programme that is asked for by its own name, whatever the guess took the question for."""
    named = _named(scene, *OFFERS)
    return in_short(named, scene) if named is not None and intent not in ("ask_repayment", "ask_definition") else None


def _open_to_me(scene: Scene, intent: str | None) -> Answer | None:
    """Whether one programme is open to the firm."""
    named = _named(scene, *OFFERS)
    asked_for_it = intent in ("ask_match", OUT_OF_SCOPE, None) or _IS_IT_OPEN.search(scene.text) is not None
    return describe(named, scene) if named is not None and asked_for_it else None


def _meant(scene: Scene, *kinds: Kind, guess: bool = True) -> Entry | None:
    """What the message names outright, else what "that one" points back at, else what it may be about (`guess`) or was spoken of."""
    spoken_of = scene.world.pack.get(scene.dialogue.focus) if scene.dialogue.focus else None
    if spoken_of is not None and spoken_of.kind not in kinds:
        spoken_of = None
    back = spoken_of if _THAT_ONE.search(scene.text) else None
    return _named(scene, *kinds) or back or (scene.topic(*kinds) if guess else None) or spoken_of


def _named(scene: Scene, *kinds: Kind) -> Entry | None:
    """The entry that the message is about, where it stands there by a name of its own, or as what is done where the asker is."""
    first, topics = scene.topic(*kinds), scene.understanding.topics
    if first is None or first.id != topics[0]:
        return None
    alike = (entry for entry in map(scene.world.pack.get, topics) if entry is not None and entry.kind is first.kind)
    called = [entry for entry in alike if names_outright(entry, scene.text)]
    here = first.region.within != COUNTRY
    return first if first in called or (here and called) else None


_PARTICULARS: tuple[tuple[re.Pattern[str], Callable[[Scene, str | None], Answer | None]], ...] = (
    (_VALID, _until_when),
    (_EARLY, _early),
    (_THIS_WAY, _this_way),
    (_IN_PARTS, _in_parts),
    (_BACKED, _backed),
    (_MAY_I_HAVE, _open_to_me),
    (_TELL_ABOUT, _told_of),
)
