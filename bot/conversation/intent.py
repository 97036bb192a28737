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
_SOFTWARE = re.compile(
    r"你(?:到底)?是(?:不是)?(?:个)?(?:真人|活人|人工|机器人?|人工智能|ai|程序|电脑)|(?:是|有)(?:真人|活人)(?:在)?(?:吗|么|不)"
    r"|\bare you (?:a |an |just a )?(?:real|human|bot|robot|machine|person|computer|ai)\b"
    r"|\bis (?:this|it) (?:a |an |just a )?(?:real|human|bot|robot|machine|ai)\b"
    r"|\bam i (?:talking|speaking|chatting) (?:to|with) (?:a |an )?(?:real|human|bot|robot|person|machine|computer)\b",
    re.IGNORECASE,
)
_WANTS_RATE = re.compile(
    r"(?:我们?|能|可以)(?:能|可以)?(?:拿|办|贷|给|享受)?到?(?:什么|多少|多高|多低)的?利率|(?:我|我们)的?利率(?:能|会|大概)?是?多少"
    r"|\bwhat (?:interest )?rates? (?:would|will|could|can|do|might|should) (?:i|we)\b"
    r"|\bwhat(?:'s| is| would be) (?:my|our) (?:interest )?rate\b",
    re.IGNORECASE,
)
_WANTS_RESULTS = re.compile(r"看(?:看|一下)?结果|show (?:me )?(?:the )?results?", re.IGNORECASE)
_WHAT_NOW = re.compile(
    r"\W*(?:那|好)?(?:接下来|下一步|然后)(?:呢|怎么办|怎么做|做什么|干啥|干嘛)?\W*"
    r"|\W*(?:ok(?:ay)?,? |so |and |well,? )?(?:what now|what next|now what)\W*",
    re.IGNORECASE,
)

_IN_SO_MANY_WORDS = (
    (_WANTS_CARD, "summary"),
    (_WANTS_SIGNALS, "signals"),
    (_WANTS_RESULTS, "ask_match"),
    (_SOFTWARE, "software"),
    (_WHO_ARE_YOU, "introduce"),
    (_WANTS_RATE, "ask_compare"),
)
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
    if answers_question and not (guess and guess.startswith("ask_") and sure >= _SURE_QUESTION):
        return "state_facts"
    if understanding.extraction.correction and changes:
        return "state_facts"
    if named := _named(scene.text):
        return named
    if _WHAT_NOW.fullmatch(scene.text) and not before.shown:
        return "ask_match"
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
    return next((intent for words, intent in _IN_SO_MANY_WORDS if words.search(text)), None)
