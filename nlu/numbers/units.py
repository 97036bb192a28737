"""What stands behind a number and what it makes of it: currencies, rates, spans of time, things counted."""

from __future__ import annotations

import re
from decimal import Decimal

#: Signs and words of money other than yuan, behind or before the number.
CURRENCY_AFTER = {
    "usd": r"us dollars?|u\.s\. dollars?|dollars?|bucks|usd|美元|美金|刀(?![具片])",
    "hkd": r"hkd|hk dollars?|港币|港元|港纸",
    "eur": r"eur(?:os?)?(?![a-z])|欧元",
    "gbp": r"gbp|pounds?|英镑",
    "jpy": r"jpy|yen|日元|日币",
    "twd": r"twd|ntd|台币|新台币",
    "cny": r"元人民币|人民币|块钱|块大洋|元|块|yuan|rmb|cny|renminbi|kuai",
}
CURRENCY_BEFORE = {
    "usd": r"us\$|usd ?|美元|美金|(?<![a-z])\$",
    "hkd": r"hk\$|hkd ?|港币",
    "eur": r"€|eur ?",
    "gbp": r"£|gbp ?",
    "cny": r"¥|rmb ?|cny ?|cn¥|人民币",
}
MONEY_AFTER = re.compile(r" ?(?:" + "|".join(f"(?P<{code}>{words})" for code, words in CURRENCY_AFTER.items()) + r")(?![a-z])")
MONEY_BEFORE = re.compile(r"(?:" + "|".join(f"(?P<{code}>{words})" for code, words in CURRENCY_BEFORE.items()) + r") ?$")

#: Behind the number: per cent and its kin. The group names give the divisor.
RATE_AFTER = re.compile(
    r" ?(?:(?P<percent>%|percent(?:age)?(?: points?)?|per ?cent|pct|个百分点|个半?点)|(?P<permille>‰)|(?P<basis>bps?(?![a-z])|basis points)"
    r"|(?P<tenth>成(?![立本员功交品]|都(?!是|给|卖|靠|进|被)))|(?P<dot>点(?=利息|的利|左右|以内|以下|多)))"
)
RATE_SHARE = {
    "percent": Decimal("0.01"),
    "permille": Decimal("0.001"),
    "basis": Decimal("0.0001"),
    "tenth": Decimal("0.1"),
    "dot": Decimal("0.01"),
}
RATE_BEFORE = re.compile(r"(百分之|千分之|万分之|(?<=日息)万)$")
RATE_BEFORE_SHARE = {"百分之": Decimal("0.01"), "千分之": Decimal("0.001"), "万分之": Decimal("0.0001"), "万": Decimal("0.0001")}

#: 厘 and 分 as interest: 四厘五, 一分二.
LI = re.compile(r"([零一二两三四五六七八九]|\d+(?:\.\d+)?)厘([一二三四五六七八九\d半])?")
FEN = re.compile(r"([一二两三四五]|\d(?:\.\d+)?)分(?:([一二三四五六七八九\d半])(?![十期年个万千百\d])|(?=利(?!润)|息|的利|的息))")
FEN_AFTER_INTEREST = re.compile(r"(?:息|利率|利)[是要为算收]?(?:大概|差不多)?([一二两三四五]|\d(?:\.\d+)?)分(?![钟期一二三四五六七八九\d])")
PER_MONTH_WORDS = re.compile(r"月(?:息|利|费率|化)|每个?月|一个月|monthly|per month|a month|month")
PER_YEAR_WORDS = re.compile(r"年(?:息|化|利|利率)|每年|一年|annual|per year|a year|yearly|p\.?a\b|apr")
PER_DAY_WORDS = re.compile(r"日息|日利率|每天|每日|per day|daily|a day")

#: Spans of time, in months; None for spans counted in days.
MONTHS_AFTER = re.compile(
    r" ?-?(?:(?P<decade>decades?)|(?P<year>个?年头|周年|年(?![级糕货轻纪])|years?|yrs?|(?:y|yr)(?![a-z]|/o))"
    r"|(?P<month>个[来多]?月|月(?=期|以上|多|左右)|(?<=[俩仨])月|months?|mos?(?![a-z])|mths?)"
    r"|(?P<term>期(?![间望待权货工盖建项厂])|instal{1,2}ments?)|(?P<quarter>个季度|季度|quarters?))(?![a-z])"
)
MONTHS_PER = {"decade": 120, "year": 12, "month": 1, "term": 1, "quarter": 3}
DAYS_AFTER = re.compile(
    r" ?(?:(?P<day>天|日(?!元|币|本|常|期)|days?|(?<=\d\d)d)|(?P<week>个?星期|个?礼拜|周(?!年|转|边|口|岁)|weeks?))(?:(?<![a-z])|(?![a-z]))"
)

#: Things counted: Chinese measure words and English nouns, with the name the extractor uses.
COUNT_AFTER = re.compile(
    r" ?(?:(?P<person>(?:个|名|位|号|口|多)?(?:全职|兼职|正式|固定|长期|临时)?(?:员工|工人|职工|伙计|师傅|店员|服务员|帮手|帮工|小工"
    r"|阿姨|兄弟|保安|保洁|老师|护士|医生|大夫|厨师|厨子|司机|技师|学徒|徒弟|小妹|小伙|小?姑娘|程序员|工程师|业务员|销售员?(?!额)"
    r"|骑手|快递员|客服"
    r"|农民工|民工|操作工|普工|技工|焊工|车工|钳工|电工|木工|瓦工|雇工|长工|短工|职员|教练|设计师|美容师|理发师|发型师|导购"
    r"|收银员?|库管|文员|人(?!民币|口(?!人)|次|均|气|份|工智|民))"
    r"|名(?!额|下)|位(?!置|于)|(?:(?:full[- ]time|part[- ]time|hired|skilled|sewing|delivery|sales|shop|office|kitchen|permanent|seasonal"
    r"|other|young|old|women|lady|female|male|chinese|local|farm|factory|sushi|noodle) ){0,2}(?:stylists?|engineers?|drivers?"
    r"|chefs?|cooks?|teachers?|waiters?|waitress(?:es)?|baristas?|technicians?|mechanics?|nurses?|vets?|doctors?|dentists?"
    r"|programmers?|developers(?! )|cleaners?|guards?|sewers|machinists?|sales(?:people|men|man|women)|full-timers?|part-timers?"
    r"|staffers?|servers?(?! rack)|riders?|couriers?|operators?|labou?rers?|assistants?|apprentices?|clerks?|tailors?|welders?"
    r"|carpenters?|electricians?|plumbers?|bakers?|barbers?|hairdressers?|therapists?|trainers?|(?<!own )coaches(?! (?:free"
    r"|for hire|on the road|paid))|designers?|reps|packers?"
    r"|pickers?|installers?|fitters?|painters?|roofers?|plasterers?|tilers?|masons?|bricklayers?|helpers?|fellows?|lads?|girls"
    r"|boys|ladies|women|men|sailors?|fishermen|deckhands?|farmhands?|gardeners?|butchers?|porters?|loaders?|warehousem[ae]n"
    r"|foremen|carers?|tutors?|interns?|trainees?|cashiers?|bookkeepers?|accountants?|receptionists?|seamstress(?:es)?|weavers?"
    r"|potters?|artisans?|craftsmen|freelancers?|editors?|agents(?! fee)|masseuses?|beauticians?|groomers?|colleagues?|peoples"
    r"|blokes?|fellas?|chaps?|lasses|gals|coders?|hired hands|carvers?|spinners?|knitters?|stitchers?|dispatchers?"
    r"|emps?\.?(?=[ ,.;]|$)|(?:nos\.? of )?employees?"
    r"|souls|heads(?! of)|crew|contractors on)(?![a-z])"
    r"|(?:full[- ]?time |part[- ]?time )?(?:people|persons?|staffs?(?: members?)?|of us|employees"
    r"|workers?|folks?|guys?|hands|pax|headcount|ppl|-(?:man|person|strong|woman)(?= (?:crew|team|company|firm|shop|outfit|workshop|band"
    r"|business|operation)?)))"
    r"|(?P<time>次|回(?!款|本|来)|times?)|(?P<age>周岁(?!(?:是|才)?[一二三四五六七八九十\d])|岁"
    r"|-?(?:years?|yrs?)(?:[ -]old| of age)|years?(?=$|[,.;])|y/o|yo(?![a-z]))"
    r"|(?P<patent>(?:项|个|件)?(?:发明|实用新型"
    r"|软件)?(?:专利|软著|著作权)|patents?)"
    r"|(?P<customer>(?:个|家|位)?(?:客户(?!经理|端)|顾客|会员)|(?:regular |active |loyal |big |small |corporate |business "
    r"|different |main |steady )?(?:customers?|clients?|buyers?))|(?P<graduate>(?:个|名|位)?(?:应届|大学"
    r"|高校)?(?:毕业生|应届生)|"
    r"(?:of (?:them|whom|these|those) (?:were |are )?)?(?:fresh |recent |new )?(?:college |university )?(?:graduates?|grads)(?![a-z]))"
    r"|(?P<each>各(?=$|[ ，,。])|个(?!月|点|亿|百分点|半点|来月|多月)|of (?:them|whom|these|those)(?![a-z]))"
    r"|(?P<thing>家|所(?=[中小大]?学|幼儿园|医院|院校|养老)|间|台|辆|部|套|件|吨|斤"
    r"|公斤|平方?米?|亩|头|只|单(?![位身独价])|笔|项|条(?!件)|张"
    r"|箱|桌|层|楼|米|公里|度|瓶|份|种|款|户|号|亿人"
    r"|shops?|stores?|trucks?|vans?|cars?|machines?|units?|orders?|tables|rooms?|square|sqm|sq|m2|kg|tons?|km|acres?"
    r"|mu(?![a-z])|branches|locations|suppliers|loans?|invoices|cards?|banks?|hours?|minutes?|percent)"
    r")(?:(?<![a-z])|(?![a-z]))"
)
#: Behind a sum: loans, orders and the like that it is a sum of.
BORROWED = re.compile(r" ?(?:loans?|cards?|orders?|invoices)")
#: Behind tens of thousands: people. 八十八万 员工 is a sum before another word.
MANY_PEOPLE = re.compile(r"[多名]?人| ?(?:people|persons?|pax|employees|workers|staff)")
