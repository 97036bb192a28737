"""the stored firms side by side: one row an owner, one typed column a fact, filled from the current facts"""

from decimal import Decimal

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The vocabulary as it was when this was written; later facts have migrations of their own.
_FLAGS = """blacklisted tax_arrears fixed_premises private_owned in_litigation guarantor high_tech tech_sme franchise core_buyer
    government_contract social_insurance_paid""".split()
_WHOLE = """age_months term_months platform_months employees customer_count overdue_12m credit_inquiries_3m credit_inquiries_6m
    loan_matures_in_days patents new_hires_12m graduate_hires_12m owner_age""".split()
_EXACT = """amount_sought annual_revenue net_profit total_assets total_liabilities cash receivables inventory fixed_assets
    short_term_debt long_term_debt equity operating_cost monthly_inflow annual_tax_paid existing_loans monthly_debt_service
    export_revenue order_value platform_sales current_assets current_liabilities previous_revenue gross_profit
    operating_profit finance_cost purchase_amount taxable_income monthly_sales rd_spend invoiced_sales collateral_value
    max_rate monthly_inflow_cv largest_customer_share void_invoice_rate guaranteed_share owner_share""".split()
_CHOICE = "legal_form industry purpose tax_grade vat_taxpayer specialised_level platform".split()
_SEVERAL = ["collateral", "owner_group"]
_TEXT = ["firm_name", "uscc"]

_BATCH = 500


def _columns() -> list[sa.Column]:
    kinds = [
        (_FLAGS, sa.Boolean),
        (_WHOLE, sa.BigInteger),
        (_EXACT, lambda: sa.Numeric(asdecimal=False)),
        (_CHOICE, lambda: sa.String(length=40)),
        (["region"], lambda: sa.String(length=6)),
        (_SEVERAL, sa.Text),
        (_TEXT, sa.Text),
    ]
    return [sa.Column(name, kind(), nullable=True) for names, kind in kinds for name in names]


def upgrade() -> None:
    table = op.create_table(
        "portfolio",
        sa.Column("owner_id", sa.String(length=80), nullable=False),
        *_columns(),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name=op.f("fk_portfolio_owner_id_owners"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_portfolio")),
    )
    _fill(op.get_bind(), table)


def _fill(connection: sa.Connection, table: sa.Table) -> None:
    owners = sa.table("owners", sa.column("id"))
    facts = sa.table("facts", *(sa.column(name) for name in ("owner_id", "name", "retired_at")), sa.column("value", sa.JSON()))
    last = ""
    while owned := connection.scalars(sa.select(owners.c.id).where(owners.c.id > last).order_by(owners.c.id).limit(_BATCH)).all():
        firms = {owner: dict.fromkeys(table.c.keys()) | {"owner_id": owner} for owner in owned}
        current = sa.select(facts.c.owner_id, facts.c.name, facts.c.value).where(facts.c.owner_id.in_(owned), facts.c.retired_at.is_(None))
        for owner, name, raw in connection.execute(current):
            if name in firms[owner] and name != "owner_id":
                firms[owner][name] = _value(name, raw)
        connection.execute(sa.insert(table), list(firms.values()))
        last = owned[-1]


def _value(name: str, raw: object) -> object:
    """What the column of a fact holds; what does not suit it is not known."""
    if name in _FLAGS:
        return raw if isinstance(raw, bool) else None
    if name in _WHOLE or name in _EXACT:
        return _number(raw, whole=name in _WHOLE)
    if name in _SEVERAL:
        return f",{','.join(map(str, raw))}," if isinstance(raw, list) and raw else None
    if not isinstance(raw, str):
        return None
    if name == "region":
        return raw if len(raw) == 6 and raw.isascii() and raw.isdigit() else None
    if name in _CHOICE and len(raw) > 40:
        return None
    return raw.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _number(raw: object, whole: bool) -> object:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    number = Decimal(str(raw))
    if not number.is_finite() or abs(number) >= Decimal(10) ** 13 or (whole and number != int(number)):
        return None
    return int(number) if whole else number


def downgrade() -> None:
    op.drop_table("portfolio")
