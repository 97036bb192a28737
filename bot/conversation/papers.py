"""Files that were read: what each states, and what its owner has said about it. Figures wait here until they are confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from knowledge.firm import Fact, FactError, FactType, FactValue, Provenance, spec_of, to_json, vocabulary
from nlu.uploads.document import Check, Document, Figure, Findings, Period, Sentence
from nlu.uploads.flows import series_json
from nlu.uploads.flows.series import AgeingSeries, SalesSeries, Series, StockSeries
from nlu.uploads.grid import At, column_letters

_CENT = Decimal("0.01")
#: So many files are remembered of an owner, the latest; and so many named parts of a series.
_FILES, _NAMED = 40, 10
#: Letters of a sheet's name that are shown.
_SHEET = 16
#: Checks that doubt what amounts are counted in: their unit, their currency.
MEASURES = UNIT, CURRENCY = "unit", "currency"
#: Checks that hold and yet say what their owner should know: what was not counted as income.
_WORTH_SAYING = frozenset({"not_counted"})


class Held(StrEnum):
    """What became of a figure: taken from the file, added up with another file's, or left out."""

    FILE = "file"
    SUM = "sum"
    OUT = "out"


@dataclass(frozen=True)
class Doubt:
    """A check that a figure failed, and what it says."""

    check: str
    why: Sentence


@dataclass(frozen=True)
class Item:
    """A figure that a file states, and where. While `held` is None it waits for its owner."""

    fact: str
    value: FactValue
    where: Sentence
    as_of: date
    period: Period | None = None
    unit: int = 1
    doubts: tuple[Doubt, ...] = ()
    held: Held | None = None

    @property
    def waits(self) -> bool:
        return self.held is None

    def as_fact(self) -> Fact:
        return Fact(self.fact, self.value, Provenance.FILE, self.as_of)


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
    items = tuple(item for figure in findings.figures if (item := _item(figure, findings, today)) is not None)
    known = {item.fact for item in items}
    told = [check.detail for check in findings.checks if _is_remark(check, known)]
    remarks = tuple(dict.fromkeys([*told, *findings.notes]))
    series = _shortened(findings.series)
    return OwnerPaper(digest[:8], batch, name, digest, findings.document, findings.period, findings.holder, items, remarks, series)


def _is_remark(check: Check, known: set[str]) -> bool:
    """Whether a check is said by itself: what it doubts was not even read, or it doubts nothing."""
    return check.name in _WORTH_SAYING if check.ok else not known & set(check.doubts)


def _item(figure: Figure, findings: Findings, today: date) -> Item | None:
    try:
        value = spec_of(figure.fact).parse(to_json(figure.value))
    except FactError:
        return None
    if isinstance(value, Decimal) and spec_of(figure.fact).type is FactType.MONEY:
        value = value.quantize(_CENT)
    failed = [check for check in findings.checks if not check.ok and figure.fact in check.doubts]
    # What an amount is counted in goes before whether it adds up.
    doubts = tuple(Doubt(check.name, check.detail) for check in sorted(failed, key=lambda check: check.name not in MEASURES))
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


def _shortened(series: Series | None) -> Series | None:
    """A series without the long tail of its names: all months, and the largest partners or items."""
    if isinstance(series, SalesSeries | AgeingSeries):
        return replace(series, partners=series.partners[:_NAMED])
    return StockSeries(series.items[:_NAMED]) if isinstance(series, StockSeries) else series


# -- all files of an owner -----------------------------------------------------------------------------------------------------


def with_paper(papers: tuple[OwnerPaper, ...], paper: OwnerPaper) -> tuple[OwnerPaper, ...]:
    """The files with one more, or with one in its place that has the same content."""
    if any(known.id == paper.id for known in papers):
        return tuple(paper if known.id == paper.id else known for known in papers)
    return (*papers, paper)[-_FILES:]


def settled(papers: tuple[OwnerPaper, ...], paper_id: str, facts: Iterable[str], held: Held | None) -> tuple[OwnerPaper, ...]:
    """The files with figures of one of them settled."""
    names = tuple(facts)
    return tuple(paper.holding(names, held) if paper.id == paper_id else paper for paper in papers)


def in_batch(papers: Sequence[OwnerPaper], batch: str) -> tuple[OwnerPaper, ...]:
    return tuple(paper for paper in papers if paper.batch == batch)


# -- as they are kept ----------------------------------------------------------------------------------------------------------


def owner_paper_to_json(paper: OwnerPaper) -> dict[str, Any]:
    return {
        "id": paper.id,
        "batch": paper.batch,
        "name": paper.name,
        "digest": paper.digest,
        "document": paper.document.value,
        "period": _period_to_json(paper.period),
        "holder": paper.holder,
        "items": [_item_to_json(item) for item in paper.items],
        "remarks": [_said(remark) for remark in paper.remarks],
        "series": series_json.to_json(paper.series) if paper.series else None,
        "confirmed": paper.confirmed,
        "accepted": list(paper.accepted),
    }


def owner_paper_from_json(plain: Mapping[str, Any]) -> OwnerPaper:
    """The inverse of owner_paper_to_json; figures that the vocabulary no longer knows are ignored."""
    return OwnerPaper(
        id=plain["id"],
        batch=plain["batch"],
        name=plain["name"],
        digest=plain["digest"],
        document=Document(plain["document"]),
        period=_period_from_json(plain["period"]),
        holder=plain["holder"],
        items=tuple(_item_from_json(item) for item in plain["items"] if item["fact"] in vocabulary()),
        remarks=tuple(Sentence(*said) for said in plain["remarks"]),
        series=series_json.from_json(plain["series"]) if plain["series"] else None,
        confirmed=plain["confirmed"],
        accepted=tuple(plain["accepted"]),
    )


def _item_to_json(item: Item) -> dict[str, Any]:
    return {
        "fact": item.fact,
        "value": to_json(item.value),
        "where": _said(item.where),
        "as_of": item.as_of.isoformat(),
        "period": _period_to_json(item.period),
        "unit": item.unit,
        "doubts": [[doubt.check, *_said(doubt.why)] for doubt in item.doubts],
        "held": item.held.value if item.held else None,
    }


def _item_from_json(plain: Mapping[str, Any]) -> Item:
    return Item(
        plain["fact"],
        spec_of(plain["fact"]).parse(plain["value"]),
        Sentence(*plain["where"]),
        date.fromisoformat(plain["as_of"]),
        _period_from_json(plain["period"]),
        plain["unit"],
        tuple(Doubt(check, Sentence(zh, en)) for check, zh, en in plain["doubts"]),
        Held(plain["held"]) if plain["held"] else None,
    )


def _period_to_json(period: Period | None) -> list[str] | None:
    return [period.first.isoformat(), period.last.isoformat()] if period else None


def _period_from_json(plain: Sequence[str] | None) -> Period | None:
    return Period(date.fromisoformat(plain[0]), date.fromisoformat(plain[1])) if plain else None


def _said(sentence: Sentence) -> list[str]:
    return [sentence.zh, sentence.en]
