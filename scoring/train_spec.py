"""What the application block of the card is built from: features, expected directions and their wording."""

from dataclasses import dataclass

from scoring.card_schema import Wording


@dataclass(frozen=True, slots=True)
class Spec:
    """One feature to train. `cuts` fixes the bins' edges; otherwise they are found. `direction` is that of points."""

    name: str
    inputs: tuple[str, ...]
    direction: str
    lower: Wording
    higher: Wording
    improve: Wording | None = None
    kind: str = "number"
    cuts: tuple[float, ...] = ()
    max_bins: int = 6
    note: str = ""


APPLICATION: tuple[Spec, ...] = (
    Spec(
        "industry",
        ("industry",),
        "none",
        Wording(
            "industry.lower",
            "同行的贷款，还不上的比平均多一些",
            "Loans in your line of business go unpaid a little more often",
        ),
        Wording("industry.higher", "同行的还款情况好于平均", "Firms in your line of business repay better than average"),
        kind="choice",
        note="NAICS codes of the loan records mapped to the sixteen industries of the 2011 SME size standard",
    ),
    Spec(
        "age",
        ("age_months",),
        "rising",
        Wording("age.lower", "开业时间不长", "Young business"),
        Wording("age.higher", "经营已有一段时间", "Established business"),
        cuts=(24.0,),
        note="the records only say new (up to two years) or existing",
    ),
    Spec(
        "employees",
        ("employees",),
        "rising",
        Wording("employees.lower", "团队人数不多", "Small team"),
        Wording("employees.higher", "团队有一定规模", "A team of some size"),
    ),
    Spec(
        "amount",
        ("amount_sought",),
        "none",
        Wording("amount.lower", "这个金额段的贷款，还不上的偏多", "Loans of this size go unpaid more often than average"),
        Wording("amount.higher", "这个金额段的贷款，还款情况较好", "Loans of this size are repaid better than average"),
        max_bins=7,
        note="no direction is promised: in the records middle amounts fail most and large ones least",
    ),
    Spec(
        "amount_per_employee",
        ("amount_sought", "employees"),
        "falling",
        Wording("amount_per_employee.lower", "按人数算，借得偏多", "A large loan for the size of your team"),
        Wording("amount_per_employee.higher", "按人数算，借得不多", "A modest loan for the size of your team"),
        Wording("amount_per_employee.improve", "可以少借一些，或者分两次借", "Borrow a little less, or in two steps"),
    ),
    Spec(
        "guaranteed_share",
        ("guaranteed_share",),
        "rising",
        Wording("guaranteed_share.lower", "担保覆盖的比例不高", "A guarantee covers only part of the loan"),
        Wording("guaranteed_share.higher", "贷款大部分有担保", "A guarantee covers most of the loan"),
        Wording(
            "guaranteed_share.improve",
            "可以问问融资担保公司，能不能提高担保比例",
            "Ask a guarantee company whether it can cover a larger share",
        ),
        cuts=(0.6,),
        note="the programme covers half of most of these loans and three quarters or more of a few",
    ),
    Spec(
        "franchise",
        ("franchise",),
        "none",
        Wording("franchise.lower", "独立经营，不是加盟店", "Run independently, not as a franchise"),
        Wording("franchise.higher", "加盟店的还款情况好于平均", "Franchises repay better than average"),
        kind="flag",
    ),
)
