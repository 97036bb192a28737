"""What is wrong with a list of measures, each thing with its place and in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.bulletins.checks import Problem


class BadValue(ValueError):
    """A cell that cannot be read."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.problem = Problem(code, values)


@dataclass(frozen=True)
class Place:
    """Where a measure stands: its row, or the number of it in a feed; in a sheet each column by its letter and heading."""

    number: int
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    is_row: bool = False

    def words(self, language: str, column: str = "") -> str:
        """The place, down to the cell where the column is known."""
        if column in self.columns:
            letter, heading = self.columns[column]
            return Problem("feed_cell", {"row": self.number, "letter": letter, "heading": heading}).words(language)
        return Problem("feed_row" if self.is_row else "feed_measure", {"number": self.number}).words(language)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with one measure, or with the head of a sheet."""

    problem: Problem
    place: Place | None = None
    column: str = ""

    def words(self, language: str) -> str:
        """The sentence with its place."""
        sentence = self.problem.words(language)
        if self.place is None:
            return sentence
        return Problem("feed_line", {"place": self.place.words(language, self.column), "sentence": sentence}).words(language)


class BadFeed(ValueError):
    """Measures that cannot be drafted: everything that is wrong with each, in the order of the list."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(fault.words("en") for fault in faults))
        self.faults: Sequence[Fault] = faults
