"""Movements of money as a list states them: their day, amount, balance, other side and words, before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Period
from nlu.uploads.flows.cells import amount, blank, text, unreadable
from nlu.uploads.flows.dates import days
from nlu.uploads.flows.pages import gathered
from nlu.uploads.flows.table import Row, Table, Vocabulary
from nlu.uploads.grid import At

#: Roles of a ledger's columns. The day of the transaction comes before that of the entry.
LEDGER = Vocabulary(
    {
        "ignore": r"期初余额 可用余额 冻结金额 手续费 服务费 费率 卡末四位 .*(?:地区|国家).* 交易币种余额",
        "day": r"交易日期 交易日 交易时间 交易发生日期? 发生日期? 发生时间 业务日期 记账日期? 记帐日期? 入账日期? 记账时间 过账日期 交易创建时间 创建时间 付款时间"
        r" 日期时间 日期 时间 起息日期? 凭证日期 会计日期"
        r" transaction_date trans(?:action)?_date txn_date trade_date date date_?(?:&|and)?_?time post(?:ing|ed)?_date posting booking_date entry_date value_date time transaction_time",
        "income": r"记账金额收入 (?:本期|本币)?收入(?:金额|发生额|元)? 交易金额收入 (?:本期)?存入(?:金额|额)? 转入(?:金额)? 收款金额 收方(?:发生额|金额)? .{0,6}贷方(?:发生额|金额|发生金额)? 贷方?"
        r" 进账(?:金额)? 入账金额 贷记(?:金额)?"
        r" deposits? deposits?_amount deposits?_credits? credits? credits?_amount amount_credited paid_in money_in credit_amt deposit_amt in inflow received receipts? cash_in additions",
        "expense": r"记账金额支出 (?:本期|本币)?支出(?:金额|发生额|元)? 交易金额支出 支取(?:金额|额)? 转出(?:金额)? 付款金额 付方(?:发生额|金额)? .{0,6}借方(?:发生额|金额|发生金额)? 借方?"
        r" 出账(?:金额)? 借记(?:金额)?"
        r" withdrawals? withdrawals?_amount withdrawals?_debits? debits? debits?_amount amount_debited paid_out money_out debit_amt withdrawal_amt out outflow payments? cash_out subtractions",
        "flag": r"收支 收支其他 收支类型 收支标志 收支方向 收付标志 收付方向 收付 借贷 借贷标志 借贷标识 借贷方向 借贷标记 借贷类型 方向 交易方向 来往账标志 往来标志 来账往账 资金流向 资金方向"
        r" dr_cr cr_dr debit_credit credit_debit dc direction",
        "kind": r"交易类型 类型 业务类型 type transaction_type trans_type txn_type trade_type",
        "balance": r"余额 账户余额 帐户余额 卡?余额 联机余额 交易后余额 本次余额 当前余额 结余 结存 账面余额 存款余额 本笔余额 交易余额 balance running_balance account_balance closing_balance ledger_balance balance_amount",
        "amount": r"交易金额 金额 发生额 交易额 实付金额 实收金额 入账金额 记账金额 结算金额 订单金额 收支金额 (?:本次)?发生金额 amount transaction_amount trans_amount txn_amount net_amount amt",
        "party": r"对方户名 对方账户名称? 对方帐户名称? 对方账号户名 对方名称 对手信息 对手户名 对手名称 对手方名称? 交易对方 交易对手 交易对手名称 交易对方名称 对方单位(?:名称)? 对方姓名 对方 对方单位户名"
        r" 收付款方名称? 往来单位 商户名称 对方客户名称 交易对方户名 对方户名账号 收付方名称 相对方 对方信息 对方账户名称?户名"
        r" counterparty(?:_name)? partner(?:_name)? payee payer beneficiary(?:_name)? opposite_account_name counterpart(?:y)?_account_name name",
        "payer": r"付款人名称? 付款方名称? 付款人户名 付款方户名 payer_s_name payer_name",
        "payee": r"收款人名称? 收款方名称? 收款人户名 收款方户名 payee_s_name payee_name",
        "order": r"商家订单号 商户单号 商户订单号 merchant_order_id",
        "own_account": r"本方账号 本方账户 查询账号 我方账号 交易账号 own_account",
        "own_name": r"本方户名 本方名称 账户名称 户名 本方账户名称? account_name",
        "other_account": r"对方账号 对方账户 对方帐号 对方卡号账号 对方卡号 交易对手账号 bank_account counterparty_account.* account_number",
        "number": r"交易流水号?码? 流水号 交易单号 交易订单号 交易号 业务流水号 账务流水号 序号 凭证号码? 传票号 核心流水号 记账流水号 交易序号 日志号 transaction_(?:id|no|number) reference_(?:no|number) id",
        "status": r"交易状态 当前状态 状态 资金状态 status state",
        "refunded": r"成功退款 退款金额 已退款金额? refund_amount",
        "pay_by": r"收付款方式 支付方式 付款方式 交易方式 payment_method",
        "currency": r"币种 币别 货币 交易货币 交易币种 记账币种 结算币种 currency ccy",
        "account_title": r"科目 科目名称 科目编码 科目代码 会计科目 对方科目 account_code gl_account",
        "words": r"摘要 交易摘要 用途 交易用途 附言 交易附言 备注 说明 交易说明 商品说明 商品 商品名称 订单标题 交易名称 交易详情 交易描述 交易分类 客户摘要 个性化信息 摘要信息 摘要附言 交易场所 交易地点 渠道 业务摘要"
        r" description transaction_description details transaction_details particulars narrative narration memo label reference remarks? purpose note notes transaction payment_details category",
    }
)

_IN = frozenset("收入 收 收款 贷 贷方 转入 存入 入账 来账 进账 进 入 credit cr c in deposit income received + 贷记".split())
_OUT = frozenset("支出 支 付 付款 借 借方 转出 支取 出账 往账 出 debit dr d out withdrawal expense payment sent - 借记".split())
#: Words of a bank's books, which say the opposite in the firm's own books.
_SIDES = frozenset("借 贷 借方 贷方 借记 贷记 credit cr c debit dr d".split())
_TOTAL = re.compile(
    r"(?:人民币|本页|收入|支出)?(?:合计|总计|小计|总额|累计|共计)|(?:本月|本年|本期|本日|本季|当月|当日)(?:合计|累计|小计)|.{0,12}合计:?$"
    r"|(?:sub|grand|page)[ -]?totals?\b|totals?(?: (?:credits?|debits?|deposits?|withdrawals?|amount|payments?|receipts?|in|out))?:?$",
    re.IGNORECASE,
)
_BOOK_TOTAL = re.compile(r"(?:本月|本年|本期|本日|本季|当月|当日)(?:合计|累计|小计)")
_FIGURE_OR_MASK = re.compile(r"\d|[xX*#?]{2,}")
_NOTED = re.compile(r"(.*\d) ?\((.*退款.*)\)")
_ALL_BACK = re.compile(r"全额退款|fully refunded")
_BACK = re.compile(r"已退款 ?\(?([¥$]?[\d.,]+)")
_OPENING = re.compile(
    r"期初|上期|承前|承上|上页|前页|年初|结转|opening|b(?:rought)?[ /]?f(?:orward|wd)?\b|carried forward|previous balance|starting balance|balance b/f",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """One row of a ledger as it stands. `flag` is +1 in, -1 out, 0 neutral, None when the list has no such column."""

    table: Table
    row: Row
    day: date | None
    income: Decimal | None
    expense: Decimal | None
    amount: Decimal | None
    flag: int | None
    balance: Decimal | None
    party: str
    words: str
    #: What of the amount was paid back, as the row itself says.
    refunded: Decimal = Decimal(0)
    #: The role of a cell that should hold an amount and cannot be read.
    spoilt: str | None = None

    @property
    def moved(self) -> bool:
        return any(value is not None for value in (self.income, self.expense, self.amount))

    def at(self, role: str) -> At:
        return self.table.at(self.row, role)

    @property
    def place(self) -> At:
        """Where its amount stands."""
        role = "amount" if self.amount is not None and self.income is None else "income" if self.income else "expense"
        return self.at(role if self.table.has(role) else "day")


@dataclass(frozen=True)
class Ledger:
    """Every movement of a file in the file's order, and the rows that are totals or remarks."""

    raws: tuple[Raw, ...]
    totals: tuple[Raw, ...]
    openings: tuple[Raw, ...]
    remarks: tuple[tuple[Table, int], ...]
    ambiguous_days: bool
    #: +1/-1 are named as sides of a bank's books, not as income and expense.
    sided: bool


def _flag(table: Table, row: Row, role: str | None) -> int | None:
    if role is None:
        return None
    words = table.text(row, role).lower()
    return 1 if words in _IN else -1 if words in _OUT else 0


def flag_role(table: Table) -> str | None:
    """The column that says in or out: by its name, or a column of types that all say one of the two."""
    if table.has("flag"):
        return "flag"
    if table.has("kind") and not table.has("income", "expense"):
        said = [table.text(row, "kind").lower() for row in table.rows]
        known = [word for word in said if word]
        if known and sum(word in _IN or word in _OUT for word in known) >= 0.9 * len(known):
            return "kind"
    return None


def ledger(lists: Sequence[Table], period: Period | None) -> Ledger:
    """The movements of these lists."""
    raws: list[Raw] = []
    totals: list[Raw] = []
    openings: list[Raw] = []
    remarks: list[tuple[Table, int]] = []
    ambiguous = sided = False
    for table in map(gathered, lists):
        around = (period.first, period.last) if period else None
        read = days([table.cell(row, "day") for row in table.rows], around)
        ambiguous |= read.ambiguous
        role = flag_role(table)
        sided |= _is_sided(table, role)
        last: date | None = None
        for row, when in zip(table.rows, read.days, strict=True):
            raw = _raw(table, row, when, role)
            words = [text(cell) for cell in row.cells if isinstance(cell, str)]
            if raw.balance is not None and not (raw.income or raw.expense or raw.amount) and any(map(_OPENING.search, words)):
                openings.append(raw)
            elif any(map(_TOTAL.match, words)) and (when is None or any(map(_BOOK_TOTAL.match, words))):
                totals.append(raw)
                remarks.append((table, row.index))
            elif _is_page_number(table, row):
                remarks.append((table, row.index))
            elif raw.moved or (when and (raw.spoilt or raw.balance is not None)):
                # Some banks write the day once and leave it out for what follows on that day.
                raws.append(replace(raw, day=last) if when is None and blank(table.cell(row, "day")) else raw)
            elif when is None:
                remarks.append((table, row.index))
            last = when or last
    return Ledger(tuple(raws), tuple(totals), tuple(openings), tuple(remarks), ambiguous, sided)


def _is_sided(table: Table, role: str | None) -> bool:
    if role is not None:
        said = {table.text(row, role).lower() for row in table.rows} - {""}
        return bool(said & _SIDES)
    return re.search(r"借|贷|debit|credit", f"{table.name('income')} {table.name('expense')}", re.IGNORECASE) is not None


def _raw(table: Table, row: Row, when: date | None, role: str | None) -> Raw:
    income, expense = (amount(table.cell(row, name)) for name in ("income", "expense"))
    value, refunded = _with_refund(table, row)
    spoilt = next((name for name in ("income", "expense", "amount", "balance") if _spoils(table, row, name)), None)
    two = table.has("income", "expense")
    words = f"{table.words(row, 'words')} {table.words(row, 'kind')}".strip()
    return Raw(
        table, row, when, income, expense, None if two else value, _flag(table, row, role), amount(table.cell(row, "balance")),
        _party(table, row, value, income), words, refunded, None if spoilt == "amount" and value is not None else spoilt,
    )  # fmt: skip


def _with_refund(table: Table, row: Row) -> tuple[Decimal | None, Decimal]:
    """A row's amount, and what was paid back of it: by a remark in the amount, by the status or by a column of its own."""
    cell = table.cell(row, "amount")
    match = _NOTED.fullmatch(text(cell)) if isinstance(cell, str) else None
    value = amount(match[1]) if match else amount(cell)
    if value is None:
        return None, Decimal(0)
    for words in (match[2] if match else "", table.text(row, "status")):
        if _ALL_BACK.search(words):
            return value, value
        back = _BACK.search(words)
        if back and (part := amount(back[1])) is not None:
            return value, part
    return value, abs(amount(table.cell(row, "refunded")) or Decimal(0))


def _spoils(table: Table, row: Row, role: str) -> bool:
    cell = table.cell(row, role)
    return unreadable(cell) and _FIGURE_OR_MASK.search(text(cell)) is not None


def _is_page_number(table: Table, row: Row) -> bool:
    said = [text(cell) for cell in row.cells if not blank(cell)]
    return bool(table.grid.boxes) and len(said) == 1 and said[0].isdigit()


def _party(table: Table, row: Row, value: Decimal | None, income: Decimal | None) -> str:
    if table.has("payer", "payee"):
        came = bool(income) or (value is not None and value > 0)
        return table.text(row, "payer" if came else "payee")
    return table.text(row, "party")
