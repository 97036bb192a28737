"""Trades, purposes and titles that English owners tell by nouns which stand in no set phrase, as the rules alone read them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.cues.nouns import deed_of, head_of, kind_of, singular
from nlu.mentions import by_rules

TODAY = date(2026, 11, 21)


def facts(text: str) -> dict[str, Any]:
    return dict(by_rules(text, today=TODAY)[0].facts)


TRADES = [
    # goods like a headline; whether they are made, sold or handed on is told by the rest
    ("Camshafts. Ruian. 70 people", "industry"),
    ("Ningbo, piston rings, 44 staff", "industry"),
    ("Teapots and tea trays, our shop faces the temple", "retail"),
    ("Wallpapers to decorators and shops, we only distribute", "wholesale"),
    ("Oyster mushrooms! Twelve sheds", "agriculture"),
    ("Wontons and buns, me and my aunt", "catering"),
    ("Badminton. Six courts in Hefei", "other"),
    # what is done to the goods
    ("four of us dry persimmons in autumn", "industry"),
    ("I sell bracelets on Xiaohongshu", "retail"),
    ("we rent out cherry pickers to sites", "leasing_business_services"),
    ("our co-op of 22 grows konjac", "agriculture"),
    # the last words of the business
    ("tattoo studio in Zhuhai", "other"),
    ("Minqin honeydew co-operative, 96 households", "agriculture"),
    ("heat pumps and floor heating fitting", "construction"),
    ("decoration team, 14 men", "construction"),
    ("400 sows outside Nanyang", "agriculture"),
    ("18 knitters, all from the village", "industry"),
    # only goods, customers, a former life
    ("a toy shop in Suzhou", "retail"),
    ("fishing rods, Weihai, 39 workers", "industry"),
    ("we push beer into 300 restaurants, wholesale", "wholesale"),
    ("Eleven years delivering parcels, now back home with a small factory for gluten sticks", "industry"),
    ("Wedding cars, five Audis", "leasing_business_services"),
    ("contract electronics shop in Kunshan", "industry"),
    ("goji berry processing, 31 members", "industry"),
    ("Developer here, one residential project in Ganzhou", "real_estate"),
    ("logistics park in Urumqi, stores cotton", "warehousing"),
    ("buy tile and sell to 34 buyers all over West Africa", "wholesale"),
    ("7-Eleven, 2 stores", "retail"),
    ("Software outsourcing, 31 people", "software_it"),
    # nobody's trade
    ("I need steel and two vans", None),
    ("The workshop's mine, the deed too", None),
    ("I'm a sole trader", None),
    ("we will hire ten people next year", None),
]


@pytest.mark.parametrize(("text", "value"), TRADES)
def test_trades(text: str, value: str | None) -> None:
    assert facts(text).get("industry") == value


PURPOSES = [
    ("240k for a steam boiler, two years", "equipment"),
    ("We'd like to put in a CT scanner, so say 800 thousand", "equipment"),
    ("A combine header is 250k, that is what I ask the bank for", "equipment"),
    ("Two trucks run by us, want 480 thousand for a third one", "equipment"),
    ("need 80 wan, for buying raw lacquer before spring", "stock_purchase"),
    ("no cash for fabric, 900k would do", "stock_purchase"),
    ("Aluminium must be paid up front, I'm looking for 1.2 million", "stock_purchase"),
    ("80k to build two more toilets", "premises"),
    ("300k to rebuild the drying shed", "premises"),
    ("a million just for pay packets before New Year", "wages"),
    ("1.5m, just to pay off Hengfeng bank", "refinance"),
    ("1 million to develop the next engine", "rd"),
    ("I need 280,000 for the customs deposit and freight", "export"),
    ("salon in Ningbo, 60k for new chairs", "equipment"),
    ("would a loan on a patent for a rice seeder run longer than 12 months?", None),
    ("300k for three years", None),
    ("the tanks and the line are 1.6m in fixed assets", None),
]


@pytest.mark.parametrize(("text", "value"), PURPOSES)
def test_purposes(text: str, value: str | None) -> None:
    assert facts(text).get("purpose") == value


STATED: list[tuple[str, str, Any]] = [
    ("I'm on the court's dishonest list since June", "blacklisted", True),
    ("we're not on that deadbeat list", "blacklisted", False),
    ("the court took me off the defaulters' list in March", "blacklisted", False),
    ("we're behind with VAT", "tax_arrears", True),
    ("no tax owed, no lawsuits", "tax_arrears", False),
    ("nothing owed to anyone", "tax_arrears", None),
    ("our tax rating dropped from A to B", "tax_grade", "B"),
    ("we're at C for tax", "tax_grade", "C"),
    ("sales 5m, A rating, no overdue", "tax_grade", "A"),
    ("innovative SME, applied for little giant but rejected", "specialised_level", "innovative"),
    ("we hold the provincial specialised title", "specialised_level", "specialised"),
    ("Leased till 2033, 14 rooms", "fixed_premises", True),
    ("the workshop we're renting now", "fixed_premises", True),
    ("just a cart by the temple gate", "fixed_premises", False),
    ("three shops in Wuhan all rented", "fixed_premises", True),
    ("guesthouse with 11 rooms, lease till 2031", "fixed_premises", True),
    ("truck lease till 2031", "fixed_premises", None),
    ("we work out of my flat", "fixed_premises", False),
    ("no shop no office, we pack in the living room", "fixed_premises", False),
    ("social insurance i don't pay for them", "social_insurance_paid", False),
    ("a shop feeding Foxconn", "core_buyer", True),
    ("returned from Foxconn to my village", "core_buyer", None),
    ("private, 36 teachers", "private_owned", True),
    ("joint venture, 51% state, so not private", "private_owned", False),
    ("VAT also not paid since two months", "tax_arrears", True),
    ("co-op style but registered as company", "legal_form", "company"),
    ("tax C cuz I filed late twice", "tax_grade", "C"),
    ("taxes filed late twice", "overdue_12m", None),
    ("I could pledge the yarn", "collateral", ("inventory",)),
    ("Guaranteed by my business partner", "guarantor", True),
    ("State Grid is our main customer", "core_buyer", True),
    ("Ctrip brings most bookings, our page there is four years old", "platform", "other"),
    ("Pinduoduo and Taobao, but mostly PDD", "platform", "pinduoduo"),
    ("licence personal, six people", "legal_form", "sole_trader"),
    ("dog boarding, Minhang", "region", "310112"),
]


@pytest.mark.parametrize(("text", "name", "value"), STATED)
def test_statements(text: str, name: str, value: Any) -> None:
    assert facts(text).get(name) == value


def test_words_are_looked_up_in_the_singular_and_the_longest_entry_stands() -> None:
    assert [singular(word) for word in ("umbrellas", "boxes", "batteries", "knives", "stoves", "glass")] == [
        "umbrella", "box", "battery", "knife", "stove", "glass",
    ]  # fmt: skip
    assert kind_of(("cheap", "led", "strips")) == ("ware", 2)
    assert kind_of(("rice",)) == ("crop", 1)
    assert head_of(("eel", "hatchery")) == ("agriculture", 1)
    assert deed_of("dyeing") == deed_of("makes") == "industry"
    assert kind_of(("paperwork",)) is None
