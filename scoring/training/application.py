"""The application block: features, expected directions and their wording."""

from scoring.training.spec import Spec, wording

#: What a loan that is not a revolving line is for. The records do not say which of these.
ONE_OFF = ("equipment", "premises", "refinance")

APPLICATION: tuple[Spec, ...] = (
    Spec(
        "industry",
        "industry",
        "none",
        wording("industry", "lower", "同行的贷款，还不上的比平均多一些", "Loans in your line of business go unpaid a little more often"),
        wording("industry", "higher", "同行的还款情况好于平均", "Firms in your line of business repay better than average"),
        kind="choice",
        note="NAICS codes of the loan records mapped to the sixteen industries of the 2011 SME size standard",
    ),
    Spec(
        "age",
        "age_months",
        "rising",
        wording("age", "lower", "开业时间不长", "Young business"),
        wording("age", "higher", "经营已有一段时间", "Established business"),
        cuts=(24.0,),
        note="the records only say new (up to two years) or existing; existing firms failed less in 1997 and more in 2003 and 2004",
    ),
    Spec(
        "employees",
        "employees",
        "rising",
        wording("employees", "lower", "团队人数不多", "Small team"),
        wording("employees", "higher", "团队有一定规模", "A team of some size"),
    ),
    Spec(
        "amount",
        "amount_sought",
        "rising",
        wording("amount", "lower", "小额贷款还不上的比平均多一些", "Smaller loans go unpaid a little more often"),
        wording("amount", "higher", "这个金额的贷款，还款情况较好", "Loans of this size are repaid better than average"),
        cuts=(100_000.0, 200_000.0, 300_000.0, 400_000.0, 500_000.0, 800_000.0, 1_500_000.0),
        note="larger loans of the programme went to firms better looked into. Edges are round on purpose: finer ones only find "
        "the lenders' standard amounts of their day",
    ),
    Spec(
        "amount_per_employee",
        "amount_sought / employees",
        "falling",
        wording("amount_per_employee", "lower", "按人数算，借得偏多", "A large loan for the size of your team"),
        wording("amount_per_employee", "higher", "按人数算，借得不多", "A modest loan for the size of your team"),
        wording("amount_per_employee", "improve", "可以少借一些，或者分两次借", "Borrow a little less, or in two steps"),
    ),
    Spec(
        "guaranteed_share",
        "guaranteed_share",
        "rising",
        wording("guaranteed_share", "lower", "担保覆盖的比例不高", "A guarantee covers only part of the loan"),
        wording("guaranteed_share", "higher", "贷款大部分有担保", "A guarantee covers most of the loan"),
        wording(
            "guaranteed_share",
            "improve",
            "可以问问融资担保公司，能不能提高担保比例",
            "Ask a guarantee company whether it can cover a larger share",
        ),
        cuts=(0.6,),
        note="the programme covers half of most of these loans and three quarters or more of a few",
    ),
    Spec(
        "franchise",
        "franchise",
        "none",
        wording("franchise", "lower", "独立经营，不是加盟店", "Run independently, not as a franchise"),
        wording("franchise", "higher", "加盟店的还款情况好于平均", "Franchises repay better than average"),
        kind="flag",
    ),
    Spec(
        "purpose",
        "purpose",
        "none",
        wording("purpose", "lower", "一次性用途的贷款，还不上的偏多", "Loans for a one-off purpose go unpaid more often than average"),
        wording("purpose", "higher", "日常周转用的额度，还款情况较好", "Credit for working capital is repaid better than average"),
        kind="choice",
        groups=(("working_capital",), ONE_OFF),
        note="a stand-in: revolving lines are taken as working capital, other loans as the one-off purposes; loans with an "
        "undocumented code count as not answered. In the few loans of 2003 revolving lines failed more, not less",
    ),
)
