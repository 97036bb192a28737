"""Facts from a balance sheet."""

from __future__ import annotations

from decimal import Decimal

from nlu.uploads.document import Check, Period
from nlu.uploads.statements.equations import Equation
from nlu.uploads.statements.lent import unproved, with_lent
from nlu.uploads.statements.outline import form_sums, identities, outline, totals_come_first
from nlu.uploads.statements.picking import Column
from nlu.uploads.statements.picks import ACCOUNTS, LOANS, is_all_of
from nlu.uploads.statements.sentences import tell
from nlu.uploads.statements.statement import Statement
from nlu.uploads.statements.taxonomy import taxonomy

#: Facts that one line states.
_STATED = (
    "total_assets",
    "total_liabilities",
    "equity",
    "receivables",
    "inventory",
    "fixed_assets",
    "current_assets",
    "current_liabilities",
)
_ASSETS = ("current_assets", "noncurrent_assets", "bank", None)


def balance_facts(statement: Statement, column: int, period: Period | None) -> Column:
    """The facts and checks of one column of a balance sheet."""
    read = Column(statement, statement.values(column), period)
    read.equations = with_lent(read, column, _equations)
    for item in _STATED:
        read.take(item, item)
    if "current_liabilities" not in read.figures:
        read.take("creditors", "current_liabilities", abs)
    sections = _sections(read)
    _cash(read, sections)
    _bank_apart(read)
    if any(name.isascii() for entry in read.entries for name in entry.line.label.names) and not read.named(
        "short_term_debt", "long_term_debt"
    ):
        _loans_by_name(read, sections)
    else:
        read.take("short_term_debt", "short_term_debt")
        read.take("long_term_debt", "long_term_debt")
    _existing_loans(read)
    read.check_sums()
    read.remark_on(unproved(read))
    return read


def _equations(read: Column, column: int) -> list[Equation]:
    entries, values, step = read.entries, read.yuan, read.statement.step(column)
    if read.statement.form is not None:
        sums = form_sums(entries, read.statement.form, values, step)
    elif totals_come_first(entries, values):
        sums = []
    else:
        sums = outline(entries, values, step)
    return [*sums, *identities(entries, values, step, sums)]


def _sections(read: Column) -> list[str | None]:
    """For each line the section it stands in, by the last heading; a section's total ends it."""
    found: list[str | None] = []
    now: str | None = None
    for index, entry in enumerate(read.entries):
        if index not in read.values and (section := taxonomy().section(entry.line.label)) is not None:
            now = section
        found.append(now)
        if entry.item is not None and entry.item.rank is not None and index in read.values:
            now = "claims" if entry.item.name == "total_assets" or now == "claims" else None
    return found


def _cash(read: Column, sections: list[str | None]) -> None:
    """Cash as one line, else the accounts that are named like a part of it. Others under the same heading leave it doubted."""
    if read.take("cash", "cash") is not None:
        return
    parts = [index for index in read.named("cash_part") if sections[index] in _ASSETS and not read.entries[index].within]
    if parts:
        read.state("cash", sum((read.values[index].yuan for index in parts), Decimal(0)), parts)
        if not is_all_of(read, ("current_assets", "total_assets"), parts, ACCOUNTS):
            read.loose.add("cash")
        others = [index for index, section in enumerate(sections) if section == "bank" and index not in parts and read.yuan.get(index)]
        if others:
            detail = tell("cash_unclear", line=read.entries[others[0]].line.label.text)
            read.checks.append(Check("cash_lines", False, detail, ("cash",)))


def _bank_apart(read: Column) -> None:
    """Lists that show bank accounts beside the current assets: both together are the current assets."""
    total = read.lines.get("total_assets", frozenset())
    sums = [equation for equation in read.equations if equation.total in total]
    current = read.lines.get("current_assets", frozenset())
    for equation in sums:
        parts = {line for _, line in equation.parts}
        bank = [line for line in parts if line in read.named("cash") or line in read.lines.get("cash", frozenset())]
        if current and current <= parts and bank:
            lines = (*current, *bank)
            read.state("current_assets", sum((read.values[line].yuan for line in lines), Decimal(0)), lines)
            return


def _loans_by_name(read: Column, sections: list[str | None]) -> None:
    """English lists name their loans as they like. A long-term line that may or may not be a loan leaves the sum doubted."""
    words = taxonomy().debts
    for section, fact in (("current_liabilities", "short_term_debt"), ("noncurrent_liabilities", "long_term_debt")):
        loans, unclear = [], []
        for index, entry in enumerate(read.entries):
            name = next((name for name in entry.line.label.names if name.isascii()), "")
            if (
                sections[index] != section
                or index not in read.values
                or entry.line.label.total
                or (entry.item is not None and entry.item.rank is not None)
            ):
                continue
            if words["loan"].search(name) and not words["owners"].search(name):
                loans.append(index)
            elif section == "noncurrent_liabilities" and not words["other"].search(name) and not words["owners"].search(name):
                unclear.append(index)
        if loans:
            read.state(fact, sum((read.values[index].yuan for index in loans), Decimal(0)), loans)
            _unclear(read, fact, [index for index in unclear if read.values[index].yuan])
            if not is_all_of(read, (section,), loans, LOANS):
                read.loose |= {fact, "existing_loans"}


def _unclear(read: Column, fact: str, lines: list[int]) -> None:
    if lines:
        label = read.entries[lines[0]].line.label.text
        detail = tell("loan_unclear", line=label)
        read.checks.append(Check(f"{fact}_lines", False, detail, (fact, "existing_loans")))


def _existing_loans(read: Column) -> None:
    """Short and long-term loans together. The part of long-term debts due within a year may hold loans too: then the owner says."""
    if "short_term_debt" not in read.figures or "long_term_debt" not in read.figures:
        return
    lines = sorted(read.lines["short_term_debt"] | read.lines["long_term_debt"])
    read.state("existing_loans", sum((read.values[line].yuan for line in lines), Decimal(0)), lines)
    due = [line for line in read.named("due_within_year") if read.values[line].yuan > 0]
    if due:
        detail = tell("loans_due", line=read.entries[due[0]].line.label.text, amount=read.values[due[0]].yuan)
        read.checks.append(Check("loans_due_within_a_year", False, detail, ("existing_loans",)))
