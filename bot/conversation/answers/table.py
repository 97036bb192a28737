"""The whole repayment table: as a message while it fits a phone, longer ones as a file any spreadsheet opens."""

from __future__ import annotations

import csv
import io
from decimal import Decimal, InvalidOperation

from bot.conversation.model import Attachment, Button, Reply
from bot.conversation.texts import say
from knowledge.formats import money, months, percent
from scoring.schedule import Instalment, Method, schedule

#: Months that still read well as a message.
_AS_MESSAGE = 36
_MOST_MONTHS, _MOST_RATE = 600, 5


def table_button(principal: Decimal, rate: Decimal, count: int, method: Method, language: str) -> Button:
    """A button that gives the table; its id carries the terms, so it works at any later time."""
    return Button(f"y:{method}:{principal}:{rate}:{count}", say("b_table", language, method=say(f"method_{method}", language)))


def table_pressed(rest: str, language: str) -> Reply | None:
    """The table of a pressed button; None for an id that names no loan."""
    method, _, terms = rest.partition(":")
    parts = terms.split(":")
    if len(parts) != 3 or method not in set(Method):
        return None
    try:
        principal, rate, count = Decimal(parts[0]), Decimal(parts[1]), int(parts[2])
        if not (0 <= rate <= _MOST_RATE and 1 <= count <= _MOST_MONTHS):
            return None
        return table_reply(principal, rate, count, Method(method), language)
    except (InvalidOperation, ValueError):
        return None


def table_reply(principal: Decimal, rate: Decimal, count: int, method: Method, language: str) -> Reply:
    """The table in full, with its totals."""
    plan = schedule(principal, rate, count, method)
    head = say(
        "table_head",
        language,
        method=say(f"method_{method}", language),
        principal=money(principal, language),
        term=months(count, language),
        rate=percent(rate),
    )
    total = say("table_total", language, interest=_figure(sum((line.interest for line in plan), Decimal(0))))
    if count <= _AS_MESSAGE:
        return Reply("\n".join([head, say("table_columns", language), *(_line(item, language) for item in plan), total]))
    name = f"repayment-{method}-{count}.csv"
    return Reply(f"{head}\n{total}\n{say('table_file', language)}", files=(Attachment(name, table_csv(plan, language)),))


def table_csv(plan: tuple[Instalment, ...], language: str) -> bytes:
    """The table as CSV with a byte-order mark, so that Excel and WPS read Chinese headings."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(say("table_headings", language).split("|"))
    writer.writerows((item.month, item.payment, item.principal, item.interest, item.balance) for item in plan)
    return out.getvalue().encode("utf-8-sig")


def _line(item: Instalment, language: str) -> str:
    return say(
        "table_line",
        language,
        month=item.month,
        payment=_figure(item.payment),
        principal=_figure(item.principal),
        interest=_figure(item.interest),
        balance=_figure(item.balance),
    )


def _figure(yuan: Decimal) -> str:
    return f"{yuan:,.2f}"
