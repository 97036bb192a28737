"""What it changes for a firm: other figures beside its own, or one of its own taken away. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.conversation.model import Answer, Button, Reply
from bot.conversation.render import chance
from bot.conversation.texts import joined, say
from bot.conversation.weak_points import weak_points
from bot.conversation.world import Scene
from bot.matching.match import Match
from knowledge.eligibility import Status
from knowledge.entries import Kind
from knowledge.firm import Fact, FactType, spec_of
from knowledge.formats import fact_label, fact_value

_NAMED = 3


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
        lines.extend(f"· {line}" for line in graded(without, scene))
    weak, otherwise = (len(list(weak_points(one.dialogue.firm, language))) for one in (scene, without))
    if weak > otherwise:
        lines.append(f"· {say('matters_weak', language)}")
    return Answer((Reply("\n".join(lines), (Button("i", say("b_improve", language)),)),), scene.dialogue, aside=True)


def graded(now: Scene, then: Scene) -> Iterator[str]:
    """What becomes of the grade and of the probability behind it."""
    language = now.language
    if then.score.coverage == 0:
        return
    before, after = now.score, then.score
    if now.score.coverage == 0:
        yield say("differs_grade_new", language, grade=after.grade, chance=chance(after, language))
    elif before.pd == after.pd:
        yield say("differs_grade_same", language, grade=after.grade)
    elif before.grade == after.grade:
        yield say("differs_chance", language, grade=after.grade, before=chance(before, language), after=chance(after, language))
    else:
        values = {"before": chance(before, language), "after": chance(after, language), "was": before.grade, "grade": after.grade}
        yield say("differs_grade", language, **values)


def _told(fact: Fact, language: str) -> str:
    """A fact in a sentence: 净利润是30万元; whether there is something, in its own words."""
    value = fact_value(fact.name, fact.value, language)
    if spec_of(fact.name).type is FactType.FLAG:
        return value
    return say("differs_fact", language, label=fact_label(fact.name, language), value=value)


def _fitting(now: Scene, then: Scene) -> Iterator[str]:
    """What fits then and did not, and what no longer does: loans, guarantees and the like."""
    language = now.language
    before, after = ({m.entry.id for m in scene.matches if m.status is Status.ELIGIBLE} for scene in (now, then))
    gained = [match for match in then.matches if match.entry.id in after - before]
    lost = [match for match in now.matches if match.entry.id in before - after]
    yield say("differs_fit", language, before=len(before), after=len(after)) if gained or lost else say("differs_fit_same", language)
    for key, changed in (("differs_gained", gained), ("differs_lost", lost)):
        if changed:
            yield say(key, language, names=_names(changed, language))


def _names(matches: Sequence[Match], language: str) -> str:
    loans_first = sorted(matches, key=lambda match: match.entry.kind is not Kind.PRODUCT)
    names = [match.entry.name[language] for match in loans_first[:_NAMED]]
    more = len(matches) - len(names)
    return joined(names, language) + (say("differs_more", language, count=more) if more else "")
