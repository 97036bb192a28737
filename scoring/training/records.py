"""Files of records to train on: each a compressed table below the folder that is given with ``--data``."""

import csv
import gzip
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")


class DataError(ValueError):
    """The training data cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Records:
    """One such file: where it is below the folder, and what it holds."""

    file: Path
    holds: str

    def read(self, folder: Path, make: Callable[[dict[str, str]], Made | None]) -> Iterator[Made]:
        """What `make` makes of each row; where that is None the row is left out. Raises `DataError` when missing or unreadable."""
        with gzip.open(self._path(folder), "rt", encoding="utf-8", newline="") as stream:
            for number, row in enumerate(csv.DictReader(stream), start=2):
                try:
                    made = make(row)
                except (KeyError, TypeError, ValueError) as error:
                    raise DataError(f"{self.file}, line {number}: {error!r}") from None
                if made is not None:
                    yield made

    def fingerprint(self, folder: Path) -> str:
        """SHA-256 of the file, in hexadecimal. Raises `DataError` when it is missing."""
        return hashlib.sha256(self._path(folder).read_bytes()).hexdigest()

    def _path(self, folder: Path) -> Path:
        path = folder / self.file
        if not path.is_file():
            raise DataError(f"no training data: put {self.holds} at {self.file} below the folder given with --data")
        return path
