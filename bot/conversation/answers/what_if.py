"""What would be if: the firm with other figures, tried beside the firm as it is. Nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.conversation.answers.asides import supposed
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.render import chance
from bot.conversation.texts import joined, say
from bot.conversation.weak_points import weak_points
from bot.conversation.world import Scene
from bot.matching.match import Match
from knowledge.eligibility import Status
from knowledge.entries import Kind
from knowledge.firm import Fact, FactType, Provenance, spec_of
from knowledge.formats import fact_label, fact_value
from nlu.mentions import extract_facts
from scoring.questions import questions

#: A case supposed: what is supposed is in one of the groups.
SUPPOSES = re.compile(
    r"^\W*(?:那么?|可是?|但是?)?\W*(?:如果|要是|假如|假设|假使|倘若|万一|若是?)(?P<zh>.{2,60}?)(?:的话)?"
    r"(?:[，, ].{0,16})?(?:呢|吗|会?怎[么样].{0,8}|会?变成?.{0,8})\W*$"
    r"|^\W*(?:and |but |so |then )?(?:what (?:would (?:happen|change) )?if|how about if|suppose|supposing|imagine)\b(?P<en>.{3,120})$",
    re.IGNORECASE | re.DOTALL,
)
_LATE_REPAID = re.compile(
    r"逾期[^，。]{0,8}(?:还清|结清|还上|补上|还完|处理)|(?:还清|结清|还上|补上|还完)[^，。]{0,6}逾期"
    r"|\b(?:pay|paid|clear|cleared|settle|settled)\b.{0,20}\b(?:late|overdue|arrears)\b",
    re.IGNORECASE,
)
_PRESENT = (
    (re.compile(r"\bwere\b"), "is"), (re.compile(r"\bhad\b"), "have"), (re.compile(r"\bmade\b"), "make"), (re.compile(r"\bonly\b ?"), ""),
)  # fmt: skip
_NAMED = 3


def what_if(scene: Scene) -> Answer | None:
    """The firm as supposed beside the firm as it is; None where no case is supposed or nothing known is supposed in it."""
    said = SUPPOSES.match(scene.text.strip())
    if said is None:
        return None
    now, language = supposed(scene), scene.language
    facts = _supposed_facts(said["zh"] or said["en"], now)
    if not facts:
        late = now.dialogue.firm.get("overdue_12m")
        if _LATE_REPAID.search(scene.text) and late:
            return Answer((Reply(say("what_if_late", language), (Button("i", say("b_improve", language)),)),), now.dialogue, aside=True)
        return None
    then = now.with_dialogue(now.dialogue.but(firm=now.dialogue.firm.having(*facts)))
    told = joined([_told(fact, language) for fact in facts], language)
    lines = [say("what_if_head", language, facts=told)]
    doubts = questions(then.dialogue.firm)
    if any(set(one.facts) & {fact.name for fact in facts} for one in doubts):
        lines.extend(one.zh if language == "zh" else one.en for one in doubts)
    else:
        lines.extend(f"· {line}" for line in (*_graded(now, then), *_fitting(now, then)))
    lines.append(say("what_if_kept", language))
    return Answer((Reply("\n".join(lines), (Button("i", say("b_improve", language)),)),), now.dialogue, aside=True)


def matters(scene: Scene) -> Answer:
    """Whether what was told last matters: the firm without it beside the firm as it is."""
    language, firm = scene.language, scene.dialogue.firm
    last = next((fact for name in reversed(scene.dialogue.recent) if (fact := firm.fact(name)) is not None), None)
    if last is None:
        return Answer((Reply(say("results_need", language)),), scene.dialogue, aside=True)
    without = scene.with_dialogue(scene.dialogue.but(firm=firm.without(last.name)))
    lines = [say("matters_head", language, fact=_told(last, language)), *(f"· {line}" for line in _fitting(without, scene))]
    if without.score.pd == scene.score.pd:
        lines.append(f"· {say('matters_not_graded', language)}")
    else:
        lines.extend(f"· {line}" for line in _graded(without, scene))
    weak, otherwise = (len(list(weak_points(one.dialogue.firm, language))) for one in (scene, without))
    if weak > otherwise:
        lines.append(f"· {say('matters_weak', language)}")
    return Answer((Reply("\n".join(lines), (Button("i", say("b_improve", language)),)),), scene.dialogue, aside=True)


def _told(fact: Fact, language: str) -> str:
    """A fact as the case that is supposed: 净利润是30万元; whether there is something, in its own words."""
    value = fact_value(fact.name, fact.value, language)
    if spec_of(fact.name).type is FactType.FLAG:
        return value
    return say("what_if_fact", language, label=fact_label(fact.name, language), value=value)


def _supposed_facts(words: str, scene: Scene) -> tuple[Fact, ...]:
    for past, present in _PRESENT:
        words = past.sub(present, words)
    found = extract_facts(words.strip(), today=scene.today).mentions
    facts = [Fact(one.name, one.value, Provenance.SAID, scene.today) for one in found]
    return tuple(fact for fact in facts if scene.dialogue.firm.get(fact.name) != fact.value)


def _graded(now: Scene, then: Scene) -> Iterator[str]:
    """What becomes of the grade and of the probability behind it."""
    language = now.language
    if then.score.coverage == 0:
        return
    before, after = now.score, then.score
    if now.score.coverage == 0:
        yield say("what_if_grade_new", language, grade=after.grade, chance=chance(after, language))
    elif before.pd == after.pd:
        yield say("what_if_grade_same", language, grade=after.grade)
    elif before.grade == after.grade:
        yield say("what_if_chance", language, grade=after.grade, before=chance(before, language), after=chance(after, language))
    else:
        values = {"before": chance(before, language), "after": chance(after, language), "was": before.grade, "grade": after.grade}
        yield say("what_if_grade", language, **values)


def _fitting(now: Scene, then: Scene) -> Iterator[str]:
    """What fits then and did not, and what no longer does: loans, guarantees and the like."""
    language = now.language
    before, after = ({m.entry.id for m in scene.matches if m.status is Status.ELIGIBLE} for scene in (now, then))
    gained = [match for match in then.matches if match.entry.id in after - before]
    lost = [match for match in now.matches if match.entry.id in before - after]
    yield say("what_if_fit", language, before=len(before), after=len(after)) if gained or lost else say("what_if_fit_same", language)
    for key, changed in (("what_if_gained", gained), ("what_if_lost", lost)):
        if changed:
            yield say(key, language, names=_names(changed, language))
    yield from _amounts(now, then)


def _names(matches: Sequence[Match], language: str) -> str:
    loans_first = sorted(matches, key=lambda match: match.entry.kind is not Kind.PRODUCT)
    names = [match.entry.name[language] for match in loans_first[:_NAMED]]
    more = len(matches) - len(names)
    return joined(names, language) + (say("what_if_more", language, count=more) if more else "")


def _amounts(now: Scene, then: Scene) -> Iterator[str]:
    """Where the best loan that fits both ways would lend another amount."""
    language = now.language
    was = {match.entry.id: match for match in now.matches if match.entry.kind is Kind.PRODUCT and match.status is Status.ELIGIBLE}
    for match in then.matches:
        before = was.get(match.entry.id)
        if before is None or match.limit is None or before.limit is None or match.limit.amount == before.limit.amount:
            continue
        if match.limit.amount and before.limit.amount:
            values = {"before": fact_value("amount_sought", before.limit.amount, language), "name": match.entry.name[language]}
            yield say("what_if_amount", language, after=fact_value("amount_sought", match.limit.amount, language), **values)
            return
