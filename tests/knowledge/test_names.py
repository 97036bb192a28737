"""What a question calls by name: an entry, a bank, a word whose meaning is asked."""

from __future__ import annotations

import pytest

from knowledge.pack import Pack, load_pack
from knowledge.search import SearchIndex, bank_called, names_outright, term_asked
from tests.bench._lines import TODAY


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


@pytest.fixture(scope="module")
def index(pack: Pack) -> SearchIndex:
    return SearchIndex(pack, TODAY)


@pytest.mark.parametrize(
    ("text", "entry", "named"),
    [
        ("介绍一下创业担保贷款", "sub-startup-loan-person", True),
        ("云税贷我能办吗", "prd-ccb-yunshui", True),
        ("tell me about the startup guarantee loan", "sub-startup-loan-person", True),
        ("is the CCB Tax Cloud Loan open to me", "prd-ccb-yunshui", True),
        ("有什么贴息", "sub-service-loan-2026", False),
        ("which loans are there", "prd-ccb-yunshui", False),
        ("贷款要担保人吗", "gua-measures-2025", False),
    ],
)
def test_an_entry_is_named_by_a_name_of_its_own(pack: Pack, text: str, entry: str, named: bool) -> None:
    assert names_outright(pack[entry], text) is named


@pytest.mark.parametrize(
    ("text", "bank"),
    [
        ("农行拒了我", "len-abc"),
        ("send it to ICBC", "len-icbc"),
        ("工商银行那边说不行", "len-icbc"),
        ("my abcs", None),
        ("银行不给我批", None),
    ],
)
def test_a_bank_is_called_by_its_short_names_too(pack: Pack, text: str, bank: str | None) -> None:
    called = bank_called(pack, text)
    assert (called.id if called else None) == bank


@pytest.mark.parametrize(
    ("text", "term", "known"),
    [
        ("信保是什么", "信保", False),
        ("请问农担是啥意思？", "农担", False),
        ("what is EBITDA", "ebitda", False),
        ("What is a covenant?", "covenant", False),
        ("什么是联保", "联保", True),
        ("保理是啥", "保理", True),
        ("What does LPR mean?", "lpr", True),
        ("what's factoring", "factoring", True),
        ("what are letters of credit", "letters of credit", True),
        ("经营快贷利率是多少", None, None),
        ("what is the cheapest loan that I can get for my shop in Fuzhou", None, None),
    ],
)
def test_a_word_that_stands_nowhere_is_not_known(index: SearchIndex, text: str, term: str | None, known: bool | None) -> None:
    asked = term_asked(text)
    assert asked == term
    assert asked is None or index.knows(asked) is known
