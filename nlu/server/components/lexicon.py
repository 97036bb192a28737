"""The words by which messages show what they are about, in both languages, and simple forms of traditional characters.

Only recognising intents uses them. An underscore joins the words of an English phrase; the first concept that lists a
phrase has it. Everyday subjects are listed too, because what is out of scope is known by its subject.
"""

from __future__ import annotations

_CONCEPTS = """
what: 什么 啥 啥子 乜嘢 咩 嘛玩意 what whats what's wat
how: 怎么 怎样 怎么样 咋 咋样 咋个 如何 怎 点样 点 咋整 咋弄 咋办 怎么办 怎么弄 哪能 how hows how's how_can how_do how_to
howmuch: 多少 几多 好多 多少钱 几个点 几厘 how_much how_many 几钱 几多钱 几成 几折
howlong: 多久 多长时间 几天 几年 几个月 多长 好久 几时 什么时候 何时 几点 how_long how_many_days how_many_years when how_soon
    how_fast 啥时候 啥时 多会儿
    多咱 最快
where: 哪里 哪儿 哪 在哪 哪边 边度 何处 where where's 去哪 去哪里 到哪 哪头 在哪里 上哪
who: 谁 哪个人 边个 who whom who's whose 找谁 谁来 哪位
why: 为什么 为啥 为何 凭什么 凭啥 咋就 怎么就 为什么要 点解 做咩 何以 why how_come for_what_reason what_for reason 原因 理由 道理 依据
which: 哪个 哪家 哪种 哪款 哪些 哪一个 哪只 which which_one 哪样 哪一家 哪一种 边家 边间 选谁 选哪个
yesno: 吗 么 嘛 是不是 能不能 可不可以 可以吗 行不行 好不好 要不要 会不会 有没有 有木有 得不得 能否 是否 可否 对不对 行吗 好吗 系咪 有冇
    is_it is_there are_there do_you do_i can_i can_you could_you may_i should_i must_i does did will_it would_you am_i are_you is_this
    is_that is_my
want: 想 想要 要 我要 希望 打算 准备 需要 want wanna need would_like i'd_like looking_for i_need i_want looking_to
please: 请 麻烦 帮我 帮忙 劳驾 给我 please pls plz help_me give_me kindly
negation: 不 没 没有 别 不要 不是 无 未 冇 唔 莫 甭 从没 从来没 从未 no not none never don't dont doesn't didn't isn't aren't without
    nothing nobody nope haven't hasn't
owner: 我 我们 咱 咱们 我家 俺 俺们 阿拉 本人 本公司 我司 我公司 i we our my us i'm we're i've we've i'll mine
bot: 你 你们 您 机器人 小助手 助手 贵司 you your yours bot robot chatbot assistant ai
bank: 银行 工行 农行 建行 中行 招行 交行 邮储 邮储银行 工商银行 农业银行 建设银行 中国银行 招商银行 交通银行 民生 平安 浦发 中信 光大
    兴业 华夏 网商 网商银行 微众 微众银行 信用社 农信社 农商行 城商行 贷款公司 小贷公司 放款机构 金融机构 bank banks icbc abc ccb boc
    cmb webank mybank lender lenders credit_union bocom cmbc
official: 人社局 税务局 财政局 工商局 街道办 银保监 监管 政府 工信局 科技局 市监局 社区 government tax_bureau finance_bureau city
    province state
manager: 客户经理 信贷员 经理 业务员 柜员 loan_officer account_manager manager officer clerk
product: 产品 信用贷 税贷 抵押贷 经营贷 云税贷 微业贷 网商贷 发票贷 惠农贷 担保贷 创业担保贷款 创业贷 订单贷 流水贷 税易贷 科技贷 首贷
    房抵贷 快贷 抵押快贷 银税互动 循环贷 专利贷 质押贷 套餐 product products tax_loan invoice_loan credit_loan startup_loan
    mortgage_loan order_loan secured_loan unsecured_loan guaranteed_loan option
loan: 贷款 贷 借款 代款 袋款 融资 借钱 借 贷到 loan loans borrow borrowing financing lend credit_line lending finance funding 资金 周转
rate: 利率 利息 年化 年利率 月息 年息 日息 息 利 费率 rate rates interest apr yearly_rate lpr percentage
fixedfloat: 固定利率 浮动 浮动利率 固定 fixed floating variable
limit: 额度 上限 封顶 最高 最多 最低 最少 起步 limit maximum max minimum min ceiling cap at_most at_least up_to
term: 期限 年限 最长 几年期 tenor term terms duration maximum_term
method: 还款方式 先息后本 等额本息 等额本金 按月付息 随借随还 一次还清 怎么还 还法 repayment_method equal_instalments balloon bullet
    宽限期 提前还 提前还款 按季还息
fee: 手续费 费用 服务费 违约金 罚息 管理费 评估费 收费 中介费 保证金 fee fees charge charges penalty commission cost costs deposit
    upfront_fee upfront down_payment
collateral: 抵押 质押 抵押物 押 抵押品 房产 房子 房产证 厂房 设备 存单 collateral pledge mortgage mortgaged secured house apartment
    property pledged security 抵 抵押率 押房 押车 宅基地 小产权 二抵 抵押贷款
guarantee: 担保 担保人 保人 反担保 担保公司 担保费 担保基金 联保 作保 做担保 共同借款人 风险分担 担保机构 guarantee guarantor guarantors
    guarantees cosign cosigner co-signer vouch guaranteed risk_sharing guarantee_company guarantee_fund 签字作保 保费 连带
    连带责任 再担保 融担 农担 保证人 互保 代偿 见贷即保
docs: 材料 资料 证件 手续 单子 文件 复印件 原件 扫描件 公章 营业执照 执照 身份证 户口本 结婚证 报表 合同 发票 完税证明 清单 documents
    document papers paperwork licence license id_card certificate copies copy originals passport proof contract contracts invoice
    invoices permit permits 许可证 盖章 纳税证明 完税 产权证 租赁合同 章程 决议 授权书 委托书 报税表 receipts report tax_returns lease
    forms template 房本 户口簿 本本 行驶证 印章 审计报告 凭证 证明 离婚协议
bring: 带 备 备齐 交 提供 出示 齐 凑 bring prepare provide submit show required 拿 带啥 拿去 带上 拿什么 拿啥
steps: 流程 步骤 程序 手续流程 环节 先 第一步 下一步 下来 面签 开户 尽调 放款 审批 批下来 到账 办理 办 procedure process steps step
    first_step next_step approval approve approved disburse walk_me_through stages in_person branch appointment 预约 网点 窗口 柜台 线上
    网上 手机银行 进度 查进度 签合同 抵押登记 上门 异地 官网 网址 website online office status timeline 手机上 远程 入口 下款 打钱
    几趟 加急 签字 排队 解押 上会 复审 初审
    到场 代办 多少个工作日
apply: 申请 提交 递 递交 报 报上去 送审 办这个 就它 就这个 选这个 推给 发给银行 发给 转给 对接 申办 apply application proceed
    go_ahead_with file_the_application i_choose i_pick send_it forward hand_over go_with 就这家 定了 选定 投 推荐给 登记 报名 开始申请
    hand_it submit_it sign_me_up_for this_one
meaning: 意思 什么意思 啥意思 是什么 是啥 什么是 叫什么 什么叫 指的是 说的是 怎么理解 解释 名词 含义 概念 定义 区别在 meaning mean means
    explain definition define what_is what_does stand_for what's_a what_are
compare: 比 比较 对比 区别 差别 哪个好 哪个划算 划算 合算 还是 优缺点 更 哪个更 合适 cheaper better vs versus compare comparison
    difference faster pros_and_cons than between or against
compute: 算 算算 算一下 计算 帮我算 算下 月供 每月还 每个月还 每期 一共 总共 总利息 还多少 calculate compute calculation monthly_payment
    installment instalment instalments total_interest in_all pay_back per_month true_cost true_yearly_rate work_out effective
    折合 换算 折算 反推 按计算器 月还 每月供 一个月还 每天还 算笔账 还款计划
declined: 拒 被拒 拒绝 拒了 不批 没批 没过 不通过 不行 不符合 批不下来 驳回 declined rejected refused denied turned_down said_no reject
    refuse decline not_qualify rejection 秒拒 刷下来 打回 没给过
score: 评分 分数 星级 评级 得分 打分 几星 score rating grade stars scored rated points
raise: 提高 提升 改善 增加 修复 改进 提额 优化 更容易 容易 好一点 上去 多贷 变好 加分 涨 补短板 raise improve increase boost fix repair
    rebuild higher better_chance stronger advice tips strengthen bankable clean_up lift 翻身 补救 提一提 提上去 往上升 养好
credit: 征信 信用 信用报告 信用分 信用记录 征信报告 纳税信用 credit credit_report credit_record credit_history credit_score 异议 申诉
    消除 移出名录 异常名录 信用修复 养征信 养 off_the_blacklist creditworthy 白户 黑户 失信名单 查询次数 征信花了
renew: 续 续贷 展期 延期 转贷 无还本续贷 到期 过桥 借新还旧 再延 续期 倒贷 老贷款 renew renewal extend extension roll_over rollover roll
    maturity matures due expire expires postpone prolong refinance 续上 续签 接着用 再用一年 无还本 滚一年 延一延 缓一缓
hardship: 还不上 还不起 没钱还 断供 逾期了 资金链 断 撑不住 亏 倒闭 破产 拖欠 欠我 抽贷 催收 发不出工资 发不出 周转不开 困难 跑了 打水漂
    跑路 停工 停产 要债 熬不下去 关门 揭不开锅 没活 没单 can't_pay cannot_pay can't_repay behind default bankrupt bankruptcy overdue
    owes owe_me run_out struggling desperate no_money no_cash closing unpaid collapse crisis seized frozen lost flood fire hardship
    drowning survive insolvent short_of going_under 没了 吃不消 等米下锅 收不回来 收不回 扣押 查封 冻结 血本无归 断粮 断货款 困难户 垮
    黄了 凑不齐 崩溃 绝收 赔光 缺钱发工资 lost_everything past_due miss_the_payment missed late_with fall_behind gone worthless
    not_paying hasn't_paid haven't_paid won't_pay refuses_to_pay shut_down laid_off nothing_left sinking broke burned
    熬不住 扛不住 没辙 拆东墙补西墙 转不动 撑不下去 还不出
debtors: 客户 甲方 买家 货款 工程款 尾款 欠款 应收 应收款 应收账款 账款 client customer buyer customers receivable receivables
wages: 工资 发工资 工人 师傅 员工 人手 salary salaries wages payroll workers staff employees worker people
scam: 骗 骗子 骗人 诈骗 骗局 真的假的 真假 靠谱 可信 正规 合法 套路 是真的 假的 可靠 砍头息 被骗 中招 scam fraud fake genuine legit
    legitimate trustworthy cheat cheated real trust believe is_it_real safe_to licensed suspicious phishing 内部通道 内部名额 红包
    好处费 洗白 免审 百分百 秒批 包过 资质 牌照 guaranteed_approval 100%_approval too_good red_packet 猫腻 有鬼 有诈 敢不敢信 信得过
upfront: 先交 先付 验资 解冻 解冻费 转账 刷流水 包装 中介 洗征信 陌生 链接 短信 pay_first in_advance broker stranger link deposit_first
    verification_code 验证码 共享屏幕 定金 服务费先付
upload: 上传 传 发你 发给你 发过来 截图 拍照 照片 格式 上载 导出来 乱码 附件 文件格式 upload uploading attach attachment screenshot
    photo format formats pdf excel csv xls xlsx jpg word scan scanned export_from zip 拍糊 横着拍 发文件 传文件 压缩包 打不开
    attach_a_file photograph paperclip readable
statement: 流水 对账单 账单 银行流水 statement statements bank_flow bank_statement
privacy: 隐私 泄露 保密 安全 看到 看见 看得到 谁能看 保存 存 保留 留着 骚扰 外泄 第三方 卖给 影响征信 privacy private store stored keep
    share shared see leak leaked safe secure confidential sell third_parties collect access encrypted
mydata: 数据 信息 档案 记录 个人信息 我的信息 隐私信息 data information profile records record personal_data file details
delete: 删 删除 删掉 删了 清除 抹掉 抹去 销毁 清空 注销 撤回 不许留 彻底删除 delete erase remove wipe destroy purge get_rid_of clear
export: 导出 下载 拷 副本 打包 汇总 发我一份 一份 export download portable get_my_data a_copy_of
subscribe: 订阅 推送 通知 提醒 消息 简报 更新 新政 告诉我 通知我 提醒我 subscribe updates notify notifications notification newsletter
    news alert alerts let_me_know sign_me_up keep_me_posted remind 恢复推送 加入 名单 join mailing mailing_list follow ping_me inform
    newsletters
stop: 停 停止 取消 退订 关 关掉 关闭 不订 不收 别发 别再 屏蔽 stop cancel unsubscribe disable opt_out turn_off mute no_more quit 停发
    移出 别推 不收了 不看了 免打扰 unfollow don't_disturb stop_sending switch_off enough
policy: 政策 新政策 policy policies program programme scheme
subsidy: 补贴 贴息 补助 奖励 减税 免税 退税 优惠 返还 稳岗 奖金 奖补 扶持 减免 subsidy subsidies grant grants allowance bonus relief
    exempt exemption incentive tax_break support_money 扣除 加计扣除 减半 减征 贴 稳岗返还 消费券 discount perks reimbursed voucher
    rebate refund exempted government_money
language: 中文 英文 英语 普通话 汉语 语言 粤语 双语 国语 讲中文 说中文 english chinese mandarin language putonghua cantonese 繁体 简体
    英文版 中文版 foreigner characters
human: 人工 真人 客服 人工客服 转人工 活人 专人 顾问 热线 电话 打电话 回电 值班 human person someone real_person customer_service
    advisor agent operator call_me phone contact speak_to talk_to hotline representative banker adviser specialist 专员 专家 负责人 面谈
    见面 见一面 当面 谈谈 接线员 line_manager put_me_through ring_me 座机 派个人 管事的 主管 当面聊 视频聊 拉个群 喘气的
complaint: 投诉 举报 差评 垃圾 破 气死 生气 过分 骗流量 态度 烂 坑 坑人 无语 没用 废物 傻 蠢 智障 笨 敷衍 踢皮球 误导 受够 恶心 慢死 告
    曝光 骂 答非所问 浪费时间 失望 不满 complain complaint rubbish terrible useless stupid awful angry unhappy rude disgusting worst bad
    ridiculous nonsense frustrated disappointed slow idiot waste hate misleading annoying unacceptable garbage pathetic sue furious
    sick_of fed_up 歧视 暗箱操作 shameful 就这 滚 受不了 有病 不像话 没动静 没人管 耍人 宰 黑心 拖延 不理 推诿 白跑 discriminated
    shouted ignored unprofessional lied cheated_me broken robbery outrageous wasting misled mess unfair blame upset 气人
    折腾 皮球 白跑一趟 逗我玩 听不懂人话 打零分
restart: 重新 重来 从头 重启 重置 重新开始 从零 作废 不作数 推翻 清掉 刷新 重头 打头 reset restart start_over begin_again
    from_the_beginning from_scratch fresh new_start start_again
thanks: 谢谢 感谢 多谢 谢 谢了 感恩 辛苦 有劳 蟹蟹 拜拜 再见 唔该 晚安 thank thanks thx ty cheers appreciate bye goodbye grateful
    thank_you see_ya see_you talk_later talk_to_you_later good_job 改天 改天见 回头聊 爱你 gn cu have_a_nice_day helpful great_help kind
    指点 指教 请教 下线 谢啦 多谢啦 有数了 回见 回聊 踏实了 心里有底 费心 麻烦你了 先撤 帮大忙
hello: 你好 您好 哈喽 嗨 早 早上好 下午好 晚上好 在吗 有人吗 在不在 侬好 hello hi hey yo good_morning good_afternoon good_evening
    greetings 喂 打扰 打扰一下 节日快乐 新年好 新年快乐 knock are_you_there anyone_there happy_new_year how_are_you nice_to_meet_you
    good_day 幸会 请多关照 关照 初次见面 第一次来 打个招呼 喂喂 哈啰 中午好 在么 有人没 敲门 冒泡 报到 在线吗 在线不 吱一声
yes: 是 是的 对 对的 好 好的 嗯 行 可以 没错 没问题 确认 继续 要得 中 系 好嘞 yes yeah yep yup ok okay sure right correct confirmed
    absolutely exactly of_course continue go_on 妥 妥了 同意 必须的 阔以 木有问题 嗯呢 嗯嗯 恩恩 对头 没毛病 roger bingo works_for_me
    uh_huh mm_hmm no_problem you_bet fine agreed go_for_it understood that's_right 没得问题 冇问题 无误 照办 得嘞 是嘞 是哒 好滴 好咧 系啊
    没错的
no: 不对 错了 错 不是的 不用 算了 跳过 不想回答 不需要 下一个 wrong incorrect skip pass nah 免了 拉倒 伐要 懒得 懒得说
    none_of_your_business personal not_really rather_not 非也 换一个 下一题 别问 misunderstood 莫得 唔系 唔使 暂时不 搞错 弄拧
correction: 记错 说错 更正 改一下 改成 打错 弄错 纠正 应该是 不是的是 correction actually i_meant should_be mistake typo instead sorry
    wait
firmkind: 公司 个体户 个体工商户 合作社 合伙企业 工厂 厂 店 作坊 餐馆 饭店 超市 门店 网店 工作室 企业 小企业 小微 company shop factory
    restaurant firm business workshop cooperative sole_trader farm bakery cafe
trade: 批发 零售 加工 制造 物流 运输 养殖 种植 装修 外贸 出口 餐饮 服装 电商 建材 五金 维修 培训 软件 设计 wholesale retail exports
    manufacture trading logistics catering software selling make
figures: 营业额 营收 收入 销售额 利润 净利润 月流水 年收入 产值 资产 负债 存货 库存 现金 纳税 税 开票 毛利 成本 revenue turnover profit
    sales income assets debts liabilities inventory cash tax taxes margin
standing: 一般纳税人 小规模 高新 专精特新 小巨人 专利 软著 黑名单 失信 诉讼 官司 欠税 股东 法人 社保 patents patent blacklisted lawsuit
    lawsuits taxpayer high-tech shareholder court
opened: 开了 成立 注册 注册于 办的照 经营 干了 开张 创办 做了 founded established registered since opened started operating in_business
purpose: 进货 买设备 备货 扩店 扩大 进原料 添 换 垫资 equipment stock renovate expand machines
eligible: 能贷 能贷多少 适合 符合 推荐 够不够格 资格 条件 能批 贷得到 路子 渠道 办法 有什么贷款 可以贷 能借 匹配 eligible qualify
    suitable fit fits options recommend match available suits
personal: 房贷 车贷 信用卡 消费贷 花呗 借呗 白条 助学贷款 公积金 彩礼 买车 买房 首套房 养老金 个税 医保 credit_card student_loan
    car_loan pension home_loan holiday personal_loan
market: 股票 基金 黄金 比特币 币 炒股 彩票 理财 股市 大盘 抄底 期货 汇率 涨停 stocks gold bitcoin crypto lottery shares invest
    investment forex fund
weather: 天气 下雨 下雪 温度 气温 冷 热 台风 雾霾 太阳 晴 weather rain snow temperature sunny hot cold forecast typhoon umbrella windy
    cloudy humid 刮风 打雷 暴雨预警
timeof: 星期几 几号 今天 明天 日期 农历 节气 放假 time today tomorrow date o'clock calendar weekday
story: 笑话 故事 唱歌 唱 诗 歌 歌词 作文 对联 谜语 段子 小说 成语 鬼故事 joke story sing song poem riddle lyrics novel essay music 鸡汤
    祝福语 广告词 文案 请假条 辞职信 店名 起名字 公司名字 slogan letter email speech logo
screen: 电影 电视剧 综艺 明星 游戏 追剧 动漫 演唱会 王者 抖音 直播 视频 演员 歌手 movie film series actor game games netflix youtube
    tiktok video singer celebrity concert
sport: 足球 篮球 国足 世界杯 比赛 球 健身 跑步 减肥 游泳 瑜伽 奥运 football soccer basketball match_today gym fitness weight olympics
    tennis running world_cup team nba
food: 菜 做饭 吃 炒 红烧 火锅 好吃 晚饭 午饭 早餐 外卖 奶茶 咖啡 包饺子 蛋糕 煮 菜谱 cook recipe dinner lunch breakfast pizza noodles
    dumplings eat food coffee tea cake
travel: 机票 酒店 旅游 高铁 火车票 火车 景点 签证 护照 民宿 自驾 打车 导航 路线 地铁 加油站 flight hotel ticket tickets travel trip visa
    train taxi vacation airport map
health: 感冒 发烧 头疼 失眠 医院 医生 药 看病 怀孕 牙疼 血压 减肥药 体检 挂号 肚子 腰 咳嗽 养生 doctor medicine headache fever sick pain
    hospital diet vitamin cough pregnant sleep
home: 老婆 老公 孩子 女朋友 男朋友 对象 结婚 离婚 恋爱 相亲 婆婆 宝宝 女儿 儿子 表白 wife husband kids girlfriend boyfriend marriage
    love divorce baby dating son daughter
pets: 猫 狗 宠物 鱼缸 花 多肉 鸟 cat dog pet kitten puppy plant flowers
study: 高考 考研 作业 数学 英语四级 驾照 驾校 考试 学校 大学 论文 方程 翻译 单词 物理 化学 历史 学车 考公 school exam homework math
    university thesis translate equation history capital grammar physics learn driving_license
tech: 手机 电脑 苹果 华为 微信 wifi 密码 打印机 代码 编程 python 路由器 死机 系统 安装 iphone laptop computer printer password code
    router install facebook instagram wechat windows app wi-fi programming
fate: 八字 算命 星座 运势 风水 抽签 解梦 起名 属相 塔罗 吉日 horoscope fortune zodiac dream lucky name tarot feng_shui
jobs: 找工作 招聘 简历 面试 辞职 兼职 跳槽 job resume interview cv career salary_negotiation
errand: 快递 寄 搬家 保洁 修 空调 洗衣机 违章 年检 身份证过期 居住证 社保卡 小区 物业 房租 租房 找房 delivery parcel landlord rent noise
    plumber neighbour furniture shopping buy 坐车 导航到 airport_bus 宽带 话费 流量卡 sim_card 暖气 停车
world: 总统 战争 新闻 首都 宇宙 外星人 月亮 地球 鲁迅 皇帝 长城 诗人 科学家 president war election planet universe moon country
    capital_of world earth mountain population river 省份 provinces 恐龙 朝代 历史上 首府 dinosaur dynasty emperor continent
botself: 你几岁 你叫什么 你是谁 多大了 你会 谁做的你 有女朋友 聊天 陪我聊 无聊 机器人吗 who_made_you your_name how_old_are_you
    are_you_human do_you_dream bored chat where_do_you_live 你住哪 你爸 吃了吗 在干嘛 what_are_you who_are_you 谁开发 谁创造 favourite
    favorite
noise: 哈哈 哈哈哈 呵呵 嘿嘿 啦啦 asdf haha lol hehe test blah zzz qwerty hmm 嘻嘻 阿巴 滴滴 测试 啊啊啊 嗷 哼 呃 额 lmao 666 嘿嘿嘿 xxx
cheating: 造假 做假 伪造 假流水 洗钱 赌博 赌 逃税 避税 假发票 fake_documents gambling gamble forge launder illegally hack 作假 行贿
    不被发现 高利贷给别人 bribe fool run_away hide_income
"""

_TRADITIONAL = """
    貸贷 經经 營营 業业 稅税 額额 錢钱 還还 麼么 們们 個个 這这 為为 條条 請请 問问 對对 誰谁 幾几 開开 關关 說说 話话
    讓让 給给 從从 來来 時时 間间 國国 銀银 數数 據据 資资 產产 債债 務务 擔担 證证 質质 險险 費费 補补 貼贴 報报 審审
    過过 辦办 點点 電电 號号 圖图 傳传 檔档 剛刚 應应 該该 單单 廠厂 實实 現现 簽签 約约 書书 買买 賣卖 進进 貨货 發发
    員员 會会 嗎吗 歲岁 萬万 億亿 兩两 張张 設设 備备 機机 車车 東东 華华 廣广 灣湾 價价 優优 減减 農农 續续 轉转 換换
    難难 壓压 虧亏 損损 獲获 評评 級级 訂订 閱阅 聯联 絡络 繫系 戶户 帳账 賬账 複复 雜杂 體体 總总 計计 壞坏 騙骗 謝谢
    嘅的 刪删 導导 語语 聽听 讀读 寫写 訴诉 麗丽 樣样 後后 並并 與与 種种 較较 處处 門门 臺台 網网 無无 沒没 動动 達达
    運运 輸输 飯饭 館馆 錄录 簡简 繼继 確确 認认 錯错 誤误 顧顾 頭头 馬马 選选 擇择 圍围 區区 縣县 場场 養养 豬猪 雞鸡
    魚鱼 鐵铁 專专 創创 潤润 歷历 納纳 繳缴
"""

SIMPLE_FORMS = {ord(pair[0]): pair[1] for pair in _TRADITIONAL.split()}


def read_lexicon() -> dict[str, list[str]]:
    """Returns the phrases of each concept; a line that starts with a space goes on with the concept before it."""
    lexicon: dict[str, list[str]] = {}
    for concept, phrases in (line.split(":") for line in _CONCEPTS.replace("\n ", " ").strip().splitlines()):
        lexicon[concept] = [phrase.replace("_", " ") for phrase in phrases.split()]
    return lexicon
