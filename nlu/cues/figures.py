"""Words that name the fact a figure fills.

Order does not matter; where two cues overlap the longer one stands, so 营业利润 hides 利润 and 每月还 hides 还.
An empty fact name marks words whose figure is no fact of the vocabulary (rent, wages, registered capital).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nlu.patterns import Pattern

MONEY, RATE, MONTHS, COUNT, YEAR = "money", "rate", "duration", "count", "year"


@dataclass(frozen=True)
class Cue:
    """Words that name a fact: the kinds of figure they take, the units they count, and the period they need."""

    fact: str
    words: Pattern
    kinds: tuple[str, ...] = (MONEY,)
    #: units of a count that fit; empty for any
    units: tuple[str, ...] = ()
    #: periods the figure may have; None stands for no period said
    periods: tuple[str | None, ...] = field(default=(None, "year", "month", "day", "quarter"))
    #: -1 where the words mean a loss
    sign: int = 1


def _cue(fact: str, words: str, kind: str = MONEY, units: str = "", periods: tuple[str | None, ...] | None = None, sign: int = 1) -> Cue:
    kinds = (MONTHS, YEAR) if kind == "age" else (kind,)
    given = periods if periods is not None else (None, "year", "month", "day", "quarter")
    return Cue(fact, Pattern(words), kinds, tuple(units.split()), given, sign)


_YEARLY = (None, "year")
#: The same words speak of a year or of a month; nlu.mentions moves the figure by its period.
CUES: tuple[Cue, ...] = (
    _cue(
        "annual_revenue",
        r"营业收入|营业总收入|营业额|营收|销售额|销售收入|销售|销量|生意额|年销|产值|年营业|年营收|年收入|年入(?!职)|总收入|收入|卖了?(?:出)?(?!得)|做到|做了?(?=[\d一二两三四五六七八九十百近快大差约])|能做|年做|(?:涨|升|降|跌|增长?|增加)(?:到|至|成)了?|一年做|一年下来|营业(?=[\d一二两三四五六七八九十])|业绩"
        r"|\brevenues?\b|\bturn(?:s|ed|ing)? ?over\b|\bsales\b|\bsells?\b|\bsold\b|\btakings\b|\bgross(?:es|ed)\b|\bbring(?:s|ing)? in\b|\bbrought in\b|\bincome\b|\b(?:revenue|sales|turnover|income|takings)\b[^.;\d]{0,24}\bfrom\b|\b(?:fell|dropped|rose|grew|went|increased|declined)\b[^.;]{0,30}\bto\b|\bpull(?:s|ed|ing)? in\b|\btake in\b|\btook in\b|\bmake(?=s? (?:about |around |roughly |some |nearly |over |almost |maybe |like |approx\w* )?(?:rmb ?|¥ ?|cny )?[\w.,]+ ?(?:k|m|w|million|thousand|mil|grand|yuan|rmb|wan)?(?: (?:yuan|rmb))? ?(?:a|per|each|every) (?:year|month)|s? (?:about |around |roughly )?(?:¥|rmb ?)?[\w.,]+ ?(?:k|m|million|thousand|mil)? (?:in|of) (?:revenue|sales))",
    ),
    _cue(
        "previous_revenue",
        r"(?:前年|上上年|大前年)[^，。,;；\d]{0,8}(?:营业额|营收|销售额?|收入|卖了?|做了?|流水)?|上年(?:营业收入|营收|营业额|销售额)|(?:revenue|sales|turnover) (?:the year before(?: last)?|two years ago)|the year before(?: that| last)?",
        periods=_YEARLY,
    ),
    _cue(
        "net_profit",
        r"净利润?|纯利润?|利润(?!率)|净赚|纯赚|(?<!少)赚(?!钱的|不)|盈利|盈余|挣|落(?:下|手|袋)|\bnet profits?\b|\bprofits?\b|\bnet(?:s|ted|ting)?\b(?! assets)|\bnet income\b|\bearn(?:s|ed|ings)?\b|\bbottom line\b|\btake[- ]home\b|\bclear(?:s|ed)?\b",
        periods=_YEARLY,
    ),
    _cue(
        "net_profit",
        r"净?亏损?(?:额|掉)?了?|赔了?(?!偿)|倒贴|\b(?:net )?loss(?:es)?\b(?: of)?|\blost\b|\bin the red\b(?: by)?",
        periods=_YEARLY,
        sign=-1,
    ),
    _cue("gross_profit", r"毛利润?(?!率)|\bgross profits?\b", periods=_YEARLY),
    _cue("operating_profit", r"营业利润|\boperating profits?\b", periods=_YEARLY),
    _cue("operating_cost", r"营业成本|\b(?:operating costs?|cost of (?:sales|goods sold))\b", periods=_YEARLY),
    _cue("finance_cost", r"财务费用|\bfinance costs?\b", periods=_YEARLY),
    _cue(
        "export_revenue",
        r"出口(?:额|收入|销售额?|部分|业务|这块)?|外贸(?:额|收入|这块)?|外销|\bexport(?:s|ed)?(?: revenue| sales| income)?\b|\boverseas sales\b",
        periods=_YEARLY,
    ),
    _cue("taxable_income", r"应纳税所得额?|\btaxable income\b", periods=_YEARLY),
    _cue(
        "annual_tax_paid",
        r"(?:年)?纳税额?|交了?的?税|缴了?的?税|纳了?税|交税|缴税|税(?:交|缴)了?|(?<![欠报退免漏逃补含])税(?!务|率|号|局|前|后|单|贷|点|控)(?:额|金|款)?|\btax(?:es)?(?: paid| bill)?\b(?! grade| credit| arrears| rating)",
        periods=_YEARLY,
    ),
    _cue(
        "invoiced_sales",
        r"开了?(?:的)?(?:发)?票(?:额|金额)?|开票(?:额|金额|收入|量)?|(?:销项|开具)发票|\binvoiced?(?: sales)?\b",
        periods=_YEARLY,
    ),
    _cue("purchase_amount", r"进项(?:票|金额|发票)?|年采购额?|采购额", periods=_YEARLY),
    _cue(
        "rd_spend",
        r"研发(?:投入|费用|支出|经费|花了?|上花了?|费|上投了?)?|\br ?& ?d\b(?: spend(?:ing)?)?|\bresearch(?: and development)?(?: spend(?:ing)?)?\b",
        periods=_YEARLY,
    ),
    _cue(
        "platform_sales",
        r"(?:网店|淘宝店?|天猫店?|京东店?|拼多多|抖音|快手|美团|饿了么|线上|平台|亚马逊|电商)(?:上|店|那边|这块|每?年|一年|去年|近一年|今年|最近十二个月|大概|差不多|能|总共){0,4}(?:的)?(?:销售额?|卖了?|营业额|流水|成交额?|gmv|做了?|出货)"
        r"|\b(?:online|platform|shop|store|taobao|tmall|jd|pinduoduo|douyin|amazon|meituan)(?: shop| store)? (?:sales|turnover|revenue|sold|sells)\b|\bgmv\b",
        periods=_YEARLY,
    ),
    _cue(
        "monthly_sales",
        r"月(?:均)?(?:营业额|营收|营业收入|销售额?|销量|销|入|收入|产值)|\bmonthly (?:sales|revenue|turnover|income)\b",
        periods=(None, "month"),
    ),
    _cue(
        "monthly_inflow",
        r"(?:月均?|银行|对公|收款码?|微信|支付宝|账户|公账|私账|扫码)?(?:的)?流水|进账|入账|收款|到账(?!要|需|时间|快)|\bin-?flows?\b|\bmoney in\b|\bcom(?:es|ing|e) in(?:to)?\b|\bcash-?flow\b|\bdeposits? (?:per|each|a) month\b|\breceipts\b|\bthrough (?:the|our|my) (?:bank )?accounts?\b|\bbank flow\b",
    ),
    _cue(
        "amount_sought",
        r"想借|要借|想要|要贷|想贷|贷个|借个|(?<!没)借(?!据|条|记|贷|出|给|款人|了)|贷款?(?!余额|的?利率|利息|平台|公司|产品|还|过|了|卡)|申请|融资?|融到?|缺(?!少)(?:口)?|差(?!不多|点|别|额|旅)|需要|需求|(?:急|还|只|总共|共|大概|约)需|需(?=[\d一二三四五六七八九十两])|要(?!求|是|不|交|还|看|办|什么|多|怎|有|先|等|给|花|收|开|满|在|用|去|到|么)(?:个|贷|借)?|急用|用款|资金需求|资金缺口|筹|周转(?:用)?|额度|批|报(?:上去|个|给)?|按(?=[\d一二两三四五六七八九十]{1,4}万[^，。]{0,4}报)"
        r"|\bborrow(?:ing)?\b|\bneeds?\b|\bneeding\b|\blooking for\b|\blook to (?:get|borrow)\b|\blooking to (?:get|borrow|raise)\b|\bwants?\b|\bseek(?:ing)?\b|\bloan (?:of|for)\b|\bapply(?:ing)? for\b|\braise\b|\bshort (?:of|by)?\b|\bafter\b(?= (?:about |around |roughly )?(?:¥|rmb|\d))|\brequire\b|\bcould use\b|\bfinanc(?:e|ing)\b|\bfunding\b|\bget\b(?= (?:about |around |a |roughly )?(?:¥|rmb|\d))|\bloan\b|\bcredit (?:line|facility) of\b",
    ),
    _cue(
        "existing_loans",
        r"(?:还|目前|现在|现有|已经?|之前|名下|手上|手里|身上|银行|公司|我们?|原来|存量|存续|未还|没还清?的?|剩余?|剩下的?)[^，。,;；\d想要需申借能可打急再]{0,6}?(?:有|欠着?|的)?[^，。,;；\d想要需申借能可打急再]{0,3}?(?:贷款|借款|欠款|房贷|车贷|经营贷|信用贷|网贷|抵押贷)(?:余额|本金)?(?:没还清?|未还)?"
        r"|[老旧原]贷款?|上一?笔贷款?|贷款余额|贷款(?:还)?(?:剩|欠|没还)|贷款还?有|欠(?!税|条|我|咱|缴|信用社的钱|着)(?:了|银行|款|债)*|欠着(?!我|咱)|还欠|外债|没还(?:清|完)?(?:的)?|未还|尚欠|贷了|借了|贷过|背着|房贷|车贷|剩余本金|存量贷款|待还|信用卡(?:欠|还?有|账单)"
        r"|\bowe[sd]?\b|\bowing\b|\boutstanding\b|\bexisting (?:loans?|debts?)\b|\bcurrent (?:loans?|debts?)\b|\b(?:have|has|got|already have) (?:an? |some )?(?:\w+ )?(?:loans?|debts?|mortgage)\b(?: of| for)?|\bbank (?:loan|debt)s?\b|\bloans? (?:outstanding|balance)\b|\bborrowed\b|\bin debt\b|\bmortgage (?:of|balance)\b|\b(?:remaining|unpaid) (?:loan|balance|debt)\b|\bleft (?:on|to pay)\b|\bmy(?= (?:¥|rmb ?)?[\w.,]+ ?(?:k|m|thousand|million)? (?:bank )?loan\b)|\bloan (?:ends|expires|matures|is due)\b",
    ),
    _cue(
        "monthly_debt_service",
        r"(?:每个?月|一个月|月)[^，。,;；\d]{0,6}?(?:还款?|还贷|还银行|还|供)(?:贷款?|款|银行|本息|月供|房贷|车贷|大概|总共|一共|要|得)*|月供|月还款?|月付(?!不)|还款(?:额)?(?=每|一个月|月)|每期还|\b(?:repay(?:ing|ments?)?|pay(?:ing|ments?)? ?(?:back|off)?)(?: (?:is|are|of|the|our|my|on|loans?|bank|about|around))*(?= (?:about |around |roughly )?(?:¥|rmb ?|cny )?[\w.,]+ ?(?:k|grand|thousand|yuan|rmb)? ?(?:yuan |rmb )?(?:a|per|each|every|/) ?month|(?: (?:is|are|of|loans?))* (?:about |around )?(?:¥|rmb ?|cny )?[\d.,]+ ?(?:k|grand|thousand|yuan|rmb)? ?(?:yuan |rmb )?monthly)|\bmonthly (?:loan )?(?:re)?payments?\b|\bmonthly instal?lments?\b|\bpay(?:ing)? (?:back )?monthly\b|\bdebt service\b",
        periods=(None, "month"),
    ),
    _cue(
        "order_value",
        r"(?:在手|手里的?|手上的?|未交货的?|接了?的?|有|新)?订单(?:额|金额|总额|价值|合同)?|接了?(?:一?[个笔张])?(?:大?单子?)?|[单大]单子?|单子|\borders?(?: in hand| on hand| book| worth| backlog)*\b|\bpurchase orders?\b",
    ),
    _cue(
        "receivables",
        r"应收(?:账款|款|的)?|(?:客户|别人|人家|甲方|下游|对方|买家|工地|总包|开发商|他们|经销商|超市|商场)[^，。,;；\d]{0,5}(?:欠着?|拖欠|没[付给结]|压着?|未[付结])(?:我们?|咱们?|着|了|的)*(?:货款|钱|款|工程款|账)?|(?:货款|工程款|账款|尾款|回款|钱)[^，。,;；\d]{0,3}(?:没收回?来?|收不回来?|没着落|要不回来?|没回来?|没结|未收|没到|压着|在外面)|货款(?=[^，。]{1,12}(?:没着落|没给|没结|没收|没到|要不回|收不回))|没着落|外面(?:还)?(?:有|欠|压)[^，。,;；\d]{0,5}|被[^，。,;；\d]{0,4}(?:拖欠|欠)(?:着|了)?|没收回来的?|欠(?:着)?(?:我们?|咱们?|俺)(?:的|货款|钱|着)*"
        r"|\breceivables?\b|\bowed to (?:us|me)\b|\b(?:customers?|clients?|buyers?|they|he|hospital|hotels?)(?: \w+)? owes?(?: us| me)?\b|\bowes? (?:us|me)\b|\bunpaid invoices\b|\buncollected\b|\b(?:are|is) owed\b|\bwe're owed\b",
    ),
    _cue(
        "inventory",
        r"存货|库存|压[的了着]?[^，。,;；\d]{0,4}货|(?:仓库|库房)里?压了?|压[了着](?=[^，。,;；]{1,12}货)|囤了?(?:的)?[^，。,;；\d]{0,4}货?|仓库里[^，。,;；\d]{0,6}(?:货)?|手里(?:的|还有)?货|\binventory\b|(?<!to )(?<!buy )(?<!in )(?<!for )\bstock\b(?! up)(?: worth| of)?|\bin the warehouse\b|\bgoods in stock\b",
    ),
    _cue(
        "collateral_value",
        r"(?:房子?|房产|住房|商铺|厂房|别墅|门面|店面|写字楼|公寓|铺面|抵押物|地皮|土地|房屋|住宅)[^，。,;；\d]{0,10}?(?:值|价值|估值|评估价?|估价|市价|市值)(?:是|大概|差不多|了)*|抵押物(?:价值)?|评估(?:价|值|了)?|(?<=套)房子?(?=[^，。,;；\d]{0,3}\d)|(?<![估价市升贬])值(?=[\d一二三四五六七八九十两百大差约快])|\bworth\b|\b(?:house|home|property|flat|apartment|building|collateral|premises|shop unit|land|real estate|workshop)\b[^,.;\d]{0,24}?\b(?:worth|valued at|value)\b|\bappraised at\b|\bvalued at\b|\bworth\b(?=[^.;\d]{0,12}\d[^.;]{0,30}\b(?:collateral|mortgage|pledge|security))",
    ),
    _cue(
        "total_assets",
        r"总资产|资产总(?:额|计)|(?<!净)(?<!流动)(?<!固定)资产(?!负债|证明|评估)(?:一共|合计|加起来)?|全部家当|\bbalance sheet total\b|\btotal assets?\b|(?<!current )(?<!fixed )(?<!net )\bassets\b",
    ),
    _cue(
        "total_liabilities",
        r"总负债|全部欠款|一共欠|负债(?:总额|合计)?(?!率)|\b(?:total )?liabilities\b|\btotal debts?\b|\bdebts\b(?= (?:of |about )?[\d¥])",
    ),
    _cue("current_assets", r"流动资产|\bcurrent assets\b"),
    _cue("current_liabilities", r"流动负债|\bcurrent liabilities\b"),
    _cue("fixed_assets", r"固定资产|\bfixed assets\b"),
    _cue(
        "cash",
        r"货币资金|账上(?:的|还有|现有|有)?(?:现金|钱)?|账面现金|现金(?!流)(?:余额)?|(?:手[上里头]|手边)(?:的|还|就|只|也)*(?:有|剩|活钱|现金|现钱|余钱)+|\bcash (?:in (?:the )?bank|on hand|balance)\b|\bin cash\b|(?<!in )\bcash\b(?! ?flow)",
    ),
    _cue("short_term_debt", r"短期借款|短期贷款|短贷|\bshort-term (?:debts?|loans?|borrowings?)\b"),
    _cue("long_term_debt", r"长期借款|长期贷款|长贷|\blong-term (?:debts?|loans?|borrowings?)\b"),
    _cue("equity", r"所有者权益|净资产|\b(?:owner'?s'? )?equity\b|\bnet assets\b"),
    _cue(
        "",
        r"房租|租金|租约|工资|月薪|薪水|底薪|注册资[本金]|实缴|认缴|押金|保证金|手续费|服务费|中介费|定金|订金|罚款?|违约金|单价|客单价|均价|加盟费|转让费|水电费?|物业费|广告费|推广费|首付|补贴|奖励|补助|赔偿|保额|投了|投入|投资|花了|装修花|成本(?!价)|买[了的]|验资款?|前期费用?|解冻|先交|先付|转账|\brents?\b|\bwages? (?:bill|cost)?|\bsalar(?:y|ies)\b|\bpayroll (?:is|costs?)\b|\bregistered capital\b|\bfees?\b|\bfines?\b|\bprice\b|\bsubsid(?:y|ies)\b|\bgrants?\b|\bcosts?\b|\binvested\b|\bspent\b|\bdeposit of\b|\bpaid for\b",
    ),
    # ---- rates
    _cue(
        "max_rate",
        r"(?:利率|利息|年化|年息|月息|息|成本|利)[^，。,;；]{0,10}?(?:不超过|不能超过|别超过|不要超过|不高于|别高于|不能高于|以内|以下|最多|最高|顶多|低于|能接受|可以接受|底线|承受|控制在|上限|不过|小于|封顶)|(?:不超过|不高于|最多|最高|接受|能接受|可以接受|顶多|低于|承受)[^，。,;；\d]{0,8}(?:利率|利息|年化|年息|月息|的利)?|是我的底线|再高(?:就)?不"
        r"|\b(?:interest|rates?|apr)\b[^,.;\d]{0,24}\b(?:up to|at most|max(?:imum)?|below|under|no more than|not more than|less than|no higher than|within|not exceed(?:ing)?|cap(?:ped)?(?: at)?)|\b(?:up to|at most|not more than|no more than|max(?:imum)?(?: of)?|below|under|no more than|no higher than|less than|not (?:over|above)|accept)\b|\bhighest rate\b",
        RATE,
    ),
    _cue(
        "owner_share",
        r"(?:我|本人|自己|老板|个人|法人)[^，。,;；\d]{0,4}占(?:股|有)?|(?:占股|持股|股份|股权|控股)(?:比例)?(?:是|占|有)?|大股东|\bmy (?:share|stake)\b|\bi (?:own|hold|have)\b|\bown(?:s|ing|er'?s? share)?\b|\bstake\b|\bshareholding\b",
        RATE,
    ),
    _cue(
        "largest_customer_share",
        r"最大(?:的)?(?:一?[个家])?(?:客户)?[^，。,;；\d]{0,6}占?|占(?:了|我们?的?|全部|总)*(?:销售|营收|营业额|收入|出货|业务|生意|订单)[^，。,;；\d]{0,4}|第一大客户[^，。,;；\d]{0,6}|(?:biggest|largest|main|top) (?:customer|client|buyer)",
        RATE,
    ),
    _cue("void_invoice_rate", r"作废(?:发票|率|的发票)?(?:[^，。,;；\d]{0,4}占)?|void(?:ed)? invoices?", RATE),
    _cue("guaranteed_share", r"担保比例|(?:担保|guarantee)[^，。,;；\d]{0,4}(?:比例|share)", RATE),
    _cue(
        "",
        r"毛利率?|利润率?|净利率?|首付|增长|涨了?|下降|折扣|税率|税点|负债率|提成|占|返点|手续费|服务费|margins?|growth|grew|increase[ds]?|discount|commission|tax rate|vat",
        RATE,
    ),
    # ---- spans of time
    _cue(
        "term_months",
        r"期限|借(?:期|款期限)?|贷(?:款)?(?!了)|用(?!了)|分(?!店|公司|期乐)|还(?:清|完|款)?(?!没|不|有|能|要多|是)|周期|短期|长期|打算用|最好|\bterm\b(?: of)?|\bover\b|\bfor\b|\brepay(?:able|ment)?\b|\bpay (?:it )?(?:back|off)\b|\btenor\b|\bwithin\b|\bspread\b|\bborrow\b|\binstal?lments?\b",
        MONTHS,
    ),
    _cue(
        "age_months",
        r"开(?!票|具|支)(?:了|业|店|厂|公司|张|办|始|的|起)*|干(?!货|洗)了?(?:这行)?|做(?!了?(?:抵押|担保))(?:了|这行|这个|生意)*|经营(?!范围)(?:了|满|时间)*|成立(?:了|于)?|营业(?!额|收入|利润)(?:了|执照)*|办(?:了|起|厂)*(?!贷)|注册(?!资)(?:了|于)?|执照(?:下来|办了?|拿了?|满|是|办下来)*|创办|创业|创立|成为|搞了|入行|年头|老店|干这|店龄|运营了?"
        r"|\b(?:been|in) (?:open|running|operating|trading|in business|around|going)\b|\bin business\b|\bopen(?:ed)?\b|\bfounded\b|\bstarted?\b|\bestablished\b|\bregistered\b|\bset up\b|\brunning\b|\boperat(?:ing|ed)\b|\btrading\b|\bincorporated\b|\bsince\b|\blaunched\b|\b(?:company|business|shop|firm|factory|restaurant|store) is\b|\blicen[cs]e\b|\bbeen (?:doing|making|selling|at) \w+|\bwe are\b(?= \d+ years? old)|\b(?:started|opened|founded)[^,.]{0,20}ago",
        "age",
    ),
    _cue(
        "platform_months",
        r"(?:网店|淘宝店?|天猫店?|京东店|拼多多店?|抖音(?:小)?店|线上店|店铺|亚马逊店)[^，。,;；\d]{0,6}?(?:开了?|做了?|运营了?|开的|开店)|店龄|\b(?:online|taobao|tmall|jd|pinduoduo|douyin|amazon)(?: \w+)? (?:shop|store)[^,.;\d]{0,12}(?:open|running|been|for)",
        "age",
    ),
    _cue(
        "",
        r"工作经验|行业经验|打工(?:了)?|上班(?:了)?|经验|租期|租了?|租约|房龄|学(?:了|徒)|毕业(?:了)?|结婚(?:了)?|社保(?:交|缴)?了?|保质期|账期|回款期|质保|逾期(?:了)?|延(?:期|长)?|转下|续|宽限|工期|近|最近|过去|past|last|experience|lease|ago i|married|graduated|worked",
        MONTHS,
    ),
    # ---- counts
    _cue(
        "employees",
        r"员工|工人|职工|伙计|人手|雇了?|请了|团队|从业人员|手下|店里(?:有|一共)?|厂里(?:有|一共)?|公司(?:有|一共|现在有|现有)|一共|总共|连我|加上我|算上我|用工|人员|带着?|养着?|夫妻|就我|只有我|\bstaff\b|\bemploy(?:s|ees?)?\b|\bteam\b|\bpeople\b|\bworkers?\b|\bpersons?\b|\bheadcount\b|\bof us\b|\bcrew\b|\bhands\b",
        COUNT,
        "person each",
    ),
    _cue(
        "new_hires_12m",
        r"新招了?|招了|新增(?:就业|员工)?|新聘|新雇|新请|新进|今年招|去年招|\b(?:newly )?hired\b|\bnew hires?\b|\btook on\b|\brecruited\b|\bnew (?:staff|employees|people)\b",
        COUNT,
        "person each",
    ),
    _cue(
        "graduate_hires_12m",
        r"毕业生|应届生?|大学生(?!创业)|\b(?:recent |fresh )?(?:graduates?|grads)\b|\b(?:straight|fresh|just) (?:from|out of) (?:university|college|school)\b",
        COUNT,
        "person graduate each",
    ),
    _cue("customer_count", r"客户(?:数)?|\bcustomers?\b|\bclients?\b", COUNT, "customer each thing"),
    _cue(
        "overdue_12m",
        r"逾期(?:过|了|记录)*|晚还(?:过|了)?|迟还(?:过|了)?|延迟还款|还晚(?:了|过)?|\blate(?: \w+)? payments?\b|\blate\b|\boverdue\b|\bmissed(?: \w+)? payments?\b|\bmissed\b|\bdefault(?:ed|s)?\b|\bpaid late\b|\bdelinquen\w+",
        COUNT,
        "time each",
    ),
    _cue(
        "credit_inquiries_3m",
        r"(?:近|最近|这)?(?:三|3)个月[^，。,;；\d]{0,8}(?:查(?:询|过|了)?|征信|被查)[^，。,;；\d]{0,8}|(?:three|3) months[^.;\d]{0,24}(?:credit )?(?:checks?|checked|inquir\w+|enquir\w+)|(?:credit )?(?:checks?|checked|inquir\w+)[^.;]{0,24}in (?:the )?(?:last|past) (?:three|3) months",
        COUNT,
        "time each",
    ),
    _cue(
        "credit_inquiries_6m",
        r"(?:近|最近|这)?(?:半年|六个月|6个月)[^，。,;；\d]{0,8}(?:查(?:询|过|了)?|征信|被查)[^，。,;；\d]{0,8}|(?:six|6) months[^.;\d]{0,24}(?:credit )?(?:checks?|checked|inquir\w+)|(?:credit )?(?:checks?|checked|inquir\w+|enquir\w+)[^.;]{0,24}in (?:the )?(?:last|past) (?:six|6) months|half a year[^.;\d]{0,24}(?:credit )?(?:checks?|checked|inquir\w+)",
        COUNT,
        "time each",
    ),
    _cue("patents", r"专利|软著|著作权|\bpatents?\b", COUNT, "patent each thing"),
    _cue(
        "owner_age",
        r"我(?:今年|现在|都)?|本人|今年|年龄|岁数|虚岁|周岁|老板|法人|\bi'?m\b|\bi am\b|\bmy age\b|\baged?\b|\byears old\b",
        COUNT,
        "age",
    ),
    _cue("", r"孩子|儿子|女儿|父亲|母亲|我爸|我妈|老婆|老公|媳妇|爱人|要求|年满|以上|son|daughter|wife|husband|kid|child", COUNT, "age"),
    _cue("loan_matures_in_days", r"到期|\b(?:matures?|falls? due|due|expires?|ends?)\b(?: in)?", COUNT, "day"),
    _cue(
        "",
        r"合伙人?|股东|亲戚|朋友|投资人|孩子|家里|一家|人份|容纳|坐|接待|每天来|担保|\bpartners?\b|\bshareholders?\b|\bseats?\b|\bfamily of\b|\bkids?\b|\bguests?\b|\bserves?\b",
        COUNT,
        "person",
    ),
)
