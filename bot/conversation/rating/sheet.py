"""The rating report in the reader's words, ready to be drawn: every figure is a text, an empty text is nothing to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.conversation.lists import in_lists


@dataclass(frozen=True)
class Line:
    """A label with what is known under it; `known` False: the value says that nothing is. `source` and `on` say from where and of when."""

    label: str
    value: str
    known: bool = True
    source: str = ""
    on: str = ""


@dataclass(frozen=True)
class GradeBox:
    """The grade with the range it may still turn out to be, and the lines that explain it."""

    grade: str
    best: str
    worst: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ReasonLine:
    """What raises (`helps`) or lowers the grade, by how many points, and what would improve it."""

    text: str
    points: str
    helps: bool
    advice: str


@dataclass(frozen=True)
class RatioLine:
    """A ratio, how it is worked out, the bound it is held against and where that comes from.

    `verdict` is sound, weak or empty where there is nothing to hold it against.
    """

    label: str
    how: str
    value: str
    known: bool
    bound: str
    basis: str
    verdict: Literal["sound", "weak", ""]


@dataclass(frozen=True)
class FlowBar:
    """Money in or out in an average month: `share` of the longest bar, 0 to 1, with the ends of its spread where that is known."""

    label: str
    value: str
    inward: bool
    known: bool
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class MonthBar:
    """Money in and out in a month, as shares of the highest bar, 0 to 1."""

    label: str
    inflow: float
    outflow: float


@dataclass(frozen=True)
class CheckLine:
    """Two figures that do not go together, with the likely reason."""

    label: str
    text: str


@dataclass(frozen=True)
class MatchLine:
    """An entry that fits or may fit: its terms for this firm, who says so, and until when."""

    name: str
    lender: str
    status: str
    status_word: str
    terms: tuple[str, ...]
    source: str
    validity: str
    needs: str


@dataclass(frozen=True)
class Cover:
    """The first page of a pack for a lender: to whom, for what and until when, what may be seen, and how it is to be used.

    `stamp` says that it is a preview.
    """

    title: str
    stamp: str
    lines: tuple[Line, ...]
    scope_title: str
    scope: tuple[Line, ...]
    kept: Line
    files_title: str
    files: tuple[str, ...]
    rules_title: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A whole report in one language. `words` are headings and the like, by what they head; a report for its owner has no cover."""

    language: str
    number: str
    title: str
    subtitle: str
    date: str
    words: Mapping[str, str]
    portrait: tuple[Line, ...]
    need: tuple[Line, ...]
    grade: GradeBox | None
    grades: tuple[str, ...]
    reasons: tuple[ReasonLine, ...]
    figures: tuple[Line, ...]
    flows: tuple[FlowBar, ...]
    flow_note: str
    ratios: tuple[RatioLine, ...]
    ratios_open: str
    checks: tuple[CheckLine, ...]
    checks_passed: str
    checks_open: str
    matches: tuple[MatchLine, ...]
    counts: str
    notes: tuple[Line, ...]
    #: month by month as the accounts have it; empty where no account is known
    months: tuple[MonthBar, ...] = ()
    months_note: str = ""
    cover: Cover | None = None


@dataclass(frozen=True)
class Paper:
    """A report that goes with a reply as a file, drawn when it leaves: two printed pages, or one tall picture for a phone."""

    sheet: Sheet
    form: Literal["pdf", "png"]
    file_name: str


def sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain JSON, lists for tuples."""
    return in_lists(sheet)


def paper_to_json(paper: Paper) -> dict[str, Any]:
    """The paper as plain JSON; it is drawn from this alone."""
    return {"sheet": sheet_to_json(paper.sheet), "form": paper.form, "file_name": paper.file_name}
