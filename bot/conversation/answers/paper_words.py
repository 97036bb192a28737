"""What was read from files in an owner's words: the card of figures, and what has to be settled before one is used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from bot.conversation.model import Button, Reply
from bot.conversation.papers import CURRENCY, MEASURES, UNIT, Item, OwnerPaper
from bot.conversation.points import Kind, Point, Sorted
from bot.conversation.texts import joined, say
from knowledge.firm import Fact, FactType, Firm, Provenance, vocabulary
from knowledge.formats import fact_label, fact_value
from nlu.uploads.document import Document, Period
from nlu.uploads.names import NAMES, time_of

#: So many remarks and reasons are said.
_REMARKS, _REASONS = 3, 2
#: The books of a year are closed within six months of its end; figures older than the next year's should be are worth a word.
_OLD = timedelta(days=550)
#: Yuan in the units that amounts come in.
_UNITS = (1, 1000, 10000)


def title_of(paper: OwnerPaper, language: str, period: Period | None = None) -> str:
    """资产负债表（截至2025年12月31日）; the time is the file's own, or that of one of its figures."""
    document, period = NAMES[paper.document].say(language), period or paper.period
    return say("paper_title", language, document=document, period=time_of(period, language)) if period else document


def card(papers: Sequence[OwnerPaper], found: Sorted, firm: Firm, language: str, today: date) -> Reply:
    """The figures of a set of files that only wait for a yes, each with where it stands, and what else was read.

    Where no figure only waits for a yes, none is asked for.
    """
    asks = any(paper.batch == papers[0].batch for paper, _ in found.sound)
    several = len(papers) > 1
    blocks = [say("paper_read_several", language, count=len(papers))] if several else []
    for paper in papers:
        title = title_of(paper, language)
        head = (
            say("paper_titled_file", language, title=title[:1].upper() + title[1:], name=paper.name)
            if several
            else say("paper_read", language, title=title)
        )
        old = [say("paper_old", language)] if paper.period is not None and today - paper.period.last > _OLD else []
        blocks.append("\n".join([head, *_lines(paper, found, firm, language), *old]))
    if asks:
        blocks.append(say("paper_ask", language))
    text = "\n\n".join(blocks) if several else "\n".join(blocks)
    return Reply(text, _card_buttons(papers, language)[0 if asks else -1 :])


def card_again(papers: Sequence[OwnerPaper], found: Sorted, firm: Firm, language: str) -> Reply:
    """The figures that still wait for a yes, after one was put right."""
    lines = [line for paper in papers for line in _figures(paper, found, firm, language)]
    return Reply("\n".join([*lines, say("paper_ask_again", language)]), _card_buttons(papers, language))


def _card_buttons(papers: Sequence[OwnerPaper], language: str) -> tuple[Button, ...]:
    batch = papers[0].batch
    return (
        Button(f"f:ok:{batch}", say("paper_right", language)),
        Button(f"f:fix:{batch}", say("paper_fix", language)),
        Button(f"f:no:{batch}", say("paper_drop_several" if len(papers) > 1 else "paper_drop", language)),
    )


def _lines(paper: OwnerPaper, found: Sorted, firm: Firm, language: str) -> list[str]:
    lines = _figures(paper, found, firm, language)
    waiting = [name for point in found.points if point.paper == paper for name in point.facts]
    aside = {
        "paper_older": [item.fact for of, item in found.older if of == paper],
        "paper_single": [item.fact for of, item in found.single if of == paper],
        "paper_waiting": waiting if lines else [],  # where nothing else was read, the question below names them
    }
    for key, names in aside.items():
        if names:
            lines.append(say(key, language, labels=joined([fact_label(name, language) for name in names], language)))
    return [*lines, *remarks(paper, language)]


def _figures(paper: OwnerPaper, found: Sorted, firm: Firm, language: str) -> list[str]:
    return [_figure(item, firm, language) for of, item in found.sound if of == paper]


def _figure(item: Item, firm: Firm, language: str) -> str:
    known = firm.fact(item.fact)
    said = known is not None and known.source is Provenance.SAID and known.value != item.value
    beside = say("paper_said", language, value=fact_value(item.fact, known.value, language)) if known is not None and said else ""
    return figure_line(item, language) + beside


def figure_line(item: Item, language: str) -> str:
    """· 货币资金 12.3万元 · 资产负债表 C7"""
    return say("paper_figure", language, **_named(item, language)).rstrip(" ·")


def _named(item: Item, language: str) -> dict[str, str]:
    """A figure as most sentences on it need it: its label, its value and where it stands."""
    return {"label": fact_label(item.fact, language), "value": value_of(item, language), "where": item.where.say(language)}


def remarks(paper: OwnerPaper, language: str) -> list[str]:
    """What its owner should know about the reading, a line each; of many the first."""
    lines = [say("paper_remark", language, said=remark.say(language)) for remark in paper.remarks[:_REMARKS]]
    more = len(paper.remarks) - _REMARKS
    return [*lines, say("paper_remarks_more", language, count=more)] if more > 0 else lines


def value_of(item: Item, language: str) -> str:
    """A figure as people read it; an amount of which it is open what it is counted in is a bare number."""
    measured = {doubt.check for doubt in item.doubts} & set(MEASURES) and vocabulary()[item.fact].type is FactType.MONEY
    return f"{item.value:,}" if measured and isinstance(item.value, Decimal) else fact_value(item.fact, item.value, language)


def without_figures(paper: OwnerPaper, language: str) -> str:
    """What is said of a file that was recognised and has nothing to use; a file that was not recognised has it said already."""
    if paper.document is Document.UNKNOWN:
        return "\n".join(remark.say(language) for remark in paper.remarks[:_REMARKS])
    return "\n".join([say("paper_nothing", language, title=title_of(paper, language)), *remarks(paper, language)])


# -- what has to be settled ----------------------------------------------------------------------------------------------------


def point_reply(point: Point, more: int, language: str) -> Reply:
    """The question that settles a point; `more` is how many come after it."""
    lines = {Kind.DOUBT: _doubt, Kind.CLASH: _clash, Kind.ACCOUNT: _account}[point.kind](point, language)
    if more:
        lines.append(say("point_more", language, count=more))
    return Reply("\n".join(lines), _point_buttons(point, language))


def _doubt(point: Point, language: str) -> list[str]:
    reasons = list(dict.fromkeys(doubt.why.say(language) for doubt in point.doubts))
    lines = [say("point_doubt", language, why=why) for why in reasons[:_REASONS]]
    if len(reasons) > _REASONS:
        lines.append(say("point_reasons_more", language, count=len(reasons) - _REASONS))
    if len(point.items) == 1:
        item = point.items[0]
        return [*lines, say("point_figure", language, **_named(item, language)).rstrip(" ·")]
    lines.append(say("point_figures", language, count=len(point.items)))
    return [*lines, *(figure_line(item, language) for item in point.items)]


def _clash(point: Point, language: str) -> list[str]:
    (item,), known = point.items, point.known
    assert known is not None
    key = "point_clash_file" if known.source is Provenance.FILE else "point_clash_said"
    title = title_of(point.paper, language, item.period)
    return [say(key, language, known=_known(known, language), title=title, **_named(item, language))]


def _account(point: Point, language: str) -> list[str]:
    (item,) = point.items
    return [say("point_account", language, total=_total(point, language), **_named(item, language))]


def _known(known: Fact, language: str) -> str:
    return fact_value(known.name, known.value, language)


def _total(point: Point, language: str) -> str:
    assert point.total is not None
    return fact_value(point.facts[0], point.total, language)


def _point_buttons(point: Point, language: str) -> tuple[Button, ...]:
    """Ids name the file and the first figure: what has been settled meanwhile makes them stale."""
    first, at = point.items[0], f"{point.paper.id}:{point.facts[0]}"
    value = value_of(first, language)
    retype = Button(f"f:type:{at}", say("point_type", language))
    if point.kind is Kind.CLASH:
        assert point.known is not None
        key = "point_of_known" if point.known.source is Provenance.FILE else "point_of_said"
        other = Button(f"f:out:{at}", say(key, language, value=_known(point.known, language)))
        return (Button(f"f:take:{at}", say("point_of_file", language, value=value)), other, retype)
    if point.kind is Kind.ACCOUNT:
        together = Button(f"f:sum:{at}", say("point_sum", language, value=_total(point, language)))
        only = Button(f"f:only:{at}", say("point_only", language, value=value))
        return (together, only, Button(f"f:out:{at}", say("point_leave", language)))
    return _doubt_buttons(point, at, retype, language)


def _doubt_buttons(point: Point, at: str, retype: Button, language: str) -> tuple[Button, ...]:
    checks = {doubt.check for doubt in point.doubts}
    alone = len(point.items) == 1
    of_one = "1" if alone else ""
    leave = Button(f"f:out{of_one}:{at}", say("point_leave" if alone else "point_leave_all", language))
    if UNIT in checks:
        units = tuple(Button(f"f:u{unit}:{at}", say(f"point_unit_{unit}", language)) for unit in _UNITS)
        return (*units, leave)
    one = retype if alone else Button(f"f:view:{at}", say("point_one_by_one", language))
    if CURRENCY in checks:  # figures in another currency are never taken for yuan
        return (one, leave)
    value = value_of(point.items[0], language)
    take = Button(f"f:take{of_one}:{at}", say("point_take", language, value=value) if alone else say("point_take_all", language))
    return (take, one, leave)


def fix_buttons(pairs: Sequence[tuple[OwnerPaper, Item]], language: str) -> tuple[Button, ...]:
    """A button for each figure."""
    return tuple(
        Button(
            f"f:type:{paper.id}:{item.fact}",
            say("paper_button", language, label=fact_label(item.fact, language), value=value_of(item, language)),
        )
        for paper, item in pairs
    )


def amend_buttons(paper: OwnerPaper, item: Item, language: str) -> tuple[Button, ...]:
    """The ways round typing a figure: the file's, or none."""
    at = f"{paper.id}:{item.fact}"
    foreign = any(doubt.check == CURRENCY for doubt in item.doubts)
    take = Button(f"f:take1:{at}", say("point_take", language, value=value_of(item, language)))
    return (*(() if foreign else (take,)), Button(f"f:out1:{at}", say("point_leave", language)))


def amend_question(item: Item, language: str) -> str:
    """存货应该是多少？文件里是 40万元（C9）。"""
    values = _named(item, language)
    if item.typed:
        return say("paper_amend_typed", language, label=values["label"], value=values["value"])
    return say("paper_amend", language, **values)


def taken_line(facts: Sequence[Fact], language: str) -> str:
    """What is in use now: named where it is little, else counted."""
    if len(facts) > 1:
        return say("paper_confirmed", language, count=len(facts))
    (fact,) = facts
    return say("paper_confirmed_one", language, label=fact_label(fact.name, language), value=fact_value(fact.name, fact.value, language))
