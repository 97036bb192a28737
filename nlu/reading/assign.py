"""Which fact each figure of a message fills: by the words that name it, else by its unit and place."""

from __future__ import annotations

from nlu.numbers.quantity import Quantity
from nlu.reading.ages_alone import plain_ages
from nlu.reading.applied import applied
from nlu.reading.beside import as_of_now, month_alone, monthly_for_loan, parts_of_month, year_alone
from nlu.reading.fitting import Hit
from nlu.reading.loans_said import loans_said
from nlu.reading.owed import owed_already
from nlu.reading.pairing import pair
from nlu.reading.scope import Scope
from nlu.reading.slots import slotted
from nlu.reading.staff import staff
from nlu.reading.unnamed import by_unit, carry_on, put_right, said_again
from nlu.reading.wishes import DRAWN, WISHES, alone, loan_in_short, pledged_worth, term_behind, term_said, wished

__all__ = ["WISHES", "Hit", "assign"]


def assign(scope: Scope, found: tuple[Quantity, ...], *, calculation: bool = False) -> dict[int, Hit]:
    """The words that each figure (by position) belongs to. In a `calculation` a bare sum and span are the loan that is wanted."""
    chosen = pair(scope, found)
    parts_of_month(found, chosen)
    carry_on(scope, found, chosen)
    put_right(scope, found, chosen)
    by_unit(scope, found, chosen)
    put_right(scope, found, chosen)
    staff(scope, found, chosen)
    pledged_worth(scope, found, chosen)
    loan_in_short(scope, found, chosen)
    applied(scope, found, chosen)
    slotted(scope, found, chosen)
    alone(scope, found, chosen)
    plain_ages(scope, found, chosen)
    term_behind(scope, found, chosen)
    monthly_for_loan(scope, found, chosen)
    loans_said(scope, found, chosen)
    as_of_now(scope, found, chosen)
    if not calculation:
        owed_already(scope, found, chosen)
        month_alone(scope, found, chosen)
        year_alone(scope, found, chosen)
    said_again(scope, found, chosen)
    term_said(scope, found, chosen)
    if calculation and not DRAWN.search(scope.norm):
        wished(scope.norm, found, chosen)
    return chosen
