"""An entry that is right in every way, to be spoilt by the tests."""

from __future__ import annotations

from pathlib import Path

from knowledge.authoring.check import check_text
from knowledge.authoring.faults import Found

FILE = "cn/subsidy/sub-sample.yaml"
GOOD = """id: sub-sample
kind: subsidy
status: in_force
confidence: high
name: {zh: 示例贴息, en: Sample subsidy}
summary: {zh: '每年贴{points}。', en: '{points} a year.'}
source: {issuer: {zh: 财政部, en: Ministry of Finance}}
valid: {from: 2026-01-01, until: 2026-12-31}
checked: 2026-11-21
region: {within: '350000', without: ['350200']}
when:
  all:
    - {fact: age_months, at_least: 24}
    - {fact: tax_grade, in: [A, B]}
    - any:
        - {fact: owner_age, between: [20, 60]}
        - check: {zh: 由谁经营, en: who runs it}
offer:
  subsidy: {points: 0.015, principal_cap: 500000}
cases:
  - facts: &ok {age_months: 24, tax_grade: A, owner_age: 30, region: '350100'}
    status: eligible
  - facts: {<<: *ok, age_months: 23}
    status: ineligible
  - facts: {<<: *ok, owner_age: 19}
    status: unknown
  - facts: *ok
    status: ineligible
    "on": 2027-01-01
"""


def spoilt(*changes: tuple[str, str]) -> str:
    """The sample with texts replaced, each of which must be there."""
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def faults(text: str, file: str = FILE) -> list[Found]:
    return check_text(file, text)[1]


def write(folder: Path, text: str = GOOD, file: str = FILE) -> Path:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
