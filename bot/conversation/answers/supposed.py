"""What if: the offers for a firm as it is not, or not yet. What is only supposed changes nothing that is known of the firm."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.conversation.answers import facts as facts_said
from bot.conversation.answers.differences import graded
from bot.conversation.answers.results import knows_enough, show_group_in_short
from bot.conversation.asking import recall_question
from bot.conversation.model import Answer, Button, Dialogue, Reply
from bot.conversation.relative import moved
from bot.conversation.render import fact_line
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from knowledge.eligibility import Status
from knowledge.firm import Fact, FactError, FactType, FactValue, Provenance, spec_of
from knowledge.formats import fact_value
from nlu.mentions import extract_facts
from scoring.questions import questions

_WHAT_IF = re.compile(
    r"(?:要是|如果|假如|假设|万一|那?(?:只|就|少|多)(?:借|贷))[^，。；]{1,24}?(?:呢|会怎样|会怎么样|怎么样|行吗|可以吗|可不可以|能批吗|能办吗|有什么不同|有什么区别)"
    r"|\b(?:what|how about) if\b",
    re.IGNORECASE,
)
_IF = re.compile(r"要是|如果|假如|假设|万一|\b(?:what|how about) if\b|\bif\b", re.IGNORECASE)
#: What a month costs is a sum, with answers of its own.
_OF_MONTHS = re.compile(r"每个?月|月供|利息|还多少|等额|\b(?:a month|monthly|per month|instal|interest|repay)", re.IGNORECASE)
_LATE_REPAID = re.compile(
    r"逾期[^，。]{0,8}(?:还清|结清|还上|补上|还完|处理)|(?:还清|结清|还上|补上|还完)[^，。]{0,6}逾期"
    r"|\b(?:pay|paid|clear|cleared|settle|settled)\b.{0,20}\b(?:late|overdue|arrears)\b",
    re.IGNORECASE,
)
#: 营业额少两成呢: how far it moves is supposed without an "if".
_MOVES = re.compile(r"(?:[成半倍番斩]|[%％]|个点)(?:了)?(?:呢|会怎样|会怎么样|怎么样)\W*$", re.IGNORECASE)
#: What is supposed in English stands in the past.
_PRESENT = (
    (re.compile(r"\bwere\b"), "is"), (re.compile(r"\bhad\b"), "have"), (re.compile(r"\bmade\b"), "make"), (re.compile(r"\bonly\b ?"), ""),
)  # fmt: skip
#: What a bare figure supposes, by its kind.
_BARE = {"money": "amount_sought", "duration": "term_months"}
_NAMED_AT_MOST = 3
#: Another sum or purpose makes no other firm: nobody is told to borrow more for a better grade.
_OF_THE_LOAN = frozenset({"amount_sought", "term_months", "purpose"})


def what_if(scene: Scene, before: Dialogue) -> Answer | None:
    """The loans as they would be, and what would fit besides; None where nothing is supposed, or nothing is known to suppose it of."""
    if not (_WHAT_IF.search(scene.text) or _MOVES.search(scene.text)) or _OF_MONTHS.search(scene.text) or any(before.reckoned):
        return None
    if (late := _late_repaid(scene, before)) is not None:
        return recall_question(late)
    facts = _supposed(scene, before)
    now = scene.with_dialogue(scene.dialogue.but(firm=before.firm, asking=before.asking, recent=before.recent))
    if not facts or not knows_enough(now):
        return None
    then = now.with_dialogue(now.dialogue.but(firm=before.firm.having(*facts)))
    language = scene.language
    told = joined([_told(fact, language) for fact in facts], language)
    doubts = [one for one in questions(then.dialogue.firm) if {fact.name for fact in facts} & set(one.facts)]
    if doubts:
        return recall_question(facts_said.doubted(doubts, now))
    lines = [say("supposed", language, facts=told), *_difference(now, then)]
    if {fact.name for fact in facts} - _OF_THE_LOAN:
        lines.extend(line[:1].upper() + line[1:] + ("。" if language == "zh" else ".") for line in graded(now, then))
    loans = show_group_in_short(then, "product")
    answer = Answer((Reply("\n".join(lines)), *loans.replies), now.dialogue, loans.sources, aside=True)
    return recall_question(answer)


def _supposed(scene: Scene, before: Dialogue) -> list[Fact]:
    """What the words would state without their "if", and what is known, moved as they say."""
    words = _IF.sub(" ", scene.text).strip()
    for past, present in _PRESENT:
        words = past.sub(present, words)
    extraction = extract_facts(words, today=scene.today)
    values: dict[str, FactValue | Decimal] = {mention.name: mention.value for mention in extraction.mentions}
    for quantity in extraction.loose:
        name = _BARE.get(quantity.kind)
        if name is not None and name not in values:
            values[name] = quantity.value
    values |= moved(scene.text, before.firm)
    facts = []
    for name, value in values.items():
        try:
            facts.append(Fact(name, spec_of(name).parse(_plain(name, value)), Provenance.SAID, scene.today))
        except FactError:  # half a month supposes nothing
            continue
    return facts


def _told(fact: Fact, language: str) -> str:
    """A fact as it is supposed: 需要金额：5万元; whether there is something, in its own words."""
    if spec_of(fact.name).type is FactType.FLAG:
        return fact_value(fact.name, fact.value, language)
    return fact_line(fact, language).removeprefix("· ")


def _late_repaid(scene: Scene, before: Dialogue) -> Answer | None:
    """What it helps to repay what is late: the record of it stays for its time."""
    if not before.firm.get("overdue_12m") or not _LATE_REPAID.search(scene.text):
        return None
    dialogue = scene.dialogue.but(firm=before.firm, asking=before.asking, recent=before.recent)
    reply = Reply(say("supposed_late", scene.language), (Button("i", say("b_improve", scene.language)),))
    return Answer((reply,), dialogue, aside=True)


def _plain(name: str, value: FactValue | Decimal) -> object:
    return int(value) if name == "term_months" and isinstance(value, Decimal) else value


def _difference(now: Scene, then: Scene) -> list[str]:
    """How many offers would fit for how many that do, and which would come or go."""
    language = now.language
    fits = [{m.entry.id for m in scene.matches if m.status is Status.ELIGIBLE} for scene in (now, then)]
    lines = [say("supposed_fits", language, then=len(fits[1]), now=len(fits[0]))]
    for key, ids in (("preview_new", fits[1] - fits[0]), ("preview_lost", fits[0] - fits[1])):
        names = [match.entry.name[language] for match in then.matches if match.entry.id in ids]
        if names:
            lines.append(say(key, language, names=joined(names[:_NAMED_AT_MOST], language)))
    return lines
