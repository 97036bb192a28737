"""Official Chinese forms: the small firms' standard, the general one and the one before it."""

from __future__ import annotations

from tests.uploads.statements.books import Form, rows
from tests.uploads.statements.form_facts import BALANCE_FACTS, INCOME_FACTS

SMALL_BALANCE = Form(
    "small_balance",
    (
        rows("""
流动资产：
货币资金|cash|1
短期投资|a2|2
应收票据|a3|3
应收账款|receivables|4
预付账款|a5|5
应收股利|a6|6
应收利息|a7|7
其他应收款|a8|8
存货|inventory|9
  其中：原材料|m10|10
    在产品|m11|11
    库存商品|m12|12
    周转材料|m13|13
其他流动资产|a14|14
流动资产合计|current_assets|15
非流动资产：
长期债券投资|a16|16
长期股权投资|a17|17
固定资产原价|a18|18
减：累计折旧|a19|19
固定资产账面价值|fixed_assets|20
在建工程|a21|21
工程物资|a22|22
固定资产清理|a23|23
生产性生物资产|a24|24
无形资产|a25|25
开发支出|a26|26
长期待摊费用|a27|27
其他非流动资产|a28|28
非流动资产合计|a29|29
资产总计|total_assets|30
"""),
        rows("""
流动负债：
短期借款|short|31
应付票据|l32|32
应付账款|l33|33
预收账款|l34|34
应付职工薪酬|l35|35
应交税费|l36|36
应付利息|l37|37
应付利润|l38|38
其他应付款|l39|39
其他流动负债|l40|40
流动负债合计|current_liabilities|41
非流动负债：
长期借款|long|42
长期应付款|l43|43
递延收益|l44|44
其他非流动负债|l45|45
非流动负债合计|l46|46
负债合计|total_liabilities|47
所有者权益（或股东权益）：
实收资本（或股本）|e48|48
资本公积|e49|49
盈余公积|e50|50
未分配利润|e51|51
所有者权益（或股东权益）合计|equity|52
负债和所有者权益（或股东权益）总计|claims|53
"""),
    ),
    {
        "current_assets": ("cash", "a2", "a3", "receivables", "a5", "a6", "a7", "a8", "inventory", "a14"),
        "fixed_assets": ("a18", "-a19"),
        "a29": ("a16", "a17", "fixed_assets", "a21", "a22", "a23", "a24", "a25", "a26", "a27", "a28"),
        "total_assets": ("current_assets", "a29"),
        "current_liabilities": ("short", "l32", "l33", "l34", "l35", "l36", "l37", "l38", "l39", "l40"),
        "l46": ("long", "l43", "l44", "l45"),
        "total_liabilities": ("current_liabilities", "l46"),
        "equity": ("e48", "e49", "e50", "e51"),
        "claims": ("total_liabilities", "equity"),
    },
    BALANCE_FACTS,
    "e51",
)

GENERAL_BALANCE = Form(
    "general_balance",
    (
        rows("""
流动资产：
  货币资金|cash
  交易性金融资产|a2
  应收票据|a3
  应收账款|receivables
  应收款项融资|a4
  预付款项|a5
  其他应收款|a6
    其中：应收利息|m1
      应收股利|m2
  存货|inventory
  合同资产|a8
  一年内到期的非流动资产|a9
  其他流动资产|a10
流动资产合计|current_assets
非流动资产：
  债权投资|a11
  长期应收款|a12
  长期股权投资|a13
  投资性房地产|a14
  固定资产|fixed_assets
  在建工程|a16
  使用权资产|a17
  无形资产|a18
  商誉|a19
  长期待摊费用|a20
  递延所得税资产|a21
  其他非流动资产|a22
非流动资产合计|a23
资产总计|total_assets
"""),
        rows("""
流动负债：
  短期借款|short
  应付票据|l2
  应付账款|l3
  预收款项|l4
  合同负债|l5
  应付职工薪酬|l6
  应交税费|l7
  其他应付款|l8
  一年内到期的非流动负债|due
  其他流动负债|l10
流动负债合计|current_liabilities
非流动负债：
  长期借款|long
  应付债券|l12
  租赁负债|l13
  长期应付款|l14
  预计负债|l15
  递延收益|l16
  递延所得税负债|l17
非流动负债合计|l18
负债合计|total_liabilities
所有者权益（或股东权益）：
  实收资本（或股本）|e1
  资本公积|e2
  减：库存股|e3
  其他综合收益|e4
  盈余公积|e5
  未分配利润|e6
所有者权益（或股东权益）合计|equity
负债和所有者权益（或股东权益）总计|claims
"""),
    ),
    {
        "current_assets": ("cash", "a2", "a3", "receivables", "a4", "a5", "a6", "inventory", "a8", "a9", "a10"),
        "a23": ("a11", "a12", "a13", "a14", "fixed_assets", "a16", "a17", "a18", "a19", "a20", "a21", "a22"),
        "total_assets": ("current_assets", "a23"),
        "current_liabilities": ("short", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "due", "l10"),
        "l18": ("long", "l12", "l13", "l14", "l15", "l16", "l17"),
        "total_liabilities": ("current_liabilities", "l18"),
        "equity": ("e1", "e2", "-e3", "e4", "e5", "e6"),
        "claims": ("total_liabilities", "equity"),
    },
    BALANCE_FACTS,
    "e6",
)

OLD_BALANCE = Form(
    "old_balance",
    (
        rows("""
流动资产：
  货币资金|cash|1
  短期投资|a2|2
  应收票据|a3|3
  应收帐款|receivables|6
  其他应收款|a4|7
  预付帐款|a5|8
  存货|inventory|10
  待摊费用|a6|11
流动资产合计|current_assets|31
长期投资：
  长期股权投资|a7|32
  长期债权投资|a8|34
长期投资合计|a9|38
固定资产：
  固定资产原价|a10|39
    减：累计折旧|a11|40
  固定资产净值|a12|41
    减：固定资产减值准备|a13|42
  固定资产净额|fixed_assets|43
  工程物资|a14|44
  在建工程|a15|45
  固定资产清理|a16|46
固定资产合计|a17|50
无形资产及其他资产：
  无形资产|a18|51
  长期待摊费用|a19|52
无形资产及其他资产合计|a20|60
资产总计|total_assets|67
"""),
        rows("""
流动负债：
  短期借款|short|68
  应付票据|l2|69
  应付帐款|l3|70
  预收帐款|l4|71
  应付工资|l5|72
  应交税金|l6|75
  其他应付款|l7|81
流动负债合计|current_liabilities|100
长期负债：
  长期借款|long|101
  长期应付款|l9|103
长期负债合计|l10|110
负债合计|total_liabilities|114
所有者权益（或股东权益）：
  实收资本（或股本）|e1|115
  资本公积|e2|118
  盈余公积|e3|119
  未分配利润|e4|121
所有者权益（或股东权益）合计|equity|122
负债和所有者权益（或股东权益）总计|claims|135
"""),
    ),
    {
        "current_assets": ("cash", "a2", "a3", "receivables", "a4", "a5", "inventory", "a6"),
        "a9": ("a7", "a8"),
        "a12": ("a10", "-a11"),
        "fixed_assets": ("a12", "-a13"),
        "a17": ("fixed_assets", "a14", "a15", "a16"),
        "a20": ("a18", "a19"),
        "total_assets": ("current_assets", "a9", "a17", "a20"),
        "current_liabilities": ("short", "l2", "l3", "l4", "l5", "l6", "l7"),
        "l10": ("long", "l9"),
        "total_liabilities": ("current_liabilities", "l10"),
        "equity": ("e1", "e2", "e3", "e4"),
        "claims": ("total_liabilities", "equity"),
    },
    BALANCE_FACTS,
    "e4",
)

SMALL_INCOME = Form(
    "small_income",
    (
        rows("""
一、营业收入|revenue|1
减：营业成本|cost|2
税金及附加|i3|3
  其中：消费税|m4|4
    营业税|m5|5
    城市维护建设税|m6|6
    资源税|m7|7
    土地增值税|m8|8
    城镇土地使用税、房产税、车船税、印花税|m9|9
    教育费附加、矿产资源补偿费、排污费|m10|10
销售费用|i11|11
  其中：商品维修费|m12|12
    广告费和业务宣传费|m13|13
管理费用|i14|14
  其中：开办费|m15|15
    业务招待费|m16|16
    研究费用|rd|17
财务费用|finance|18
  其中：利息费用（收入以“-”号填列）|m19|19
加：投资收益（损失以“-”号填列）|i20|20
二、营业利润（亏损以“-”号填列）|operating|21
加：营业外收入|i22|22
  其中：政府补助|m23|23
减：营业外支出|i24|24
  其中：坏账损失|m25|25
    税收滞纳金|m29|29
三、利润总额（亏损总额以“-”号填列）|pretax|30
减：所得税费用|tax|31
四、净利润（净亏损以“-”号填列）|net|32
"""),
    ),
    {
        "operating": ("revenue", "-cost", "-i3", "-i11", "-i14", "-finance", "i20"),
        "pretax": ("operating", "i22", "-i24"),
        "net": ("pretax", "-tax"),
    },
    {**INCOME_FACTS, "rd_spend": "rd"},
)

GENERAL_INCOME = Form(
    "general_income",
    (
        rows("""
一、营业收入|revenue
  减：营业成本|cost
    税金及附加|i1
    销售费用|i2
    管理费用|i3
    研发费用|rd
    财务费用|finance
      其中：利息费用|m1
        利息收入|m2
  加：其他收益|i4
    投资收益（损失以“－”号填列）|i5
      其中：对联营企业和合营企业的投资收益|m3
    公允价值变动收益（损失以“－”号填列）|i6
    信用减值损失（损失以“－”号填列）|i7
    资产减值损失（损失以“－”号填列）|i8
    资产处置收益（损失以“－”号填列）|i9
二、营业利润（亏损以“－”号填列）|operating
  加：营业外收入|i10
  减：营业外支出|i11
三、利润总额（亏损总额以“－”号填列）|pretax
  减：所得税费用|tax
四、净利润（净亏损以“－”号填列）|net
"""),
    ),
    {
        "operating": ("revenue", "-cost", "-i1", "-i2", "-i3", "-rd", "-finance", "i4", "i5", "i6", "i7", "i8", "i9"),
        "pretax": ("operating", "i10", "-i11"),
        "net": ("pretax", "-tax"),
    },
    {**INCOME_FACTS, "rd_spend": "rd"},
)

OLD_INCOME = Form(
    "old_income",
    (
        rows("""
一、主营业务收入|main|1
减：主营业务成本|cost|4
主营业务税金及附加|i1|5
二、主营业务利润（亏损以“-”号填列）|i2|10
加：其他业务利润（亏损以“-”号填列）|i3|11
减：营业费用|i4|14
管理费用|i5|15
财务费用|finance|16
三、营业利润（亏损以“-”号填列）|operating|18
加：投资收益（损失以“-”号填列）|i6|19
补贴收入|i7|22
营业外收入|i8|23
减：营业外支出|i9|25
四、利润总额（亏损总额以“-”号填列）|pretax|27
减：所得税|tax|28
五、净利润（净亏损以“-”号填列）|net|30
"""),
    ),
    {
        "i2": ("main", "-cost", "-i1"),
        "operating": ("i2", "i3", "-i4", "-i5", "-finance"),
        "pretax": ("operating", "i6", "i7", "i8", "-i9"),
        "net": ("pretax", "-tax"),
    },
    {**INCOME_FACTS, "annual_revenue": "main", "gross_profit": "main-cost"},
)
