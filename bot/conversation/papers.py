"""Files that were read: what each states, and what its owner has said about it. Figures wait here until they are confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.conversation.paper_series import days_of, shortened, with_days, without_days
from knowledge.firm import Fact, FactError, FactType, FactValue, Provenance, spec_of, to_json
from nlu.uploads.document import Check, Document, Figure, Findings, Period, Sentence, Sum
from nlu.uploads.flows.series import RefundSeries, Series
from nlu.uploads.grid import At, column_letters

_CENT = Decimal("0.01")
#: So many files are remembered of an owner, the latest.
_FILES = 40
#: Letters of a sheet's name that are shown.
_SHEET = 16
#: Checks that doubt what amounts are counted in: their unit, their currency.
MEASURES = UNIT, CURRENCY = "unit", "currency"
#: Checks that hold and yet say what their owner should know: what was not counted as income.
_WORTH_SAYING = frozenset({"not_counted"})


#: What is made of all statements of an account together.
BY_MONTH = ("monthly_inflow", "monthly_inflow_cv")
#: What is made of orders and a list of their refunds together.
SALES = "platform_sales"
_TOGETHER = (*BY_MONTH, SALES)
#: What a list is sent for; and the check that only says it is shorter than a year.
_MAIN = {Document.SHOP_ORDERS: "platform_sales", Document.INVOICE_LIST: "invoiced_sales"}
_TOO_SHORT = "coverage"


class Held(StrEnum):
    """What became of a figure: taken from the file, added up with another file's, or left out."""

    FILE = "file"
    SUM = "sum"
    OUT = "out"


@dataclass(frozen=True)
class Doubt:
    """A check that a figure failed, and what it says. `sum` is its place among the paper's sums where it can be tried again."""

    check: str
    why: Sentence
    sum: int | None = None


@dataclass(frozen=True)
class Item:
    """A figure that a file states, and where. While `held` is None it waits for its owner.

    `read` is the figure as the file has it where its owner typed another.
    """

    fact: str
    value: FactValue
    where: Sentence
    as_of: date
    period: Period | None = None
    unit: int = 1
    doubts: tuple[Doubt, ...] = ()
    held: Held | None = None
    read: Item | None = None

    @property
    def typed(self) -> bool:
        """Whether the value is the owner's."""
        return self.read is not None

    @property
    def waits(self) -> bool:
        return self.held is None

    def as_fact(self) -> Fact:
        return Fact(self.fact, self.value, Provenance.SAID if self.typed else Provenance.FILE, self.as_of)


@dataclass(frozen=True)
class OwnerPaper:
    """One file. `id` begins the digest of its content, `batch` is the id of the first file that came with it."""

    id: str
    batch: str
    name: str
    digest: str
    document: Document
    period: Period | None
    holder: str | None
    items: tuple[Item, ...]
    remarks: tuple[Sentence, ...] = ()
    series: Series | None = None
    #: its owner has said that it is right: what can be used of it is
    confirmed: bool = False
    #: what does not fit other files and its owner has seen and accepted, by `points.accepted_key`
    accepted: tuple[str, ...] = ()
    #: the sums of its figures, whether they hold or not, with the names of their checks
    sums: tuple[tuple[str, Sum], ...] = ()
    #: earlier files of the same account that its figures by month are made of, too; and those figures as they are without them
    joined: tuple[str, ...] = ()
    alone: tuple[Item, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether its owner has still to say something about it."""
        return any(item.waits for item in self.items)

    def item(self, fact: str) -> Item | None:
        return next((item for item in self.items if item.fact == fact), None)

    def having(self, item: Item) -> OwnerPaper:
        """The file with one of its figures as it is now."""
        return replace(self, items=tuple(item if known.fact == item.fact else known for known in self.items))

    def holding(self, facts: Iterable[str], held: Held | None) -> OwnerPaper:
        """The file with some of its figures settled."""
        names = frozenset(facts)
        return replace(self, items=tuple(replace(item, held=held) if item.fact in names else item for item in self.items))


def paper_of(findings: Findings, name: str, digest: str, batch: str, today: date) -> OwnerPaper:
    """What was read from a file, waiting to be confirmed. A figure that the vocabulary does not know is left out."""
    sums = [check for check in findings.checks if check.sum is not None]
    items = tuple(item for figure in findings.figures if (item := _item(figure, findings, sums, today)) is not None)
    known = {item.fact for item in items}
    told = [check.detail for check in findings.checks if _is_remark(check, known)]
    remarks = tuple(dict.fromkeys([*told, *findings.notes]))
    series = shortened(findings.series) if _believed(findings, known) else None
    return OwnerPaper(
        digest[:8],
        batch,
        name,
        digest,
        findings.document,
        findings.period,
        findings.holder,
        items,
        remarks,
        series,
        sums=tuple((check.name, check.sum) for check in sums if check.sum is not None),
    )


def _believed(findings: Findings, known: set[str]) -> bool:
    """Whether a series can be shown once its owner agrees.

    Of a figure that was read its owner settles the doubts; where it was not, as of less than a year, nobody would be asked about them.
    """
    if isinstance(findings.series, RefundSeries):
        return True  # it says nothing by itself
    main = _MAIN.get(findings.document)
    open_ = (check for check in findings.checks if not check.ok and check.name != _TOO_SHORT and main in check.doubts)
    return main is None or main in known or not any(open_)


def _is_remark(check: Check, known: set[str]) -> bool:
    """Whether a check is said by itself: what it doubts was not even read, or it doubts nothing."""
    return check.name in _WORTH_SAYING if check.ok else not known & set(check.doubts)


def _item(figure: Figure, findings: Findings, sums: Sequence[Check], today: date) -> Item | None:
    try:
        value = spec_of(figure.fact).parse(to_json(figure.value))
    except FactError:
        return None
    if isinstance(value, Decimal) and spec_of(figure.fact).type is FactType.MONEY:
        value = value.quantize(_CENT)
    failed = [check for check in findings.checks if not check.ok and figure.fact in check.doubts]
    # What an amount is counted in goes before whether it adds up.
    doubts = tuple(
        Doubt(check.name, check.detail, next((place for place, one in enumerate(sums) if one is check), None))
        for check in sorted(failed, key=lambda check: check.name not in MEASURES)
    )
    period = figure.period or findings.period
    as_of = min(period.last, today) if period else today
    return Item(figure.fact, value, where(figure.at), as_of, period, figure.unit, doubts)


def where(cells: Sequence[At]) -> Sentence:
    """Where a figure stands, as an owner finds it again: 资产负债表 C7, 第2页第7行, C8、C9, F228 等 60 处."""
    if not cells:
        return Sentence("", "")
    first = cells[0]
    zh, en = (
        (f"第{first.box.page}页第{first.row + 1}行", f"page {first.box.page}, line {first.row + 1}") if first.box else (_cell(first),) * 2
    )
    if len(cells) > 2:
        return Sentence(f"{zh} 等 {len(cells)} 处", f"{en} and {len(cells) - 1} more")
    if len(cells) > 1 and not first.box:
        zh, en = f"{zh}、{_cell(cells[1], first.sheet)}", f"{en}, {_cell(cells[1], first.sheet)}"
    return Sentence(zh, en)


def _cell(at: At, beside: str | None = None) -> str:
    """资产负债表 C7; without the sheet's name beside another cell of the same sheet."""
    cell = f"{column_letters(at.column)}{at.row + 1}"
    sheet = "".join(letter for letter in at.sheet or "" if letter.isprintable())
    if not sheet or at.sheet == beside:
        return cell
    return f"{sheet if len(sheet) <= _SHEET else f'{sheet[: _SHEET - 1]}…'} {cell}"


# -- all files of an owner -----------------------------------------------------------------------------------------------------


def with_paper(papers: tuple[OwnerPaper, ...], paper: OwnerPaper) -> tuple[OwnerPaper, ...]:
    """The files with one more, or with one in its place that has the same content."""
    if any(known.id == paper.id for known in papers):
        return tuple(paper if known.id == paper.id else known for known in papers)
    kept = (*papers, paper)[-_FILES:]
    days = with_days([(one.id, days_of(one.series)) for one in kept if days_of(one.series)])
    return tuple(one if one.id in days else replace(one, series=without_days(one.series)) for one in kept)


def settled(papers: tuple[OwnerPaper, ...], paper_id: str, facts: Iterable[str], held: Held | None) -> tuple[OwnerPaper, ...]:
    """The files with figures of one of them settled. What is used of several statements together is used of none by itself."""
    names = tuple(facts)
    joined = next((paper.joined for paper in papers if paper.id == paper_id), ()) if held in (Held.FILE, Held.SUM) else ()
    together = [name for name in names if name in _TOGETHER]
    return tuple(
        paper.holding(names, held) if paper.id == paper_id else paper.holding(together, Held.OUT) if paper.id in joined else paper
        for paper in papers
    )


def absorbed(papers: Sequence[OwnerPaper], paper: OwnerPaper, fact: str) -> bool:
    """Whether a figure of a file is part of what another file says of the same account, or of the same orders."""
    if fact not in _TOGETHER:
        return False
    others = (other.item(fact) for other in papers if paper.id in other.joined)
    return any(item is not None and item.held is not Held.OUT for item in others)


def of_one_account(papers: Sequence[OwnerPaper], one: OwnerPaper, other: OwnerPaper) -> bool:
    """Whether two files were joined as statements of one account."""
    ids = {one.id, other.id}
    return any(ids <= {paper.id, *paper.joined} for paper in papers)


def in_batch(papers: Sequence[OwnerPaper], batch: str) -> tuple[OwnerPaper, ...]:
    return tuple(paper for paper in papers if paper.batch == batch)
