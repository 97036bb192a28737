"""Places by GB/T 2260 code: names in both languages, what lies in what.

The table in data/regions.csv holds provinces, prefecture cities and counties (National Bureau of Statistics of China,
division codes 2023). A code that the table does not know still has its place in the hierarchy, because the code says it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

#: Stands for the whole country where a rule wants to name one.
COUNTRY = "100000"

_COUNTRY_NAME = {"zh": "全国", "en": "China"}


@dataclass(frozen=True)
class Region:
    """One administrative division: code, official Chinese name, English name."""

    code: str
    zh: str
    en: str

    @property
    def level(self) -> str:
        """province, city (prefecture level) or county."""
        return level(self.code)


def level(code: str) -> str:
    """country, province, city or county, read from the code. Raises ValueError when it is not six digits."""
    _check(code)
    if code == COUNTRY:
        return "country"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


@cache
def regions() -> Mapping[str, Region]:
    """Every division by code, in code order."""
    text = resources.files("knowledge").joinpath("data/regions.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return MappingProxyType({row["code"]: Region(row["code"], row["zh"], row["en"]) for row in rows})


def region_name(code: str, language: str = "zh") -> str:
    """The name people use for a place, without the places around it: 福州市, Fuzhou.

    A code that the table lacks is named by the nearest place above it. Raises ValueError when it is not six digits.
    """
    _check(code)
    if code == COUNTRY:
        return _COUNTRY_NAME["en" if language == "en" else "zh"]
    region = regions().get(code)
    if region is not None:
        return region.en if language == "en" else region.zh
    above = parent(code)
    if above is None:
        raise ValueError(f"{code}: no province begins with these digits")
    return region_name(above, language)


def parent(code: str) -> str | None:
    """The next place up that the table knows: county -> city -> province -> None.

    Districts of Beijing and counties run by their province have the province as their parent.
    """
    kind = level(code)
    if kind in ("country", "province"):
        return None
    city, province = code[:4] + "00", code[:2] + "0000"
    if kind == "county" and city in regions():
        return city
    return province if province in regions() else None


def contains(outer: str, inner: str) -> bool:
    """Whether the place `inner` is `outer` or lies in it. Raises ValueError when one is not six digits."""
    kind = level(outer)
    _check(inner)
    if kind == "country":
        return True
    return inner.startswith({"province": outer[:2], "city": outer[:4]}.get(kind, outer))


def _check(code: str) -> None:
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise ValueError(f"{code!r} is not a six-digit region code")
