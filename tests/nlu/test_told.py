"""English sentences that say a flag or a choice as a whole, and what only looks like them: told of others, asked, planned or gone by."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.mentions import extract_facts

TODAY = date(2026, 11, 21)


def facts(text: str) -> dict[str, Any]:
    return dict(extract_facts(text, today=TODAY).facts)


GRADES = [
    ("the tax people rated us B this spring", "B"),
    ("tax credit letter: C", "C"),
    ("we fell from A to B after two late filings", "B"),
    ("the tax bureau still shows M next to our name", "M"),
    ("A, same as before. The tax rating I mean.", "A"),
    ("is a D at the tax office the end? that's what we have", "D"),
    ("we were two points short of the A, the tax bureau says", None),
    ("A tax adviser told me to wait for the bureau", None),
    ("our stall is in block D, tax is paid monthly", None),
    ("the leaflet says tax grade B or above", None),
    ("a friend got a C from the tax bureau", None),
    ("what does grade M mean in tax?", None),
]


@pytest.mark.parametrize(("text", "grade"), GRADES)
def test_the_tax_grade_by_its_letter(text: str, grade: str | None) -> None:
    assert facts(text).get("tax_grade") == grade


SAID: list[tuple[str, str, Any]] = [
    ("no little giant, no specialised and new title, nothing of the kind", "specialised_level", "none"),
    ("as a little giant we expected a better rate", "specialised_level", "little_giant"),
    ("Our customer is a little giant with a big plant.", "specialised_level", None),
    ("my son is a little giant, almost two metres", "specialised_level", None),
    ("The workshop upstairs has no SRDI title.", "specialised_level", None),
    ("we dropped off the tech SME list in March", "tech_sme", False),
    ("not one of my relatives would vouch for me", "guarantor", False),
    ("my uncle co-signs, he has a pension", "guarantor", True),
    ("There is no guarantee that it will sell.", "guarantor", None),
    ("we left the chain last summer", "franchise", False),
    ("Franchise: no", "franchise", False),
    ("ninety percent of it? no, wholly state capital", "private_owned", False),
    ("we're purely private, no government behind us", "private_owned", True),
    ("registered partnership, me and a classmate", "legal_form", "partnership"),
    ("The village wants me to join the co-op.", "legal_form", None),
    ("Our landlord is a partnership of two vets.", "legal_form", None),
    ("customers are all tiny, no big companies among them", "core_buyer", False),
    ("we don't sell to any authority, the government has no contract with us", "government_contract", False),
    ("we pay shebao for everyone here", "social_insurance_paid", True),
    ("social security unpaid since spring", "social_insurance_paid", False),
    ("I'm a laolai since the court case", "blacklisted", True),
    ("two cases pending at the county court", "in_litigation", True),
    ("not all our tax is paid, we still have the bureau waiting", "tax_arrears", True),
    ("I'm general now, the others here are small-scale", "vat_taxpayer", "general"),
    ("It is a small-scale workshop by the river", "vat_taxpayer", None),
    ("gave the shop up in spring, nothing fixed now", "fixed_premises", False),
    ("we rent a hall behind the station", "fixed_premises", True),
    ("ten years on building sites in Shenzhen, now back in the village", "owner_group", ("returning_migrant",)),
    ("A veteran of this trade, that's me", "owner_group", None),
    ("My mother is disabled.", "owner_group", None),
    ("E-commerce: JD only", "platform", "jd"),
    ("JD couriers are quick here", "platform", None),
    ("I advertise my restaurant on Douyin", "platform", None),
    ("we do temu, they set the price", "platform", "other"),
]


@pytest.mark.parametrize(("text", "name", "value"), SAID)
def test_flags_and_choices(text: str, name: str, value: Any) -> None:
    assert facts(text).get(name) == value


PLEDGES = [
    ("collateral: our looms, all paid", ("equipment",)),
    ("the trademark could back the loan", ("ip",)),
    ("our claims on the brewery could serve as security", ("receivables",)),
    ("Take my order book as collateral", ("orders",)),
    ("don't own a flat, don't own a car", ("none",)),
    ("do banks take receivables as a pledge?", None),
    ("no arrears at the social security office", None),
]


@pytest.mark.parametrize(("text", "kinds"), PLEDGES)
def test_what_is_pledged(text: str, kinds: tuple[str, ...] | None) -> None:
    assert facts(text).get("collateral") == kinds


PURPOSES = [
    ("The loan is meant for a bottling line", "equipment"),
    ("a delivery van, that's what I'd spend it on", "equipment"),
    ("load up on steel coils before the price goes up", "stock_purchase"),
    ("payroll's due on Friday and the account is empty", "wages"),
    ("swap the microloan for something cheaper", "refinance"),
    ("money goes into a prototype of our pump", "rd"),
    ("I'd borrow to carry our overseas orders", "export"),
    ("Wages here are about 5,000 for a cook.", None),
    ("we export to Poland, 40 people", None),
    ("for VAT they have me as small-scale", None),
]


@pytest.mark.parametrize(("text", "purpose"), PURPOSES)
def test_what_the_loan_is_for(text: str, purpose: str | None) -> None:
    assert facts(text).get("purpose") == purpose


TRADES = [
    ("gas station, two pumps", "retail"),
    ("little bookshop with 3,000 titles", "retail"),
    ("we build, we sell: flats mostly, on land we bought", "real_estate"),
    ("property company, we look after three office towers", "property_management"),
    ("The courier lost a box of ours.", None),
    ("My hairdresser raised her price.", None),
    ("The hotel I stayed at had 200 rooms.", None),
    ("Freight costs us 4,000 a month.", None),
    ("printing press, four colours, free to pledge", None),
    ("Retail is dead, says my neighbour.", None),
    ("To finance an export order to Peru.", None),
    ("The loan is meant for a bottling line", None),
]


@pytest.mark.parametrize(("text", "trade"), TRADES)
def test_trades(text: str, trade: str | None) -> None:
    assert facts(text).get("industry") == trade


def test_a_legal_form_alone_is_no_name_and_words_are_no_credit_code() -> None:
    assert "firm_name" not in facts("Would a Co. Ltd. get a better rate?")
    assert "uscc" not in facts("Never been listed as a judgment defaulter in 23 years")
