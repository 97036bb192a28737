"""When, where and for which size of firm each entry holds: tables written from the documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from knowledge.conditions import All, Leaf, Not, Truth, leaves, try_on
from knowledge.eligibility import judge
from knowledge.entries import SOON_DAYS, Entry, Standing
from knowledge.size import CLASSES
from tests.knowledge.test_size import STANDARD, value
from tests.shipped import shipped

PACK = shipped()
DAY = timedelta(days=1)
IN, OUT, SOON = Standing.IN_FORCE, Standing.ENDED, Standing.NOT_YET

#: First and last day, as the document states or as worked out from what it states; None where it is open.
DATES: Mapping[str, tuple[str | None, str | None]] = {
    "def-small-low-profit": ("2023-01-01", "2027-12-31"),
    "def-innovative-sme-2022": (None, "2026-03-31"),
    "def-zjtx-2022": (None, "2026-03-31"),
    "def-zjtx-2026": ("2026-04-01", None),
    "def-xjr-2022": (None, "2026-03-31"),
    "def-xjr-2026": ("2026-04-01", None),
    "tax-vat-threshold-10wan": ("2026-01-01", "2027-12-31"),
    "tax-vat-3to1": ("2026-01-01", "2027-12-31"),
    "tax-vat-2023-19": ("2023-01-01", "2025-12-31"),
    "tax-cit-small-low-profit": ("2023-01-01", "2027-12-31"),
    "tax-six-taxes-two-fees": ("2023-01-01", "2027-12-31"),
    "tax-iit-individual-biz": ("2023-01-01", "2027-12-31"),
    "tax-fi-interest-vat-1000": ("2023-08-01", "2027-12-31"),
    "tax-fi-interest-vat-100": (None, "2027-12-31"),
    "tax-stamp-loan-contract": (None, "2027-12-31"),
    "tax-rd-super-deduction": ("2023-01-01", None),
    "tax-hire-key-groups": (None, "2027-12-31"),
    "sub-startup-loan-person": ("2024-01-01", None),
    "sub-startup-loan-sme": ("2024-01-01", None),
    "sub-startup-loan-old": (None, "2023-12-31"),
    "sub-service-loan-2026": ("2026-01-01", "2026-12-31"),
    "sub-service-loan-2025": ("2025-03-16", "2025-12-31"),
    "sub-sme-fixed-loan-2026": ("2026-01-01", "2026-12-31"),
    "sub-equipment-renewal-2026": ("2026-01-20", "2026-12-31"),
    "sub-job-expansion-2025": (None, "2025-12-31"),
    "sub-unemployment-return-2025": (None, "2025-12-31"),
    "sub-sz-startup-loan": ("2024-09-30", "2029-09-29"),
    "sub-gd-mfg-hnte": ("2025-05-01", "2027-12-31"),
    "sub-gd-zjtx-2026": (None, "2025-08-30"),
    "sub-zz-si-2026": (None, "2026-12-31"),
    "gua-measures-2025": ("2025-03-01", None),
    "gua-private-invest-2026": ("2026-01-20", "2027-12-31"),
    "gua-gz-risk-comp": ("2025-10-01", "2028-09-30"),
    "prg-movable-registration": ("2021-01-01", None),
    "prg-payment-regulation": ("2025-06-01", None),
    "prg-pbc-relending-2026": ("2026-01-19", None),
}
#: What replaced what has ended; "" where the document names nothing that takes its place.
REPLACED: Mapping[str, str] = {
    "def-innovative-sme-2022": "",
    "def-zjtx-2022": "def-zjtx-2026",
    "def-xjr-2022": "def-xjr-2026",
    "tax-vat-2023-19": "tax-vat-threshold-10wan",
    "sub-startup-loan-old": "sub-startup-loan-sme",
    "sub-service-loan-2025": "sub-service-loan-2026",
    "sub-job-expansion-2025": "",
    "sub-unemployment-return-2025": "",
    "sub-fj-tizhi-2024": "",
    "sub-fj-tizhizengchan-2023-3": "sub-fj-tizhi-2024",
    "sub-gd-zjtx-2026": "",
    "prg-renewal-2014-conditions": "prg-renewal-2024-13",
    "prd-ccb-family-2017": "prd-ccb-xinyong",
}
UNKNOWN, YES, NO = Truth.UNKNOWN, Truth.TRUE, Truth.FALSE
FUJIAN, FUZHOU, GULOU, XIAMEN, SIMING, ZHANGZHOU = "350000", "350100", "350102", "350200", "350203", "350600"
GUANGDONG, GUANGZHOU, SHENZHEN, NANSHAN = "440000", "440100", "440300", "440305"
ANHUI, HEFEI, QINGHAI, XINING, HEILONGJIANG, HARBIN, DAQING = "340000", "340100", "630000", "630100", "230000", "230100", "230600"

#: The whole province counts, so the province alone settles it.
_WHOLE_FUJIAN = {FUJIAN: YES, FUZHOU: YES, GULOU: YES, XIAMEN: YES, GUANGDONG: NO, SHENZHEN: NO, "100000": UNKNOWN}
_FUJIAN_LESS_XIAMEN = {FUJIAN: UNKNOWN, FUZHOU: YES, GULOU: YES, XIAMEN: NO, SIMING: NO, GUANGDONG: NO, "100000": UNKNOWN}
_WHOLE_GUANGDONG = {GUANGDONG: YES, GUANGZHOU: YES, SHENZHEN: YES, NANSHAN: YES, FUJIAN: NO, "100000": UNKNOWN}
_DAQING = {DAQING: YES, "230602": YES, HEILONGJIANG: UNKNOWN, HARBIN: NO, FUJIAN: NO}
PLACES: Mapping[str, Mapping[str, Truth]] = {
    "sub-sz-startup-loan": {SHENZHEN: YES, NANSHAN: YES, GUANGDONG: UNKNOWN, GUANGZHOU: NO, FUJIAN: NO},
    "sub-gd-startup-loan": _WHOLE_GUANGDONG,
    "sub-fj-startup-loan": _FUJIAN_LESS_XIAMEN,
    "sub-fj-zjtx-loan-2026": _WHOLE_FUJIAN,
    "sub-fj-tizhi-2024": _FUJIAN_LESS_XIAMEN,
    "sub-fj-tizhizengchan-2023-3": _WHOLE_FUJIAN,
    "sub-fj-tech-transform": _WHOLE_FUJIAN,
    "sub-fj-patent-pledge": _FUJIAN_LESS_XIAMEN,
    "sub-fz-rongteng": {FUZHOU: YES, GULOU: YES, FUJIAN: UNKNOWN, XIAMEN: NO, GUANGDONG: NO},
    "sub-gd-mfg-hnte": {GUANGDONG: UNKNOWN, GUANGZHOU: YES, SHENZHEN: NO, NANSHAN: NO, FUJIAN: NO, "100000": UNKNOWN},
    "sub-gd-zjtx-2026": _WHOLE_GUANGDONG,
    "sub-zz-si-2026": {ZHANGZHOU: YES, "350602": YES, FUJIAN: UNKNOWN, FUZHOU: NO, GUANGDONG: NO},
    "gua-4321-anhui": {ANHUI: YES, HEFEI: YES, FUJIAN: NO, "100000": UNKNOWN},
    "gua-gz-risk-comp": {GUANGZHOU: YES, "440106": YES, GUANGDONG: UNKNOWN, SHENZHEN: NO, FUJIAN: NO},
    "prg-gd-yuexinrong": _WHOLE_GUANGDONG,
    "prg-gd-zhongxiaorong": _WHOLE_GUANGDONG,
    "prg-gd-techfin": _WHOLE_GUANGDONG,
    "prg-fj-jinfuyun": _WHOLE_FUJIAN,
    "prg-fz-coord-results": {FUZHOU: YES, GULOU: YES, FUJIAN: UNKNOWN, XIAMEN: NO},
    "prd-icbc-zhengcai": {QINGHAI: YES, XINING: YES, FUJIAN: NO, "100000": UNKNOWN},
    "prd-ccb-shanying-agri": _DAQING,
    "prd-boc-geren": _DAQING,
    "prd-kunlun-e": _DAQING,
    "len-kunlun": _DAQING,
    "prd-hrb-kexin": {HEILONGJIANG: YES, HARBIN: YES, DAQING: YES, FUJIAN: NO, "100000": UNKNOWN},
    "len-harbin": {HEILONGJIANG: YES, HARBIN: YES, DAQING: YES, FUJIAN: NO, "100000": UNKNOWN},
}


# -- dates -------------------------------------------------------------------------------------------------------------------


def at_dates() -> Iterator[Any]:
    for entry_id, (first, last) in DATES.items():
        if first:
            begins = date.fromisoformat(first)
            yield pytest.param(entry_id, begins - DAY, SOON, id=f"{entry_id}-day-before")
            yield pytest.param(entry_id, begins, IN, id=f"{entry_id}-first-day")
        if last:
            ends = date.fromisoformat(last)
            yield pytest.param(entry_id, ends, IN, id=f"{entry_id}-last-day")
            yield pytest.param(entry_id, ends + DAY, OUT, id=f"{entry_id}-day-after")


@pytest.mark.parametrize(("entry_id", "on", "expected"), list(at_dates()))
def test_an_entry_holds_from_its_first_to_its_last_day(entry_id: str, on: date, expected: Standing) -> None:
    entry = PACK[entry_id]
    assert entry.standing(on) is expected
    if expected is not IN:
        assert judge(entry, {}, on).status.value == "ineligible"


def test_every_dated_entry_is_in_the_table() -> None:
    assert {entry.id for entry in PACK if entry.valid.from_ or entry.valid.until} == set(DATES)


def test_what_has_ended_names_what_took_its_place() -> None:
    ended = {entry.id: entry.replaced_by or "" for entry in PACK if entry.standing(entry.checked) is OUT}
    assert ended == dict(REPLACED)


def test_an_entry_says_that_it_ends_soon() -> None:
    last = date(2026, 12, 31)
    ending = PACK["sub-service-loan-2026"]
    assert ending.ends_soon(last - DAY * SOON_DAYS) == SOON_DAYS == 45
    assert ending.ends_soon(last - DAY * (SOON_DAYS + 1)) is None
    assert ending.ends_soon(last - DAY) == 1
    assert ending.ends_soon(last) == 0
    assert ending.ends_soon(last + DAY) is None, "it has ended"
    assert ending.ends_soon(last - DAY * 60, within=60) == 60


def test_what_has_no_end_or_has_not_begun_does_not_end_soon() -> None:
    assert PACK["prg-payment-regulation"].ends_soon(date(2026, 11, 21)) is None
    assert PACK["sub-startup-loan-old"].ends_soon(date(2023, 12, 30)) == 1, "as it was then"
    short = PACK["sub-service-loan-2025"].model_copy(
        update={"valid": PACK["sub-service-loan-2025"].valid.model_copy(update={"from_": date(2025, 12, 30)})}
    )
    assert short.ends_soon(date(2025, 12, 29)) is None


def test_the_central_packages_that_end_this_year() -> None:
    soon = {entry.id for entry in PACK if entry.ends_soon(date(2026, 11, 21)) is not None}
    assert soon == {"sub-service-loan-2026", "sub-sme-fixed-loan-2026", "sub-equipment-renewal-2026", "sub-zz-si-2026"}


# -- places ------------------------------------------------------------------------------------------------------------------


def of_place(entry: Entry) -> All:
    """The part of a rule that is about where the business is."""
    parts = entry.rule.parts if isinstance(entry.rule, All) else (entry.rule,)
    about = [part for part in parts if part and {leaf.fact for leaf in leaves(part)} == {"region"} and isinstance(part, Leaf | Not)]
    return All(tuple(about))


@pytest.mark.parametrize(
    ("entry_id", "code", "expected"),
    [pytest.param(entry_id, code, truth, id=f"{entry_id}-{code}") for entry_id, places in PLACES.items() for code, truth in places.items()],
)
def test_where_an_entry_holds(entry_id: str, code: str, expected: Truth) -> None:
    outcome = try_on(of_place(PACK[entry_id]), {"region": code}, PACK[entry_id].checked)
    assert outcome.truth is expected
    assert outcome.missing == (("region",) if expected is UNKNOWN else ())


def test_every_local_entry_is_in_the_table() -> None:
    assert {entry.id for entry in PACK if entry.region.within != "100000"} == set(PLACES)


# -- size --------------------------------------------------------------------------------------------------------------------

#: Up to which class the entries with a test of size go.
UP_TO_SMALL = ("sub-graduate-hire-si", "tax-stamp-loan-contract", "sub-startup-loan-sme", "prd-icbc-wangdaitong", "prd-cmb-zhaoqi")
UP_TO_MEDIUM = ("prg-payment-regulation", "prg-credit-platform", "sub-sme-fixed-loan-2026", "gua-tech-2024", "gua-private-invest-2026")


def at_size_bounds() -> Iterator[Any]:
    """For each industry: at the bound of medium (or large) in every figure, and each figure alone a step below it."""
    for rank, entries in ((1, UP_TO_SMALL), (2, UP_TO_MEDIUM)):
        above = CLASSES[rank + 1]
        for industry, table in STANDARD.items():
            at = {name: value(name, bounds[rank]) for name, bounds in table.items()}
            yield pytest.param(entries, {"industry": industry, **at}, NO, id=f"{industry}-{above}")
            for name, bounds in table.items():
                firm = {"industry": industry, **at, name: value(name, bounds[rank], -1)}
                yield pytest.param(entries, firm, YES, id=f"{industry}-{above}-{name}-below")


@pytest.mark.parametrize(("entries", "firm", "expected"), list(at_size_bounds()))
def test_a_size_test_in_all_sixteen_industries(entries: tuple[str, ...], firm: dict[str, Any], expected: Truth) -> None:
    for entry_id in entries:
        (size,) = {leaf for leaf in leaves(PACK[entry_id].when) if leaf.fact == "size_class"}  # type: ignore[arg-type]
        assert try_on(size, firm, PACK[entry_id].checked).truth is expected, entry_id
