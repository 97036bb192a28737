"""What an owner's message says about the firm: facts of the vocabulary with their place in the text.

Precision comes first: a figure whose fact is not clear stays in `loose`, a figure with several plausible values goes to `ambiguous`.

Conventions decided here:
- a year's flow through the accounts (一年流水100万) is monthly_inflow / 12: exact when the division is, else whole yuan and approximate;
  a flow with no period said (流水80万) is ambiguous between the month and the year;
- 月营业额 is monthly_sales, never annual_revenue; a month's profit, a day's or a quarter's takings fill nothing;
- of several years' revenue the latest full year is annual_revenue and the one before previous_revenue; 今年 beside 去年 fills nothing;
- two different figures for one fact are in doubt, unless the words correct the first;
- 还没开业 is age_months 0, 刚开 says no figure; a founding year counts from its middle and is approximate;
- money in another currency fills no fact; it is reported as ambiguous without readings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from knowledge.firm import FactType, FactValue, vocabulary
from nlu.cues import frames
from nlu.cues.homophones import mended
from nlu.facts import Ambiguity, Mention
from nlu.linking.figures.link import link
from nlu.linking.learnt import Learnt, learnt
from nlu.linking.rest.weigh import probable
from nlu.linking.view import View, ruled
from nlu.linking.words.weigh import weigh
from nlu.quantities import Quantity, quantities
from nlu.reading.answers import bare_answer
from nlu.reading.asked import as_asked, in_view_of, year_before
from nlu.reading.beside_question import may_answer
from nlu.reading.choices import stated_words
from nlu.reading.gathered import stated_figures
from nlu.reading.one_value import settled
from nlu.reading.purpose import without_past_spending
from nlu.reading.sayings import sayings
from nlu.reading.scope import scope_of
from nlu.reading.self_answered import self_answered
from nlu.text import normalise, without_pictures

__all__ = ["Ambiguity", "Extraction", "FactValue", "Mention", "extract_facts"]


#: The form itself is stated; 我公司 and my company in passing are not.
_FORM_SAID = re.compile(
    r"有限|股份|注册|成立|(?:是|开了?|办了?)[^，。]{0,6}公司|公司制|我们公司|[升变转改][成为]了?公司"
    r"|公司户|本公司|们这个?公司|\bour company\b"
    r"|\b(?:ltd|llc|limited|incorporated|corporation|inc"
    r"|registered)\b|a company\b"
)


@dataclass(frozen=True)
class Extraction:
    """Everything a message says: facts in text order, figures that no fact claims, and what must be asked back."""

    mentions: tuple[Mention, ...] = ()
    loose: tuple[Quantity, ...] = ()
    correction: bool = False
    ambiguous: tuple[Ambiguity, ...] = ()

    @property
    def facts(self) -> dict[str, FactValue]:
        """The facts by name; the last statement of a fact stands."""
        return {mention.name: mention.value for mention in self.mentions}


def extract_facts(text: str, *, today: date, asking: str | None = None) -> Extraction:
    """Reads one message. `asking` is the fact the advisor has just asked for, which a bare answer fills. Never raises on any text."""
    extraction, view = by_rules(text, today=today, asking=asking)
    return second_look(extraction, view, text, today=today, models=learnt())


def second_look(extraction: Extraction, view: View, text: str, *, today: date, models: Learnt) -> Extraction:
    """The rules' reading with what was learnt of figures and of words."""
    heard = models.encoder.hear(view)
    linked = link(models.figures, view, heard, extraction.mentions, extraction.ambiguous, text, today=today)
    mentions = weigh(models.words, view, heard, extraction.mentions, linked.mentions, text)
    mentions = probable(models.rest, view, heard, extraction.mentions, mentions)
    used: tuple[Mention | Ambiguity, ...] = (*linked.mentions, *linked.ambiguous)
    return replace(
        extraction,
        mentions=mentions,
        ambiguous=linked.ambiguous,
        loose=tuple(quantity for quantity in view.quantities if not _used(quantity, used)),
    )


def by_rules(text: str, *, today: date, asking: str | None = None) -> tuple[Extraction, View]:
    """What the rules alone read, and the message prepared for the linker."""
    text = without_pictures(text)
    written = mended(normalise(text))
    norm = self_answered(written)
    scope = scope_of(norm)
    found = quantities(text, today=today)
    figures = stated_figures(text, scope, found, today=today, asking=asking)
    mentions = [*figures.mentions, *stated_words(text, scope)]
    ambiguous, claimed = list(figures.ambiguous), set(figures.claimed)
    if asking:
        mentions, ambiguous = as_asked(asking, mentions, ambiguous, found, scope)
        mentions = in_view_of(asking, mentions, scope)
        claimed = {index for index in claimed if _used(found[index], [*mentions, *ambiguous])}
    if asking and all(mention.name != asking for mention in mentions) and all(asking not in item.names for item in ambiguous):
        free = [quantity for index, quantity in enumerate(found) if index not in claimed and may_answer(scope, quantity)]
        answer = bare_answer(text, asking, free, mentions, today=today)
        if isinstance(answer, Mention):
            mentions.append(answer)
            claimed.update(index for index, quantity in enumerate(found) if quantity.start >= answer.start and quantity.end <= answer.end)
        elif answer is not None:
            ambiguous.append(answer)
    mentions += year_before(asking, mentions, found, norm)
    told = asking == "purpose" or any(name == "purpose" for name, _, _ in sayings(scope))
    mentions = mentions if told else without_past_spending(mentions, norm)
    if asking != "legal_form" and not _FORM_SAID.search(norm):
        mentions = [mention for mention in mentions if mention.value != "company" or mention.told]
    correction = frames.CORRECTION.search(written) is not None
    stands, doubts = settled([mention for mention in mentions if not _pennies(mention)], norm, correction=correction)
    doubts = [replace(doubt, text=text[doubt.start : doubt.end]) for doubt in doubts]
    extraction = Extraction(
        mentions=tuple(stands),
        loose=tuple(quantity for index, quantity in enumerate(found) if index not in claimed),
        correction=correction,
        ambiguous=(*ambiguous, *doubts),
    )
    return extraction, View(
        norm, found, scope, asking, ruled(found, extraction.mentions, extraction.ambiguous), figures.sentences, figures.nothing
    )


#: Yuan; nobody tells an advisor of a smaller sum that is not nothing.
_SMALLEST_SUM = 10


def _pennies(mention: Mention) -> bool:
    """Whether a number of other things was taken for a sum."""
    small = isinstance(mention.value, Decimal) and 0 < abs(mention.value) < _SMALLEST_SUM
    return small and vocabulary()[mention.name].type is FactType.MONEY


def _used(quantity: Quantity, items: Sequence[Mention | Ambiguity]) -> bool:
    return any(item.start <= quantity.start and quantity.end <= item.end for item in items)
