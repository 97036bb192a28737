"""Which fact each figure fills, weighing the rules' choice with what was learnt. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nlu.cues import frames
from nlu.cues.figures import CUES
from nlu.facts import Ambiguity, Mention
from nlu.linking.encoder.hear import Heard
from nlu.linking.figures.phrases import figure_phrases
from nlu.linking.figures.places import Scores, candidates, place
from nlu.linking.model import LinkModel
from nlu.linking.view import NUMERIC, Near, View
from nlu.numbers.quantity import Quantity
from nlu.reading.figures import fill
from nlu.reading.fitting import Hit
from nlu.reading.stated import planned

#: From this probability on a figure fills a fact that the rules did not see; chosen as `nlu/linking/words/weigh.py` says.
ADDS = 0.7
#: The same for the fact that was asked for, where the rules saw no answer in the figure.
ADDS_ASKED = 0.9
#: A message with more figures than this is a table or a joke: the rules read it alone.
FIGURES_AT_MOST = 24
#: Below this probability the rules' choice is dropped.
DROPS = 0.5
#: Below this one even what a whole sentence says is dropped.
UNLIKELY = 0.02


@dataclass(frozen=True)
class Linked:
    """The facts and doubts of a message after the second look."""

    mentions: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...]


def probabilities(model: LinkModel, view: View, heard: Heard) -> list[dict[str, float]]:
    """For each figure how likely it is to fill each fact it might fill."""
    pairs: list[tuple[int, str]] = []
    rows: list[list[float]] = []
    for index in range(len(view.quantities)):
        by_fact = model.linear.scores(figure_phrases(view, index))
        scores = Scores(by_fact, heard.figures[index], model.usual)
        for fact in candidates(view, index, scores):
            pairs.append((index, fact))
            rows.append(place(view, index, fact, scores))
    found: list[dict[str, float]] = [{} for _ in view.quantities]
    for (index, fact), probability in zip(pairs, model.trees.probabilities(rows) if rows else [], strict=True):
        found[index][fact] = probability
    return found


def picks(found: Sequence[Mapping[str, float]], least: float = ADDS) -> dict[int, str]:
    """The likeliest fact of each figure, each fact once, likeliest pair first; nothing below `least`."""
    ordered = sorted(((-probability, index, fact) for index, facts in enumerate(found) for fact, probability in facts.items()))
    chosen: dict[int, str] = {}
    for negative, index, fact in ordered:
        if -negative >= least and index not in chosen and fact not in chosen.values():
            chosen[index] = fact
    return chosen


def link(
    model: LinkModel, view: View, heard: Heard, mentions: Sequence[Mention], ambiguous: Sequence[Ambiguity], text: str, *, today: date
) -> Linked:
    """The rules' facts with what was learnt: likelier links added, doubtful ones dropped or moved."""
    if not 0 < len(view.quantities) <= FIGURES_AT_MOST:
        return Linked(tuple(mentions), tuple(ambiguous))
    found = _given_sentences(view, probabilities(model, view, heard))
    chosen, made = _made(view, found, picks(_open(view, found, mentions)), text, today)
    new = [result for result in made if isinstance(result, Mention)]
    names = {mention.name for mention in new}
    kept = [mention for mention in mentions if mention.name not in names and _stays(view, mention, found, chosen)]
    names |= {mention.name for mention in kept}
    doubts = [doubt for doubt in ambiguous if not any(doubt.start <= mention.start and mention.end <= doubt.end for mention in new)]
    in_doubt = {doubt.name for doubt in doubts}
    doubts += [result for result in made if isinstance(result, Ambiguity) and result.name not in names | in_doubt]
    return Linked(
        tuple(sorted((*kept, *new), key=lambda mention: (mention.start, mention.end))),
        tuple(doubt for doubt in doubts if doubt.name not in names or len(doubt.names) > 1),
    )


def _given_sentences(view: View, found: Sequence[Mapping[str, float]]) -> list[Mapping[str, float]]:
    """The probabilities with what whole sentences said made certain, unless it is most unlikely: who would put that figure there.

    What a whole sentence makes no fact fills none.
    """
    told = {index: view.ruled[index] for index in view.sentences if view.ruled[index] in NUMERIC}
    told = {index: fact for index, fact in told.items() if found[index].get(fact, 1.0) >= UNLIKELY}
    facts = frozenset(told.values())
    return [
        {}
        if index in view.nothing
        else {told[index]: 1.0}
        if index in told
        else {fact: probability for fact, probability in by_fact.items() if fact not in facts}
        for index, by_fact in enumerate(found)
    ]


def _open(view: View, found: Sequence[Mapping[str, float]], mentions: Sequence[Mention]) -> list[Mapping[str, float]]:
    """The probabilities without those of a figure that is only a part of what the rules read as a whole: 4 designers, a driver and me."""
    return [
        {fact: probability for fact, probability in facts.items() if not any(_part_of(quantity, mention, fact) for mention in mentions)}
        for quantity, facts in zip(view.quantities, found, strict=True)
    ]


def _part_of(quantity: Quantity, mention: Mention, fact: str) -> bool:
    """Also where the words beside the figure say that there is none of it: 专利一个没有."""
    inside = mention.start <= quantity.start and quantity.end <= mention.end
    denied = mention.value == 0 and (quantity.start - mention.end in _BESIDE or mention.start - quantity.end in _BESIDE)
    return mention.name == fact and (inside or denied) and not _gives(quantity, mention)


#: So many characters from words that deny it.
_BESIDE = range(2)


def _made(
    view: View, found: Sequence[Mapping[str, float]], picked: Mapping[int, str], text: str, today: date
) -> tuple[dict[int, str], list[Mention | Ambiguity]]:
    """The picks that hold, and what those make that the rules did not see; a pick that gives no value of its fact does not hold."""
    chosen: dict[int, str] = {}
    made: list[Mention | Ambiguity] = []
    for index, fact in picked.items():
        if fact == view.ruled[index]:
            chosen[index] = fact
        elif _may_add(view, index, fact, found):
            result = _filled(view, index, fact, text, today)
            if result is not None and result.name == fact:
                chosen[index] = fact
                made.append(result)
    return chosen, made


#: 应纳税所得额去年62万，前年71万: sums of a year that are no sales, and the words of another year alone before a figure.
_OTHER_SUMS = frozenset(("taxable_income", "annual_tax_paid", "net_profit", "gross_profit", "operating_profit", "operating_cost"))
_YEAR_ONLY = re.compile(r"(?:前年|上上年|去年|上年|20\d\d年?)(?:是|有|交了?|大概|只有|才)*")


def _may_add(view: View, index: int, fact: str, found: Sequence[Mapping[str, float]]) -> bool:
    """Not what the owner does not want, nor the fact asked for where the figure may have a name of its own, nor a fact that a correction
    does not name, nor one of two figures that the rules leave in doubt when the other is nearly as likely.
    """
    quantity, doubt, ruled = view.quantities[index], f"?{fact}", view.ruled[index]
    if fact == view.asking and ruled and not ruled.startswith("?") and (found[index].get(ruled, 0.0) >= DROPS or _named(view, index)):
        return False
    if frames.CORRECTION.search(view.norm) and all(near.fact != fact for near in view.near):
        return False
    lead = view.norm[view.scope.clause_span(quantity.start)[0] : quantity.start]
    if fact == "previous_revenue" and index and view.ruled[index - 1] in _OTHER_SUMS and _YEAR_ONLY.fullmatch(lead):
        return False
    if fact == "amount_sought" and frames.NO_NEED.search(lead):
        return False
    if fact == "term_months" and frames.SUPPOSE.search(lead):  # 要是借5年，还款表给我看看
        return False
    others = (found[at].get(fact, 0.0) for at, name in enumerate(view.ruled) if at != index and name == doubt == view.ruled[index])
    if any(probability >= max(DROPS, found[index][fact] - _NEARLY) for probability in others):
        return False
    return fact != view.asking or found[index][fact] >= ADDS_ASKED


def _named(view: View, index: int) -> bool:
    """Whether words shortly before the figure name what the rules took it for, and none in the message name what was asked."""
    quantity, ruled = view.quantities[index], view.ruled[index]
    before = (near.end for near in view.near if near.fact == ruled and near.suits(quantity) and near.end <= quantity.start)
    return any(quantity.start - end <= _SHORTLY for end in before) and all(near.fact != view.asking for near in view.near)


#: Characters.
_SHORTLY = 6
#: So much less likely one figure of two in doubt is still nearly as likely as the other.
_NEARLY = 0.3


def _stays(view: View, mention: Mention, found: Sequence[Mapping[str, float]], chosen: Mapping[int, str]) -> bool:
    """Whether a fact of the rules stands: nothing likelier took its figure or its name, and it is not too unlikely."""
    at = next((index for index, name in enumerate(view.ruled) if name == mention.name and _gives(view.quantities[index], mention)), None)
    if at is None or mention.name not in NUMERIC or view.quantities[at].kind == "year" or view.is_all(mention.start, mention.end):
        return True
    if mention.name == "age_months" and view.quantities[at].unit == "age":  # a firm two years old, told as a person's age is
        return True
    if at in chosen:
        return chosen[at] == mention.name
    if mention.name == view.asking or max(found[at], key=lambda name: found[at][name], default="") == view.asking:
        return True
    if mention.name in ("amount_sought", "owner_share") and _without_unit(view.quantities[at], mention):
        return mention.name not in chosen.values()
    return mention.name not in chosen.values() and found[at].get(mention.name, 1.0) >= DROPS


def _without_unit(quantity: Quantity, mention: Mention) -> bool:
    """Whether the figure was learnt of as a bare number, and the rules gave it its unit: 想借80 beside sums in 万."""
    whole = quantity.value == quantity.value.to_integral_value()
    return quantity.kind == "number" and whole and mention.value != quantity.value


def _gives(quantity: Quantity, mention: Mention) -> bool:
    return (mention.start, mention.end) == (quantity.start, quantity.end)


def _filled(view: View, index: int, fact: str, text: str, today: date) -> Mention | Ambiguity | None:
    """The figure as a value of the fact: period, unit and sign as the rules put them right; None where they do not go together."""
    quantity = view.quantities[index]
    hit = _hit(view, quantity, fact)
    if hit is None or planned(view.scope, quantity, hit):
        return None
    return fill(text, view.scope, view.quantities, quantity, hit, today, view.asking)


def _hit(view: View, quantity: Quantity, fact: str) -> Hit | None:
    """The nearest words of the fact, else words of it that are not there but take this kind of figure."""
    near = [item for item in view.near if item.fact == fact and item.suits(quantity)]
    if near:
        nearest = min(near, key=lambda item: _distance(item, quantity))
        return Hit(nearest.cue, nearest.start, nearest.end, view.norm[nearest.start : nearest.end])
    cue = next((cue for cue in CUES if cue.fact == fact and Near(0, 0, fact, cue).suits(quantity)), None)
    return Hit(cue, quantity.start, quantity.end, "") if cue is not None else None


def _distance(near: Near, quantity: Quantity) -> int:
    return max(quantity.start - near.end, near.start - quantity.end, 0)
