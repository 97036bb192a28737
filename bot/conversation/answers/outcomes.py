"""What an owner hears of an application, with the next way on."""

from __future__ import annotations

from bot.conversation.asking import results_button
from bot.conversation.model import Button, Reply
from bot.conversation.texts import say
from bot.desk.model import Bank
from bot.desk.outcomes import Result
from knowledge.formats import percent, rough_money


def outcome_words(bank: Bank, result: Result, language: str) -> list[Reply]:
    """Approved: what to watch from here on. Declined: why, what helps, and whom else to ask."""
    name = bank.name[language]
    if result.amount is not None:
        rate = say("outcome_rate", language, rate=percent(result.rate)) if result.rate is not None else ""
        text = say("outcome_approved", language, bank=name, amount=rough_money(result.amount, language), rate=rate)
        return [Reply(text, (Button("e:loan_matures_in_days", say("outcome_due_button", language)),))]
    text = say("outcome_declined", language, bank=name, why=say(f"declined_{result.why}", language), tip=say(f"tip_{result.why}", language))
    return [Reply(text, (results_button(language), Button("i", say("b_improve", language)), Button("h", say("b_person", language))))]
