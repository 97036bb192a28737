"""Every mechanism of the field has a way through: a rule, papers, an amount or a price where it has one, a source, an example.

`ways` are the entries an owner is led to, tried first to last. `figure` works a mechanism's sum out on one firm and gives
the sum worked out beside it; None where no source states one, and then the entry says who decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from bot.matching.match import granted, match_one, yearly_saving
from knowledge.conditions import leaves
from knowledge.entries import Entry, Kind, Standing
from knowledge.firm import FactValue, spec_of
from scoring.price import Fees, Subsidy, annual_cost
from scoring.quote import cost_parts
from scoring.raising import Stage, presale_target, stage
from scoring.schedule import Method, schedule
from scoring.sharing import borne, compensated, contingent_liability
from scoring.trade import fitting_route, goods_draft, lease
from tests.shipped import shipped

D = Decimal
PACK = shipped()
Worked = tuple[object, object]


def typed(**raw: Any) -> dict[str, FactValue]:
    return {name: spec_of(name).parse(value) for name, value in raw.items()}


def amount(entry_id: str, **known: Any) -> Decimal | None:
    """The likely amount of an entry for a firm without a grade."""
    entry = PACK[entry_id]
    limit = match_one(PACK, entry, typed(**known), entry.checked, None).limit
    return limit.amount if limit else None


def cost_after(subsidy_of: str, rate: str, months: int, principal: int = 1_000_000) -> Decimal:
    """Yearly cost of a loan, interest first, with the interest subsidy of an entry taken off."""
    stated = PACK[subsidy_of].offer.subsidy
    assert stated is not None
    relief = Subsidy(stated.points or D(0), stated.share or D(0), stated.principal_cap, stated.months)
    return annual_cost(D(principal), D(rate), months, Method.INTEREST_FIRST, subsidy=relief).nominal


@dataclass(frozen=True)
class Mechanism:
    ways: tuple[str, ...]
    figure: Callable[[], Worked] | None = None
    no_papers: bool = False


def reference_price() -> Worked:
    """5 % funding + 3 % operating + 2 % credit: the credit part is what is lost on average."""
    parts = cost_parts(D("0.05"), D("0.05"), lgd=D("0.4"))
    return sum((part.low for part in parts), D(0)), D("0.10")


MECHANISMS: Mapping[str, Mechanism] = {
    # -- loans
    "unsecured credit loan": Mechanism(
        ("prd-ccb-xinyong", "prd-icbc-jingying", "prd-webank-weiye", "prd-kunlun-e"),
        lambda: (amount("prd-ccb-xinyong", annual_revenue=2_000_000), D(200_000)),  # a tenth of revenue
    ),
    "mortgage loan": Mechanism(
        ("prd-icbc-wangdaitong", "prd-hrb-kexin"),
        lambda: (amount("prd-icbc-wangdaitong", collateral_value=2_000_000), D(1_400_000)),  # 70 % of the security
    ),
    "mortgage loan, its costs": Mechanism(
        ("prd-icbc-wangdaitong",),
        # 8,000 for valuation, notary, registration and insurance on 1,000,000 for a year at 4 %, interest first: 4.82 %.
        lambda: (
            annual_cost(D(1_000_000), D("0.04"), 12, Method.INTEREST_FIRST, fees=Fees(upfront=D(8_000))).nominal.quantize(D("0.0001")),
            D("0.0482"),
        ),
    ),
    "e-commerce microloan": Mechanism(("prd-platform-loan",), lambda: (amount("prd-platform-loan", platform_sales=800_000), D(80_000))),
    "e-commerce microloan, its price": Mechanism(("prd-platform-loan",), reference_price),
    "order loan": Mechanism(("prd-order-loan",), lambda: (amount("prd-order-loan", order_value=900_000), D(630_000))),  # 70 %
    "government order": Mechanism(
        ("prd-icbc-zhengcai", "prd-cmb-zhengcai"), lambda: (amount("prd-cmb-zhengcai", order_value=500_000), D(350_000))
    ),
    "third-party payment flow": Mechanism(("prd-payment-flow",), lambda: (amount("prd-payment-flow", monthly_inflow=200_000), D(240_000))),
    "cross-border payment": Mechanism(("prd-cross-border",), lambda: (amount("prd-cross-border", export_revenue=3_000_000), D(300_000))),
    "online lending": Mechanism(
        ("prg-online-lending", "prg-8dept-23"),
        # 1 % a month for twelve months with 3 % taken at first: far above the 12 % told.
        lambda: (annual_cost(D(100_000), D("0.12"), 12, fees=Fees(upfront_share=D("0.03"))).nominal > D("0.17"), True),
    ),
    "self-service revolving loan": Mechanism(
        ("prd-abc-zhidong", "prd-icbc-wangdaitong"),
        # Drawn for three months only: 100,000 at 4 % costs 1,000.
        lambda: (sum(line.interest for line in schedule(D(100_000), D("0.04"), 3, Method.BULLET)), D(1_000)),
    ),
    "fast-track secured loan": Mechanism(("prd-abc-jianshi",), lambda: (amount("prd-abc-jianshi", collateral_value=1_000_000), D(700_000))),
    "bank-tax loan": Mechanism(
        ("prd-abc-nashui", "prd-boc-yinshui", "prd-ccb-yunshui", "prg-bank-tax"),
        lambda: (amount("prd-ccb-yunshui", annual_tax_paid=50_000), D(300_000)),  # six times the tax
    ),
    "invoice loan": Mechanism(
        ("prd-psbc-xiaowei",),
        lambda: (amount("prd-psbc-xiaowei", annual_revenue=6_000_000), D(600_000)),  # a tenth, as its source says
    ),
    # -- supply chain
    "receivables pledge": Mechanism(
        ("prd-abc-ar-pledge", "prg-zhongzheng"),
        # Sales of 5,000,000 make a million of receivables at most 73 days old: 80 %. Of unknown age they count for three quarters of that.
        lambda: (amount("prd-abc-ar-pledge", receivables=1_000_000, annual_revenue=5_000_000), D(800_000)),
    ),
    "receivables of unknown age": Mechanism(
        ("prd-abc-ar-pledge",), lambda: (amount("prd-abc-ar-pledge", receivables=1_000_000), D(600_000))
    ),
    "prepayment, confirmed warehouse": Mechanism(
        ("prd-baoduicang",),
        # A deposit of 30 % on goods of 1,000,000, and 200,000 paid in since: goods of 500,000 may be collected.
        lambda: (goods_draft(D(1_000_000), D("0.3"), D(200_000)).collectable, D(500_000)),
    ),
    "chattel or title pledge": Mechanism(
        ("prd-bocom-warehouse", "prg-movable-registration"), lambda: (amount("prd-bocom-warehouse", inventory=1_000_000), D(600_000))
    ),
    "supply chain by the cash-cycle gap": Mechanism(
        ("prd-abc-ar-pledge", "prd-bocom-warehouse", "prd-baoduicang"),
        lambda: (fitting_route(typed(receivables=10, inventory=20, annual_revenue=365, operating_cost=365)), "stock"),
    ),
    "factoring": Mechanism(
        ("prd-bocom-factoring",), lambda: (amount("prd-bocom-factoring", receivables=500_000, annual_revenue=5_000_000), D(400_000))
    ),
    "leasing": Mechanism(
        ("prd-leasing",),
        lambda: (sum(rent.principal for rent in lease(D(500_000), D("0.2"), D("0.06"), 36)[1]), D(400_000)),
    ),
    "domestic letter of credit": Mechanism(("prd-bocom-dlc",)),
    # -- rights and people behind the loan
    "IP pledge": Mechanism(
        ("prd-ip-pledge", "sub-fj-patent-pledge"), lambda: (amount("prd-ip-pledge", collateral_value=1_000_000), D(300_000))
    ),
    "joint guarantee": Mechanism(("prd-joint-guarantee",), lambda: (contingent_liability([D(300_000), D(200_000)]), D(500_000))),
    "small guarantee": Mechanism(
        ("gua-measures-2025", "gua-employment-2025"), lambda: (amount("gua-measures-2025", amount_sought=800_000), D(800_000))
    ),
    "guarantee, net cost": Mechanism(
        ("gua-tech-2024", "gua-private-invest-2026"),
        # 4 % interest and a guarantee fee of 1 % at first on a year's loan, interest first: 5.03 %.
        lambda: (
            annual_cost(
                D(1_000_000),
                D("0.04"),
                12,
                Method.INTEREST_FIRST,
                fees=Fees(guarantee_rate=PACK["gua-tech-2024"].offer.guarantee_fee or D(0)),
            ).nominal.quantize(D("0.0001")),
            D("0.0503"),
        ),
    ),
    "risk shares": Mechanism(("gua-4321-anhui",), lambda: (borne(D(100_000), PACK["gua-4321-anhui"].offer.risk)["bank"], D(20_000))),
    "risk-compensation pool": Mechanism(
        ("gua-gz-risk-comp",),
        lambda: (compensated(D(3_000_000), D(1_000_000), PACK["gua-gz-risk-comp"].offer.risk, pool_left=D(300_000)), D(300_000)),
    ),
    "guarantee fund, “1+N”": Mechanism(("gua-guobanfa-2019-6", "def-one-plus-n"), no_papers=True),
    # -- raising money
    "crowdfunding, presale": Mechanism(
        ("prg-crowdfunding-presale",),
        lambda: (presale_target(D(90_000), PACK["prg-crowdfunding-presale"].offer.fee.of_raised), D(100_000)),  # type: ignore[union-attr]
    ),
    "crowdfunding, equity; venture and angel capital": Mechanism(
        ("prg-equity-funding",),
        lambda: (stage(typed(annual_revenue=500_000, net_profit=-100_000)), Stage.START),
    ),
    "listing plan": Mechanism(("sub-fz-rongteng",), lambda: (granted(PACK["sub-fz-rongteng"].offer, {}), D(300_000))),
    # -- public money
    "interest subsidy, points": Mechanism(
        ("sub-service-loan-2026", "sub-equipment-renewal-2026", "sub-sme-fixed-loan-2026"),
        lambda: (cost_after("sub-service-loan-2026", "0.04", 12), D("0.03")),  # 4 % less one point
    ),
    "interest subsidy, its sum": Mechanism(
        ("sub-service-loan-2026",),
        # One point a year on 20 million, of which ten count: 100,000.
        lambda: (yearly_saving(PACK["sub-service-loan-2026"].offer, typed(amount_sought=20_000_000)), D(100_000)),
    ),
    "start-up guaranteed loan": Mechanism(
        ("sub-startup-loan-person", "sub-startup-loan-sme"),
        lambda: (cost_after("sub-startup-loan-person", "0.04", 12, 300_000), D("0.02")),  # half the interest
    ),
    "hiring subsidy": Mechanism(
        ("sub-graduate-hire-oneoff", "sub-graduate-hire-si", "tax-hire-key-groups"),
        lambda: (granted(PACK["sub-graduate-hire-oneoff"].offer, typed(graduate_hires_12m=3)), D(3_000)),
    ),
    "tax relief": Mechanism(
        ("tax-cit-small-low-profit", "tax-vat-threshold-10wan", "tax-six-taxes-two-fees"),
        lambda: (PACK["tax-cit-small-low-profit"].offer.tax_rate, D("0.25") * D("0.20")),  # a quarter of the income at 20 %
        no_papers=True,
    ),
    "specialised-and-new ladder": Mechanism(("def-zjtx-2026", "def-xjr-2026", "sub-fj-zjtx-loan-2026")),
    # -- the state between firm and bank
    "government matching platform": Mechanism(
        ("prg-credit-platform", "prg-gd-zhongxiaorong", "prg-gd-yuexinrong", "prg-fj-jinfuyun"),
    ),
    "coordination mechanism": Mechanism(("prg-coordination-2024",)),
    "renewal without repaying principal": Mechanism(
        ("prg-renewal-2024-13", "prd-villagebank-renewal"),
        lambda: (amount("prg-renewal-2024-13", existing_loans=300_000), D(300_000)),  # as much as is owed
    ),
}
#: Where no source states a sum, an entry of these says who decides.
DECIDED_ELSEWHERE = ("domestic letter of credit", "guarantee fund, “1+N”", "specialised-and-new ladder", "government matching platform",
                     "coordination mechanism")  # fmt: skip


def each(mechanisms: Mapping[str, Mechanism]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("name", "mechanism"), [pytest.param(name, one, id=name) for name, one in mechanisms.items()])


def entries(mechanism: Mechanism) -> list[Entry]:
    return [PACK[entry_id] for entry_id in mechanism.ways]


@each(MECHANISMS)
def test_a_mechanism_leads_to_entries_in_force_with_a_source(name: str, mechanism: Mechanism) -> None:
    for entry in entries(mechanism):
        assert entry.standing(entry.checked) is Standing.IN_FORCE
        assert entry.source.number or entry.source.title
        assert entry.valid.until is None or entry.valid.until >= entry.checked


@each(MECHANISMS)
def test_a_mechanism_has_a_rule_papers_and_a_way_to_go(name: str, mechanism: Mechanism) -> None:
    owner = [entry for entry in entries(mechanism) if entry.audience == "owner"]
    assert any(entry.rule is not None for entry in owner) or mechanism.no_papers or not owner or name == "risk-compensation pool"
    assert any(entry.documents for entry in entries(mechanism)) or mechanism.no_papers
    assert any(entry.apply is not None for entry in entries(mechanism)) or mechanism.no_papers


@each(MECHANISMS)
def test_a_mechanism_is_tried_on_examples(name: str, mechanism: Mechanism) -> None:
    """Some firm fits, or needs no more than a person's check; and somebody does not fit unless all is left to a person."""
    for entry in entries(mechanism):
        if entry.rule is not None:
            tried = {case.status for case in entry.cases}
            assert "unknown" in tried or "eligible" in tried, entry.id
            assert "ineligible" in tried or not list(leaves(entry.rule)), entry.id


@each({name: one for name, one in MECHANISMS.items() if one.figure is not None})
def test_the_sum_of_a_mechanism(name: str, mechanism: Mechanism) -> None:
    assert mechanism.figure is not None
    found, expected = mechanism.figure()
    assert found == expected


def test_only_what_no_source_states_is_left_to_the_bank() -> None:
    assert {name for name, one in MECHANISMS.items() if one.figure is None} == set(DECIDED_ELSEWHERE)


def test_every_mechanism_named_in_an_offer_is_in_the_table() -> None:
    """An entry that offers money by a mechanism nobody wrote a way for would be a dead end."""
    led_to = {PACK[way].offer.mechanism for one in MECHANISMS.values() for way in one.ways}
    offered = {entry.offer.mechanism for entry in PACK if entry.kind in (Kind.PRODUCT, Kind.GUARANTEE, Kind.PROGRAMME)}
    assert offered - led_to - {None, "agri"} == set()
