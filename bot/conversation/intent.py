"""What a message is taken to want: the language server's guess, weighed against its own words, what it states and what was asked."""

from __future__ import annotations

import re

from bot.conversation.answers import news, rating, referral
from bot.conversation.model import Dialogue
from bot.conversation.world import Scene

#: Below this the guess is no better than asking again.
_UNSURE = 0.30
#: A question this sure is answered even when a figure in it also answers the open question.
_SURE_QUESTION = 0.55
_WHO_ARE_YOU = re.compile(r"你(?:是谁|叫什么|能(?:干|做|帮)[^，。？]{0,3}[嘛么啥])|who are you|what can you (?:do|help)", re.IGNORECASE)
#: The buttons' own words, typed instead of pressed.
_WANTS_CARD = re.compile(r"总结图|summary (?:picture|card)", re.IGNORECASE)
_WANTS_SIGNALS = re.compile(
    r"从流水看生意|(?:流水|报表|这些数|数字)(?:里|上)?(?:能|可以)?(?:看出|看得出|说明)(?:什么|啥)"
    r"|what (?:do|can) (?:the|my|these) (?:figures|numbers|accounts) (?:show|tell)|^what the figures show",
    re.IGNORECASE,
)
_WANTS_RESULTS = re.compile(r"看(?:看|一下)?结果|show (?:me )?(?:the )?results?", re.IGNORECASE)

_WANTS_MATCH = re.compile(
    r"还有[^，。？]{0,4}(?:哪[里儿些家]|别的地方)[^，。？]{0,8}(?:办|贷|借|申请)|能不能批|批得[了下]来吗|能批(?:吗|下来吗)|能[贷借]到?多少[，,].{0,6}利[率息]"
    r"|\bwhere else (?:can|could|might)|\b(?:will|would) (?:we|i|it) (?:be |get )?approved|how much could (?:i|we) get and at what rate",
    re.IGNORECASE,
)
_WANTS_GRADE = re.compile(
    r"(?:打|给|评|得)(?:我|了)?几分|打(?:个|一下)?分|(?:我的?|目前|现在)的?(?:等级|评分|分数|评级)(?:是|有|到底)?(?:多少|几|什么|怎么样|啥|呢)"
    r"|等级(?:是多少|是几|怎么样)|评(?:得|的|分)?(?:这么|那么|太)低|为什么(?:是)?这个(?:等级|评分|分数)"
    r"|\bhow do you rate (?:me|us)|\bwhat(?:'s| is| are)? ?(?:my|our) (?:score|grade|rating)|\bwhat grade (?:am|are|is|do|now)"
    r"|\bwhy (?:is |am |do )?(?:this|that|the|my|our) (?:grade|score|rating)",
    re.IGNORECASE,
)
#: The cheapest, quickest or largest among all there are; how much at most, or how soon, is another question.
_WANTS_FIRST = re.compile(
    r"(?:哪|谁|有没有)[^，。？]{0,8}最(?:便宜|划算|省钱|低|快|多|高)"
    r"|最(?:便宜|划算|省钱|快|多|低)的?(?:贷款|产品|银行)?(?:能拿到钱)?的?(?:又)?是?(?:哪|谁)"
    r"|^\W*(?:要|看|找|给我|先看|能?[借贷]|放款|下款|利[息率]|额度)?最(?:便宜|划算|省钱|快|多|低|高)的?(?:贷款|产品|银行)?(?:呢|吧)?\W*$"
    r"|^\W*(?:the )?(?:cheapest|fastest|quickest|largest|biggest|lowest (?:rate|interest)|most(?: money)?)"
    r"(?: (?:first|one|loans?|bank|amount|please))*\W*$"
    r"|\bwhich\b[^.?]{0,30}\b(?:cheapest|fastest|quickest|soonest|most|largest|biggest|lowest|highest)\b",
    re.IGNORECASE,
)

_MATTERS = re.compile(
    r"\W*(?:这个?|那个?|那)?(?:会)?有(?:没有|什么|多大|啥)?影响(?:吗|大吗|么|大不大)?\W*|\W*(?:does|will) (?:that|it|this) matter\W*",
    re.IGNORECASE,
)
_APPLY_AGAIN = re.compile(
    r"(?:多久|什么时候|啥时候|几时|几个月|多长时间)[^，。？]{0,6}(?:再|重新)[^，。？]{0,2}(?:申请|贷|借)"
    r"|\bwhen can (?:i|we) (?:apply|try) again|\bhow long\b.{0,24}\b(?:apply|try) again",
    re.IGNORECASE,
)
#: Interest of days is asked for, whatever question a sum in it would answer.
_BY_THE_DAY = re.compile(r"(?:随借随还|循环|revolving)[^。]{0,24}\d+ ?(?:天|日|days?)", re.IGNORECASE)

_IN_SO_MANY_WORDS = (
    (_APPLY_AGAIN, "apply_again"),
    (_WANTS_FIRST, "ask_compare"), (_WANTS_GRADE, "ask_why"), (_WANTS_MATCH, "ask_match"), (_WANTS_CARD, "summary"),
    (_WANTS_SIGNALS, "signals"), (_WANTS_RESULTS, "ask_match"), (_WHO_ARE_YOU, "introduce"),
)  # fmt: skip
_SKIPS = re.compile(
    r"\W*(?:先)?(?:跳过|略过|下一?[个题条](?:吧|问题)?|换(?:一)?[个题](?:问|吧)?)\W*"
    r"|\W*(?:pass|skip(?: (?:it|this|that))?|next(?: (?:one|question))?(?: please)?)\W*"
    r"|\W*(?:这个)?(?:我)?(?:不(?:太)?(?:想|方便|愿意?)(?:说|讲|透露|回答|告诉)(?:你们?)?|保密)(?:哈|啊|了|的)?\W*"
    r"|\W*(?:i'?d |i would )?(?:rather|prefer) not(?: to)?(?: (?:say|tell|answer))?\W*",
    re.IGNORECASE,
)
_NO_LOAN = re.compile(
    r"\W*(?:算了|那?先?)?\W*(?:我)?(?:先)?不(?:想|打算)?(?:再)?(?:借|贷)(?:钱|款)?了(?:吧|啊|哈)?\W*"
    r"|\W*(?:i|we)(?:'ve| have)? ?(?:don'?t|do not|no longer) (?:want|need) (?:a |the |any )?(?:loan|money)(?: any ?more| now)?\W*",
    re.IGNORECASE,
)
_WANTS_BEST = re.compile(
    r"最(?:便宜|划算|省钱|快|多)|利[息率](?:最)?低|^先看(?:省钱|快办|借得多)的?"
    r"|\b(?:cheapest|quickest|fastest|lowest (?:rate|interest)|most money|biggest amount)\b|^largest first",
    re.IGNORECASE,
)
#: A guess this sure of something else goes before the wish for the cheapest, quickest or largest.
_SURE_OTHERWISE = 0.8


def intent_of(scene: Scene, before: Dialogue) -> str | None:
    """What to answer: the guess, weighed against what the message brought and what was asked."""
    understanding, changes = scene.understanding, scene.taken.changes
    guess, sure = understanding.intent, understanding.confidence
    answers_question = before.asking is not None and any(change.fact.name == before.asking for change in changes)
    if _BY_THE_DAY.search(scene.text):
        return "ask_repayment"
    if answers_question and not (guess and guess.startswith("ask_") and sure >= _SURE_QUESTION):
        return "state_facts"
    if understanding.extraction.correction and changes:
        return "state_facts"
    if named := _named(scene.text):
        return named
    if _WANTS_BEST.search(scene.text) and not changes and sure < _SURE_OTHERWISE:
        return "ask_compare"
    if guess is None or sure < _UNSURE:
        if changes:
            return "state_facts"
        return "ask_terms" if guess and guess.startswith("ask_") and understanding.topics else None
    if guess in ("affirm", "deny", "greet", "out_of_scope") and changes:
        return "state_facts"
    if guess == "deny" and understanding.extraction.correction:
        return "state_facts"
    return guess


def _named(text: str) -> str | None:
    """What is asked for by its own name, whatever the guess."""
    if rating.wanted(text):
        return "rating"
    if named := referral.named(text) or news.named(text):
        return named
    if _SKIPS.fullmatch(text):
        return "skip"
    if _NO_LOAN.fullmatch(text):
        return "no_loan"
    if _MATTERS.fullmatch(text):
        return "matters"
    return next((intent for words, intent in _IN_SO_MANY_WORDS if words.search(text)), None)
