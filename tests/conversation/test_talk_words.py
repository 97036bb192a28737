"""Words about the talk and the advisor, private purposes, slips by sound, late payments of long ago: what each is heard as."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.answers.late import paid_late
from bot.conversation.answers.money import in_despair
from bot.conversation.answers.referral_words import named_in
from bot.conversation.answers.titles import opened_by
from bot.conversation.common import common_questions
from bot.conversation.facts import Taken
from bot.conversation.long_ago import months_since
from bot.conversation.mending import without_old_lateness
from bot.conversation.model import Dialogue, Part, Understanding
from bot.conversation.outside import Kind, kind_by_words, weigh
from bot.conversation.several import joined_up, questions_in
from bot.conversation.typed import as_meant
from bot.conversation.wanted import wanted_in
from bot.conversation.world import Scene, World
from knowledge.conditions import leaves
from knowledge.firm import Firm
from nlu.cues.homophones import mended
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("asking", "text"),
    [
        ("collateral", "不是，我问的是利率"), ("collateral", "不是这个意思"), ("collateral", "不对，我没说要装修"),
        ("collateral", "不会吧，还要抵押"), ("collateral", "没人跟我说过要抵押"), ("collateral", "不太懂，抵押是啥"),
        ("receivables", "没有没有，我说的是利润"), ("receivables", "没问题，你接着问"), ("receivables", "不用客气"),
        ("collateral", "没有没有，不是利润，是营业额"), ("receivables", "没听懂"),
        ("receivables", "不是很懂"), ("receivables", "no problem"), ("receivables", "no no, i mean the profit"),
        ("guarantor", "没有贷款，车贷有一个"), ("guarantor", "没有公司，就是个体"), ("guarantor", "no, i asked about the rate"),
        ("guarantor", "not what i asked"), ("guarantor", "不好意思，刚才打错了"),
    ],
)  # fmt: skip
def test_a_no_of_something_else_answers_no_open_question(asking: str, text: str) -> None:
    assert asking not in extract_facts(text, today=TODAY, asking=asking).facts


@pytest.mark.parametrize(
    ("asking", "text", "value"),
    [
        ("guarantor", "没问题", True), ("guarantor", "不对，没有人", False), ("guarantor", "没车，没人担保", False),
        ("guarantor", "不是", False), ("guarantor", "no", False), ("receivables", "没有", 0), ("receivables", "没欠", 0),
        ("receivables", "no, none", 0), ("collateral", "没有，租的房", ("none",)), ("overdue_12m", "没有，一次都没有", 0),
        ("fixed_premises", "没有，流动摊", False), ("private_owned", "不是的", False), ("tax_arrears", "没有欠税", False),
    ],
)  # fmt: skip
def test_a_no_to_the_question_still_answers_it(asking: str, text: str, value: object) -> None:
    assert extract_facts(text, today=TODAY, asking=asking).facts.get(asking) == value


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        ("goodbye", ["算了，先这样吧，谢谢", "今天就聊到这，再见", "拜拜", "先到这儿吧", "好的谢谢，回头再聊", "我先忙了", "算了不弄了",
                     "我下午再来",
                     "没别的事了，谢谢", "bye", "that's all, thanks", "i have to go now", "ok thank you bye", "let's leave it here",
                     "我再想想吧",
                     "我去银行问问再说"]),
        ("no_hurry", ["不急，我先看看", "先问几个问题，不着急贷", "没事", "没关系", "我就随便问问", "no rush", "just looking"]),
        ("skip", ["不知道", "这个我也不清楚", "没算过", "说不准", "i don't know", "no idea"]),
        ("noted", ["看下现在记的都是啥", "你都记了什么", "我说过什么", "what have you noted so far"]),
        ("ask_match", ["行，出结果", "直接给结果吧"]),
        ("misheard", ["不是这个意思", "你理解错了", "答非所问", "我没问这个", "not what i meant", "you got me wrong"]),
        ("send_file", ["发给银行", "行，直接发给农行吧", "把我的资料给农行"]),
        ("unclear", ["没听懂", "我这老头子不会用这个，你慢点说", "不太明白", "什么意思", "说人话", "i don't understand",
                    "what do you mean"]),
        ("cheaper", ["利息能不能低点", "利率可以再低一点吗", "怎么才能把利息降下来", "能降利息吗", "有没有更低点的利率",
                     "利率太高了，能便宜点吗",
                     "can the interest be lower?", "how can i get a lower rate", "can you bring the rate down"]),
        ("only_fields", ["只给公司名和行业，别的先别给", "就给他们看营业额", "别给流水", "only share the company name",
                         "don't share my revenue"]),
        ("ask_process", ["怎么弄", "贷款怎么弄", "这个咋整", "那要怎么申请呢", "how does it work"]),
        ("trust", ["能信你吗", "你们靠谱吗", "你不会是骗子吧", "你是骗子不", "can i trust you", "are you legit"]),
        ("about_place", ["你们电话多少", "你们有门店吗", "几点上班", "晚上能问吗", "他怎么找到你", "要下载app吗", "where is your office",
                         "when are you open"]),
        ("about_us", ["你们跟工行有合作吗", "贷款下来要不要给你们提成", "这个软件谁开发的", "你是哪家公司的", "要收我钱不",
                     "who made this",
                      "how do you earn money"]),
    ],
)  # fmt: skip
def test_words_about_the_talk_and_the_advisor(wanted: str, texts: list[str]) -> None:
    assert {text: wanted_in(text) for text in texts} == dict.fromkeys(texts, wanted)


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("which_fees", ["你们这些贷款是不是都有一堆费啊", "银行自己收不收手续费", "有没有隐形费用", "are there any hidden fees?"]),
        ("tied_sale", ["贷款经理让我买份保险才给批", "办贷款还要搭理财"]),
        ("gave_my_data", ["我点进去让我填身份证和银行卡号了", "我妈刚才点进去了 还输了验证码", "i clicked the link"]),
        ("closing_with_loan", ["公司打算注销了，账上还欠银行40万", "餐厅下个月关门了 还有15万贷款没还完 咋办"]),
        ("closing_severance", ["员工还有5个 赔偿金要给多少", "工人12个 干了七八年的 要赔多少"]),
        ("closing_record", ["关了以后我个人征信会有事吗"]), ("closing_dormant", ["那我先不注销行不行 空着"]),
        ("closing_hand_over", ["能不能转到我老婆的公司名下继续还", "把厂转给别人 贷款一起转过去可以吗"]),
        ("closing_steps", ["关店要去办什么手续", "个体户怎么注销"]), ("spouse_affected", ["那我老婆会不会受影响"]),
        ("hide_assets", ["要不要先把房子过户给我儿子"]), ("repay_part", ["那我能把设备卖了先还一部分吗"]),
        ("too_old", ["我这个年纪银行还给贷吗", "贷款有没有年龄限制", "am i too old"]),
        ("land_rights", ["土地是流转来的 能抵押不", "果园能不能押"]), ("rural_house", ["房子是农村的自建房 能押不"]),
        ("farmer_without_licence", ["信用社的人说我没有营业执照办不了对公的", "农商行那个惠农贷"]),
        ("licence_lapsed", ["以前有个执照后来没年检"]), ("audited_accounts", ["财报要审计的吗"]), ("extension", ["展期要怎么弄"]),
        ("paid_upfront", ["已经交了 两千块 能要回来吗", "定金能退吗"]), ("bank_calls", ["现在银行天天打电话催 我都不敢接"]),
        ("closing_personal", ["公司账上没钱 我个人要不要掏", "我老公是监事 他要负责吗"]),
        ("guarantors_asked", ["农商行说要两个担保人 这正常吗"]),
        ("appraisal_fee", ["评估费到底该谁出"]), ("shop_disaster", ["店被淹了 货全泡了", "有没有受灾的补助"]),
        ("bank_slow", ["我跟银行说了 他们说研究一下 都一周了"]), ("at_the_counter", ["去柜台可以办不"]),
        ("whom_to_turn_to", ["那出了问题我找谁"]),
        ("afraid", ["没贷过款，有点怕银行", "我就是怕", "不敢借钱，心里没底", "i am afraid of borrowing"]),
        ("what_banks_look_at", ["银行主要看什么", "银行放贷都看哪些", "what do banks look at"]),
        ("thin_statements", ["流水不好看有影响吗", "流水少能贷吗"]),
        ("without_papers", ["我啥报表都没有 就微信收钱", "没做账怎么办", "只用收款码收钱，能贷吗", "we keep no books"]),
        ("secured_or_not", ["信用贷和抵押贷差多少", "那押房子和不押差多少", "secured or unsecured, which is better"]),
        ("online_only", ["能手机上办吗", "要去银行吗", "can i do it online"]),
        ("licence_first", ["先注册还是先贷", "没有营业执照能贷吗", "没有公司行不行", "do i need a company"]),
        ("sole_trader_or_company", ["注册个体户好还是公司好", "sole trader or company?"]),
        ("new_or_old_shop", ["那我这算新店还是老店", "注销了重新办，年限怎么算"]),
        ("spouse_signs", ["要老公签字吗", "需不需要老婆同意", "does my wife have to sign"]),
        ("others_property", ["房子在老婆名下能抵押吗", "房子算我的吗", "拿父母的房子抵押行吗"]),
        ("in_my_name", ["能用我的名义贷给他用吗", "用别人的身份证贷行不行", "take the loan in my name for him, borrow for a friend"]),
        ("standing_guarantor", ["我给他担保有啥风险", "帮别人担保过，那人跑了", "i stood guarantor for a friend, does it matter?"]),
        ("for_a_friend", ["帮朋友问一下", "替我爸咨询贷款", "i ask for a friend"]),
        ("women", ["有没有专门给女人的贷款", "妇联那个贷款怎么弄", "any loans for women?"]),
        ("personal_mortgage", ["公司贷款会不会影响我个人买房", "will a company loan affect my own mortgage"]),
        ("cannot_repay", ["要是还不上会咋样", "会把我房子收走不", "还不上会坐牢吗", "what if i cannot repay"]),
        ("buyer_does_not_pay", ["要是买家最后不付了，这贷款谁还", "if the buyer does not pay, who repays?"]),
        ("late_days", ["逾期一天就上征信吗", "晚三天那次要紧吗", "信用卡忘还过一次有影响吗", "two days late, does it matter?"]),
        ("record_how_long", ["查询记录多久消掉", "征信花了怎么养", "how long do late payments stay"]),
        ("no_record", ["我是征信白户", "no credit history"]),
        ("collectors", ["催收说要去我孩子学校，这合法吗", "debt collectors threaten my family"]),
        ("which_debt_first", ["那是先还网贷还是先办续贷", "网贷和银行先还哪个", "which debt should i pay first"]),
        ("ask_for_relief", ["能不能只还本金", "停息挂账靠谱吗", "并成一笔慢慢还行不", "debt consolidation"]),
        ("at_home", ["我都哭了好几天了", "真的好累啊", "我快崩溃了", "老婆要跟我离婚", "天天睡不着", "就是想说说", "i can't sleep"]),
        ("bridge_loan", ["有人说可以找过桥", "is a bridge loan ok"]),
        ("rates_in_talk", ["6厘是多少", "1分利高不高", "月息八厘等于年化多少"]),
        ("middleman_signed", ["我都签了咋办", "i have already signed, what now"]),
        ("middleman_fee", ["居间服务费5%能签吗", "找中介靠谱吗", "自己找银行是不是更便宜", "is a broker worth the fee"]),
        ("less_tax", ["怎么能少交点税", "how can i pay less tax"]),
        ("vat_due", ["要不要交增值税", "超过10万是全交还是交超过的部分"]),
        ("interest_and_tax", ["利息能抵税吗", "is the interest deductible"]),
        ("takings_on_own_card", ["用个人卡收钱要紧吗"]),
        ("tells_tax_office", ["税务局会知道吗", "will the tax office find out"]),
        ("sold_on", ["会不会卖给小贷公司", "会泄露吗", "do you sell my data"]),
        ("kept_how_long", ["存多久", "how long do you keep it"]),
        ("nameless", ["能不能匿名", "can i stay anonymous"]),
        ("no_income_yet", ["现在没收入，会不会不给批"]),
        ("receivables_finance", ["这种应收账款能拿去融资吗", "客户欠我的钱能抵押吗", "can i get a loan on my invoices"]),
        ("press_for_payment", ["客户拖着货款不给怎么办", "要不要告他", "can i sue the buyer"]),
        ("when_to_ask_for_renewal", ["最迟什么时候找银行谈", "when should i talk to the bank"]),
        ("refinance", ["把网贷还清换成银行的", "can i refinance"]),
        ("stamp_duty", ["印花税要交不"]),
        ("with_or_without_tax", ["营业额是含税还是不含税的"]),
        ("who_may_guarantee", ["我爸是公务员，能给我担保吗", "她担保行不行"]),
        ("vehicle_as_security", ["车能押给银行不", "can my truck be security?"]),
        ("another_loan", ["这台分期还没还完能再贷吗", "花呗借呗用着有影响吗"]),
        ("renewal_refused", ["续贷会不会重新审", "万一不给续呢"]),
        ("if_refused", ["批不下来咋办", "要是还不批呢", "what if the bank refuses?"]),
        ("score_too_low", ["综合评分不足是啥意思"]),
        ("owes_too_much", ["邮储说我负债高"]),
        ("guarantee_company", ["担保公司是干嘛的", "担保费一般多少"]),
        ("repaid_once_a_year", ["能不能一年还一次", "卖完再还行吗"]),
        ("disaster", ["要是遭灾了呢", "what if there is a flood?"]),
        ("small_is_welcome", ["银行会不会看不起我们这种小摊"]),
        ("export_insurance", ["我没买信保，现在补还来得及不"]),
        ("leaves_a_mark", ["在你这查会不会上征信", "does asking here affect my credit"]),
    ],
)  # fmt: skip
def test_questions_on_borrowing_in_general_are_known_by_their_words(question: str, texts: list[str]) -> None:
    assert {text: wanted_in(text) for text in texts} == dict.fromkeys(texts, f"common:{question}")


@pytest.mark.parametrize(
    "text",
    [
        "我想贷30万，三年", "怎么还不批", "担保公司怎么找", "房子有一套，按揭还有40万没还", "没逾期过", "逾期过两次",
        "一个人最多能贷多少",
        "我们客户都是公司", "店里有报表", "买材料要20万", "想买辆货车", "个体户，一年做80万", "员工都交社保", "有什么补贴",
        "公司名义贷的",
        "我在义乌开公司", "费用每月3万", "店在当地开了三年", "地址在东莞", "关门前盘的货有20万", "买了车险", "员工干了五年",
        "贷款还剩5万",
        "房子在我儿子名下", "60岁，开了20年店", "银行说不批", "网贷还欠10万", "先找哪家", "税交了3万", "去年纳税5万", "老婆管账",
        "i want 300k for three years",
        "never late", "we have a company", "my wife runs the shop", "which papers?",
    ],
)  # fmt: skip
def test_what_owners_state_asks_no_such_question(text: str) -> None:
    assert not (wanted_in(text) or "").startswith("common:")


def test_a_long_story_is_no_such_question() -> None:
    assert wanted_in("没贷过款，有点怕银行" + "，我们店开了三年" * 10) is None


def test_every_such_question_has_its_answer_in_both_languages_and_its_entries(world: World) -> None:
    for question in common_questions().values():
        assert question.entry or all((question.text or {})[language] for language in ("zh", "en"))
        assert all(world.pack.get(entry) for entry in (*question.about, *filter(None, [question.entry])))


@pytest.mark.parametrize("text", ["想过一了百了", "真不想活了", "i want to die", "不如死了算了"])
def test_despair_is_heard_in_any_words(text: str) -> None:
    assert in_despair(text)


@pytest.mark.parametrize("text", ["死当的货", "想死心塌地干这行", "这个月生意死气沉沉", "the market is dead"])
def test_what_only_sounds_like_despair_is_none(text: str) -> None:
    assert not in_despair(text)


@pytest.mark.parametrize(
    "text",
    [
        "先这样，再帮我看看补贴", "谢谢，那要什么材料", "再见面要带什么", "没关系吗，我有逾期", "没事业编能贷吗", "利息低的有哪些",
        "利率3%能再低点吗",
        "只给企业贷款吗", "只给30万", "只贷给个体户吗", "银行靠谱吗", "这个平台靠谱吗", "银行几点上班", "我们店开在万达",
        "那个补贴怎么申请",
        "what does collateral mean", "only 300k is what i need", "thanks, which papers?", "is this bank legit",
    ],
)  # fmt: skip
def test_what_only_sounds_like_them_is_something_else(text: str) -> None:
    heard = {"goodbye", "no_hurry", "misheard", "unclear", "cheaper", "only_fields", "trust", "about_place", "about_us"}
    assert wanted_in(text) not in heard


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (Kind.PRIVATE, ["我想买辆车自己开，能贷吗", "换辆车代步", "我想装修一下自己住的房子", "家里要装修，差10万",
                        "孩子上学交学费不够，能借吗",
                        "给儿子买套婚房", "首付差30万", "想借点钱结婚", "看病缺钱", "我家房子按揭能不能转给你们",
                        "loan for my own house", "car for my wife", "pay school fees for my son"]),
        (Kind.CASH, ["信用卡怎么套现", "信用卡能套点现金出来不", "花呗能套现吗", "get cash from my credit card"]),
        (Kind.BETS, ["茅台股票能买吗", "想贷款炒股", "买彩票能赢钱吗", "which stocks should i buy", "buy bitcoin"]),
        (None, ["有套房子自己住", "车是自己开的", "自己开了家店", "卖黄金首饰的", "开彩票店", "儿子上大学了，店里就我和老婆",
                "政府产业基金怎么样",
                "买辆面包车自己开着送货", "我自己的房子能抵押吗", "想装修自己的店", "做婚庆的，想借20万", "学费都是预收的，我们是培训班",
                "股票质押", "家长还差学费十几万没交", "家长没交学费，缺5万发工资", "做装修的，客户新房要装修，垫资缺20万",
                "买辆货车自己开跑运输，贷20万", "credit card machine cash flow 110k a month", "my shop takes credit card and cash",
                "we sell bitcoin mining machines, need 300k",
                "家装公司", "we run a wedding shop and want a loan", "our flat could be pledged", "buy stock for the shop"]),
    ],
)  # fmt: skip
def test_a_purpose_of_the_home_is_told_from_one_of_the_business(kind: Kind | None, texts: list[str]) -> None:
    assert {text: kind_by_words(text) for text in texts} == dict.fromkeys(texts, kind)


def test_a_private_wish_leaves_what_is_told_of_the_firm() -> None:
    text = "我是开饭店的，想买辆车自己开"
    _, kept = weigh("ask_match", 0.0, text, extract_facts(text, today=TODAY))
    assert kept.facts == {"industry": "catering"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("代款怎么弄", "贷款怎么弄"), ("货款利息高不高", "贷款利息高不高"), ("想申请货款", "想申请贷款"), ("力息多少", "利息多少"),
        ("单保公司怎么找", "担保公司怎么找"), ("我想抵呀房子", "我想抵押房子"), ("征性不好", "征信不好"), ("征心花了", "征信花了"),
        ("帖息怎么算", "贴息怎么算"), ("荣资难", "融资难"),
        ("客户欠货款30万", "客户欠货款30万"), ("货款收不回来", "货款收不回来"), ("简单保证一下", "简单保证一下"), ("象征性收费",
        "象征性收费"),
        ("到底呀怎么办", "到底呀怎么办"), ("订单保险", "订单保险"),
    ],
)  # fmt: skip
def test_slips_by_sound_are_read_as_the_word_meant(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("唔使抵押得唔得", "不用抵押行不行"), ("要借三十万，息口贵唔贵㗎", "要借三十万，利息贵不贵"),
        ("做咗五年几，一年卖三百几万", "做了五年多，一年卖三百多万"),
        ("有冇影响", "有没有影响"), ("几时可以攞到钱", "什么时候可以拿到钱"), ("莫得抵押得行不", "没有抵押行不行"),
        ("利息好多嘛", "利息多少嘛"),
        ("好久能拿到钱", "多久能拿到钱"), ("那咋整啊", "那怎么办啊"), ("去年整了500来万", "去年做了500来万"), ("碍事不", "要紧吗"),
        ("有限公司", "有限公司"), ("欠了好多钱", "欠了好多钱"), ("好久没做了", "好久没做了"), ("整个厂", "整个厂"), ("哈尔滨", "哈尔滨"),
        ("不是，我问的是利率", "利率呢"), ("不对，我是问要什么材料", "不对，我是问要什么材料"), ("不是，我问的是怎么还款", "怎么还款呢"),
        ("没有，我说的是利润80万", "利润80万"), ("no, i asked about the rate", "what about the rate"),
        ("no, 40 staff", "no, 40 staff"), ("不是，是三年期的", "不是，是三年期的"),
    ],
)  # fmt: skip
def test_what_is_meant_instead_is_what_is_understood(text: str, meant: str) -> None:
    assert as_meant(text) == meant


def test_of_a_friend_whose_firm_is_asked_for_is_spoken_as_of_the_owner() -> None:
    said = "帮朋友问一下，他在洛阳，店开了四年"
    assert as_meant(said, of_other=True) == "帮朋友问一下，我在洛阳，店开了四年"
    assert as_meant(said) == said


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("去年3月晚还了5天", 20), ("去年12月", 11), ("前年逾期过", 23), ("2024年6月", 29), ("三年前", 36), ("in march 2024", 32),
        ("june last year", 17), ("two years ago", 24), ("晚还过一次", None),
    ],
)  # fmt: skip
def test_how_long_ago_is_read_from_the_words(text: str, since: int | None) -> None:
    assert months_since(text, TODAY) == since


@pytest.mark.parametrize(
    ("text", "counts"),
    [("前年贷款逾期过两次", False), ("2023年逾期两次", False), ("前年逾期一次，今年逾期两次", True), ("逾期过两次", True)],
)
def test_late_payments_of_long_ago_are_not_of_the_last_year(text: str, counts: bool) -> None:
    heard = extract_facts(text, today=TODAY, asking="overdue_12m")
    assert ("overdue_12m" in without_old_lateness(heard, text, TODAY).facts) is counts


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("那我大概能贷多少？利率多少", 2), ("要什么材料，多久能下来", 2), ("有没有补贴，利息多少，要不要抵押", 3),
        ("what papers do i need and how long does it take", 2), ("能贷多少", 0), ("先找哪家，为什么", 0), ("我有12个员工，能贷多少", 0),
        ("开店三年，去年卖了200万", 0),
    ],
)  # fmt: skip
def test_several_questions_of_one_message_are_told_apart(text: str, count: int) -> None:
    assert len(questions_in(text)) == count


def test_fields_are_named_as_owners_call_them() -> None:
    assert named_in("只给公司名和行业") == {"firm_name", "industry"}
    assert {"annual_revenue", "employees"} <= named_in("revenue and staff")


def heard(text: str, intent: str = "state_facts") -> Understanding:
    return Understanding(intent, 0.95, extract_facts(text, today=TODAY), (), "zh")


def test_results_contain_the_rate_and_other_questions_are_kept_apart() -> None:
    both = joined_up(heard("能贷多少？利率多少", "ask_terms"), [Part("ask_match", (), "能贷多少"), Part("ask_terms", (), "利率多少")])
    assert (both.intent, both.parts) == ("ask_match", ())
    apart = [Part("ask_documents", ("a",), "要什么材料"), Part("ask_process", (), "多久能下来")]
    assert joined_up(heard("要什么材料，多久能下来"), apart).parts == tuple(apart)
    same = heard("怎么办，如何申请", "ask_process")
    assert joined_up(same, [Part("ask_process", (), "怎么办"), Part("ask_process", (), "如何申请")]) == same


def test_a_late_payment_without_a_count_is_asked_about_and_what_is_known_is_not(world: World) -> None:
    scene = Scene(world, Dialogue(), TODAY, heard("信用卡晚还过"), Taken(Firm(), (), False), "信用卡晚还过")
    asked = paid_late(scene)
    assert asked is not None
    assert asked.dialogue.asking == "overdue_12m"
    assert asked.replies[0].buttons[0].id == "a:overdue_12m:0"
    assert paid_late(scene.with_dialogue(Dialogue(firm=Firm.of({"overdue_12m": 0}, TODAY)))) is None


@pytest.mark.parametrize(
    "text", ["高新技术企业有什么补贴", "科技型中小企业的政策我能用上吗", "专精特新能拿多少贷款", "any subsidies for high-tech firms"]
)
def test_a_title_shows_only_what_turns_on_it_and_asks_whether_it_is_held(world: World, text: str) -> None:
    scene = Scene(
        world, Dialogue(firm=Firm.of({"region": "440100"}, TODAY)), TODAY, heard(text, "ask_subsidy"), Taken(Firm(), (), False), text
    )
    told = opened_by(scene, "ask_subsidy")
    assert told is not None
    rules = [entry.rule for entry in map(world.pack.get, told.sources) if entry is not None]
    assert rules
    assert all(rule is not None and told.dialogue.asking in {leaf.fact for leaf in leaves(rule)} for rule in rules)


@pytest.mark.parametrize("text", ["高新技术企业怎么认定", "什么是专精特新", "我们是高新技术企业"])
def test_what_a_title_is_or_how_to_come_by_it_is_another_question(world: World, text: str) -> None:
    scene = Scene(world, Dialogue(), TODAY, heard(text, "ask_subsidy"), Taken(Firm(), (), False), text)
    assert opened_by(scene, "ask_subsidy") is None
