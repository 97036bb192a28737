"""What an owner's message says about the firm: facts of the vocabulary with their place in the text.

Precision comes first: a figure whose fact is not clear stays in `loose`, a figure with several plausible values goes to `ambiguous`.

Conventions decided here:
- a year's flow through the accounts (一年流水100万) is monthly_inflow / 12: exact when the division is, else whole yuan and approximate;
  a flow with no period said (流水80万) is ambiguous between the month and the year;
- 月营业额 is monthly_sales, never annual_revenue; a month's profit, a day's or a quarter's takings fill nothing;
- of several years' revenue the latest full year is annual_revenue and the one before previous_revenue; 今年 beside 去年 fills nothing;
- 还没开业 is age_months 0, 刚开 says no figure; a founding year counts from its middle and is approximate;
- money in another currency fills no fact; it is reported as ambiguous without readings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.firm import FactValue
from nlu.answers import bare_answer
from nlu.choices import stated_words
from nlu.cues import frames
from nlu.facts import Ambiguity, Mention
from nlu.figures import stated_figures
from nlu.quantities import Quantity, quantities
from nlu.scope import scope_of
from nlu.text import normalise

__all__ = ["Ambiguity", "Extraction", "FactValue", "Mention", "extract_facts"]


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
    norm = normalise(text)
    scope = scope_of(norm)
    found = quantities(text, today=today)
    figures = stated_figures(text, scope, found, today=today, asking=asking)
    mentions = [*figures.mentions, *stated_words(text, scope)]
    ambiguous, claimed = list(figures.ambiguous), set(figures.claimed)
    if asking and all(mention.name != asking for mention in mentions) and all(asking not in item.names for item in ambiguous):
        free = [quantity for index, quantity in enumerate(found) if index not in claimed]
        answer = bare_answer(text, asking, free, mentions, today=today)
        if isinstance(answer, Mention):
            mentions.append(answer)
            claimed.update(index for index, quantity in enumerate(found) if quantity.start >= answer.start and quantity.end <= answer.end)
        elif answer is not None:
            ambiguous.append(answer)
    mentions = _settled(mentions)
    return Extraction(
        mentions=tuple(mentions),
        loose=tuple(quantity for index, quantity in enumerate(found) if index not in claimed),
        correction=bool(frames.CORRECTION.search(norm)),
        ambiguous=tuple(ambiguous),
    )


def _settled(mentions: list[Mention]) -> list[Mention]:
    """In text order, one statement of a fact a place; a figure beats the word 没有 for the same fact."""
    ordered = sorted(mentions, key=lambda mention: (mention.start, mention.end))
    figures = {
        mention.name
        for mention in ordered
        if isinstance(mention.value, Decimal | int) and not isinstance(mention.value, bool) and mention.value != 0
    }
    kept: list[Mention] = []
    for mention in ordered:
        if mention.name in figures and not isinstance(mention.value, str | tuple | bool) and mention.value == 0:
            continue
        if any(other.name == mention.name and other.value == mention.value for other in kept):
            continue
        kept.append(mention)
    return kept
