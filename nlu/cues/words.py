"""Words that say a flag or a choice. Each table lists (value, words); the first that fits a place in the text wins."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nlu.patterns import Pattern

Words = tuple[tuple[str, Pattern], ...]
Flags = tuple[tuple[bool, Pattern], ...]


def _words(**table: str) -> Words:
    return tuple((value.removesuffix("_"), Pattern(words)) for value, words in table.items())


def _flags(no: str, yes: str) -> Flags:
    return ((False, Pattern(no)), (True, Pattern(yes)))


#: Stands directly before a word that names somebody else's business: 给饭店送菜, sell to restaurants.
FOR_OTHERS = re.compile(
    r"(?:给|向|为|供应?|卖给|服务于?|帮|替|供货给|配送到?|送到?|与|和|跟|旁边|对面|隔壁|to|for|supply(?:ing)?|supplies|serv(?:e|ing)|near|next to|opposite|from|recommend|book|find)(?: me)? ?(?:几家|多家|很多|附近的?|本地的?|一些|各大?|大|several |local |many |some |the |a |big |other )*$"
)

INDUSTRY: Words = _words(
    wholesale=r"批发|经销商|代理商|总代|一级代理|农贸市场档口|\bwholesal(?:e|er|ing)\b|\bdistribut(?:or|ion|ing|orship)\b|\btrading company\b",
    construction=r"装修公司|装饰公司|装饰工程|工程队|施工队|包工头|包工程|建筑(?:公司|队|工程|行业|业|劳务|安装)?|做建筑|做工程|工程公司|做装修的?|搞装修的|水电安装|防水工程|钢结构|市政工程|园林绿化|劳务分包|\bconstruction\b|\bbuilders?\b|\bbuilding contractor\b|\b(?:interior )?(?:renovation|decorating|fit-?out) (?:company|business|firm|contractor)\b|\bcontractor\b",
    agriculture=r"养了?[^，。,;；]{0,6}?[猪牛羊鸡鸭鹅鱼虾蟹蜂兔]|养殖|养殖|种(?:了)?(?:[\d一二两三四五六七八九十几百]+亩)?(?:菜|地|茶|粮|水稻|果树?|树|花|药材?|麦|玉米|草莓|葡萄|西瓜|柑橘|橘子|苹果|香菇|蘑菇|菌菇|蔬菜|土豆|红薯|甘蔗|烟叶|棉花|莲藕|百香果|火龙果)|种植|果园|茶山|茶园|渔(?:业|船|民)|捕鱼|农场|林场|苗圃|大棚|农业(?!银行)|农户|鱼塘|猪场|鸡场|家庭农场|水产养殖|果农|菜农|\bfarm(?:s|er|ers|ing)?\b|\borchards?\b|\bfisher(?:y|ies|men|man)\b|\bfishing\b|\bplantation\b|\blivestock\b|\bpigs?\b|\bgreenhouse\b|\bagricultur\w+\b|\baquaculture\b|\btea garden\b",
    property_management=r"物业(?:管理|公司|服务)|做物业|\bproperty management\b|\bproperty manager\b",
    real_estate=r"房地产开发|楼盘开发|开发楼盘|地产开发|房产开发|房地产公司|做房地产|\breal estate develop\w+\b|\bproperty develop\w+\b",
    postal=r"快递(?:站|点|公司|网点|驿站|加盟|代理|业务|行业)|做快递|菜鸟驿站|驿站|\bcouriers?\b|\bparcel\b|\bexpress delivery (?:station|point|outlet|business)\b",
    warehousing=r"仓库出租|冷库(?!设备)|仓储|云仓|代仓储|仓配|\bwarehous(?:ing|es? (?:business|company|rental|operator))\b|\bcold storage\b|\b(?:rent|lease) out warehouses?\b",
    transport=r"跑运输|运输(?:公司|队|业|行业|生意)?|货运|物流(?!费|园)|车队|出租车|网约车|跑车拉货|拉货|跑长途|跑货|挂车|客运|搬家公司|货拉拉|\btruck(?:ing|er|ers| fleet)\b|\btrucks? (?:fleet|business|company)\b|\bfreight\b|\blogistics\b|\bmoving (?:company|business|firm)\b|\btransport(?:ation)?\b|\bhaulage\b|\btaxi\b|\bfleet\b|\bshipping company\b",
    information_transmission=r"宽带|电信(?:业务|运营|公司|增值)|通信运营|增值电信|\btelecoms?\b|\bbroadband\b|\binternet provider\b|\bisp\b",
    software_it=r"软件(?!著作|专利)|小程序|app ?开发|开发app|做app|网站开发|系统集成|信息技术|\bit(?:公司|服务|行业|外包)|做it|互联网公司|科技公司|编程|大数据|人工智能|游戏开发|saas|\bsoftware\b|\bit (?:company|services?|business|firm|consult\w+|outsourcing)\b|\bapp develop\w+\b|\bapps\b|\bweb (?:development|design)\b|\bmini[- ]?programs?\b|\bdevelopers?\b(?! of)|\bsaas\b|\btech start-?up\b",
    other=r"理发|美发|美容|美甲|纹身|培训(?:班|机构|学校|中心)?|教育(?:机构|公司|咨询)?|补习班|托管班|幼儿园|诊所|口腔|牙科|医美|洗车|家政|健身(?:房|馆|工作室)?|瑜伽|洗浴|足浴|按摩|养老院|宠物(?:医院|店美容)|汽修|修车|修理厂|ktv|网吧|影楼|摄影|婚庆|月子中心|干洗|洗衣店|台球|棋牌|剧本杀|维修店"
          r"|\bhair(?:dress\w*| salon|cut\w*)?\b|\bbarber\w*\b|\bbeauty (?:salon|parlou?r|shop)\b|\bnail (?:salon|bar|shop)\b|\btraining (?:cent(?:re|er)|school)\b|\btutor\w*\b|\bschool\b(?! fees)|\bkindergarten\b|\bclinic\b|\bdent(?:al|ist)\b|\bcar ?wash\b|\bgym\b|\bfitness\b|\bcleaning (?:company|service|business)\b|\bgarage\b|\bcar repair\b|\bauto repair\b|\blaundry\b|\bspa\b|\bsalon\b|\byoga\b|\bphoto(?:graphy)? studio\b",
    leasing_business_services=r"广告(?!费)|人力资源|劳务派遣|会计(?:事务所|公司|代账)|代账|代理记账|财税公司|财税|咨询|律所|律师事务所|中介(?:公司|服务|店)|房产中介|租车(?:行|公司|生意)?|汽车租赁|设备租赁|租赁(?:公司|业务|行业)|会展|策划公司|旅行社|保安公司|咨询公司|知识产权代理|翻译公司|\badvertis\w+ (?:agency|company|firm|business)\b|\bad agency\b|\brecruitment agency\b|\bstaffing\b|\baccounting (?:firm|practice|company)\b|\bbookkeeping\b|\blaw firm\b|\bconsult(?:ing|ancy)\b|\bcar (?:rental|hire)\b|\bequipment (?:rental|leasing)\b|\btravel agency\b|\bmarketing agency\b|\bevent (?:planning|company)\b|\bleasing\b",
    accommodation=r"民宿|宾馆|旅馆|酒店(?!用品|布草|供)|旅店|招待所|客栈|青旅|\bhotels?\b|\bguest ?house\b|\bhostel\b|\bb&b\b|\bbed and breakfast\b|\binn\b|\bhomestay\b|\bmotel\b",
    catering=r"餐[馆厅饮]|饭[店馆庄]|火锅(?:店)?|奶茶(?:店)?|面馆|粉店|米粉店|早餐店|早点|烧烤(?:店|摊)?|烤肉|酒楼|小吃(?:店|摊|车|城)?|快餐(?:店)?|咖啡(?:店|馆|厅)?|茶饮|甜品店|烘焙|蛋糕店|面包店|大排档|食堂|酒吧|茶楼|茶馆|拉面馆?|麻辣烫|炸鸡|卤味|外卖店|包子铺|蜜雪|瑞幸|华莱士|正新鸡排|绝味|古茗|茶百道|沪上阿姨|喜茶|饺子馆|食府|农家乐|私房菜|排档|\brestaurants?\b|\bcater(?:ing|er)\b|\bcaf[eé]s?\b|\bcoffee shop\b|\b(?:noodle|tea|milk tea|bubble tea|hotpot|hot pot|dumpling|breakfast|bbq|barbecue|burger|pizza) (?:shop|place|house|restaurant|joint|stall|stand|bar)\b|\bhot ?pot\b|\bbubble tea\b|\bbakery\b|\bdiner\b|\bcanteen\b|\bfood (?:stall|truck|court)\b|\beatery\b|\bbar\b(?! ?code)|\bpub\b|\bteahouse\b",
    industry=r"模具|工厂|加工厂|厂子|制衣|服装厂|鞋厂|注塑|电子厂|家具厂|机械厂|五金厂|食品厂|纺织厂|印刷厂|包装厂|化工厂|塑料厂|玩具厂|陶瓷厂|(?<![出原同药电水])[\u4e00-\u9fff]{1,3}厂(?!房|商|家|长|区|里)|办厂|开厂|开了?[家个]?[^，。]{0,4}厂(?!房)|(?<!服务)制造(?!业贷)|加工(?!费|贸易)|生产(?:线|企业|型|[^经许]{0,6}的)|铸造|冲压|钣金|电镀|喷涂|深加工|精密零件|机加工|数控|代工|作坊|\bfactor(?:y|ies)\b|\bmanufactur\w+\b|\bworkshop\b(?! worth)|\bmoulds?\b|\bmolds?\b|\binjection mou?lding\b|\bmachin(?:e shop|ing)\b|\bprocessing plant\b|\bplant\b(?! trees)|\bmills?\b|\bgarment maker\b|\bfurniture maker\b|\bproduc(?:e|er|ers|ing|es) \w+",
    retail=r"服装店|超市|小卖部|便利店|网店|淘宝店?|天猫店?|拼多多(?:店)?|京东店|抖音(?:小)?店|电商|跨境电商|零售|专卖店|杂货店|水果店|药店|药房|母婴店|花店|书店|文具店|五金店|手机店|眼镜店|鞋店|童装店|烟酒店|茶叶店|生鲜店|菜店|肉铺|家电店|建材店|家具店|珠宝店|化妆品店|宠物店|饰品店|车行|4s店|开店卖|摆摊|加油站|卖(?:衣服|服装|茶|玉|水产|肉|酒|米|二手|轮胎|配件|水果|鞋|菜|手机|茶叶|建材|家具|海鲜|童装|女装|男装|化妆品|零食|烟酒|日用品|家电|电脑|五金|花)"
           r"|\bretail(?:er|ers|ing)?\b|\bsupermarkets?\b|\bconvenience store\b|\bgrocer(?:y|ies)\b|\b(?:clothes|clothing|shoe|fruit|flower|book|gift|phone|hardware|corner|online|taobao|tmall|pet|jewel(?:le)?ry|furniture|toy|tea leaf|sports|fashion|cosmetics) (?:shop|store|boutique|stall)\b|\bpharmacy\b|\bboutique\b|\be-?commerce\b|\bsells? (?:jade|tea|wine|tyres?|tires?|phones?|fruit|vegetables|shoes|furniture)\b|\bsell (?:clothes|clothing|shoes|fruit|phones|flowers|toys|cosmetics|snacks) (?:online|in)\b",
)  # fmt: skip

PURPOSE: Words = _words(
    refinance=r"(?:想|要|用来|用于|拿来|拿去|拿|借|贷|钱|先|去|为了|主要|打算|万|块)[^，。,;；]{0,4}还(?:掉|清)?(?:旧|老|别的|银行的?|原来的?|上一笔|到期的?|另一[笔家]的?|其他)(?:贷款?|欠款|债|的)?|(?:用来|用于|拿来|拿去|借来|借钱|为了|主要)[^，。,;；]{0,3}还(?:贷|网贷|信用卡|高利贷|欠款|债)|(?:要|想|需要|做|用于|用来|借|缺|找)[^，。,;；]{0,6}(?:过桥|倒贷|转贷)(?!是)|置换(?:掉)?(?:高息|旧|原|别家|网)?(?:的)?(?:贷款?|债)|还(?:网贷|高利贷)|\brefinanc\w*\b|\bpay off (?:the |my |our |an? )?(?:old|existing|other|current|previous|bank|expensive|high)\b|\bbridge loan\b|\breplace (?:my|our|an?|the) (?:old |existing |expensive )?loans?\b|\bconsolidat\w+\b",
    wages=r"发(?:工资|薪水?|年终奖|工钱)|付工资|结工资|工人工资|发不出工资|\bpay (?:the |my |our )?(?:wages|salaries|staff|workers|employees)\b|\b(?:for|cover|meet|make) (?:the |my |our )?(?:payroll|wages|salaries)\b",
    stock_purchase=r"进(?:点|一?批|些|新|原|年|春季|冬季|夏季|秋季|一些)?(?:货(?!车|款|币)|原料|原材料|材料)|备货|囤(?:点|一?批)?货|(?<!政府)(?<!政采)(?<!公开)(?<!招标)采购(?!额|中标|项目|订单|平台|合同|局|中心|商|经理)|补货|铺货|买(?:原料|原材料|材料|货|一?批货|种子|饲料|鱼苗|猪苗|化肥|农资|布料|钢材)|订货|\b(?:buy|buying|purchase|purchasing|order|stock up on|restock\w*|to stock)\b(?: \w+){0,2} (?:stock|inventory|goods|materials?|supplies|seeds?|feed|fabric|merchandise|ingredients)\b|\bstock(?:ing)? up\b|\brestock\w*\b|\bfor (?:stock|inventory|raw materials?|materials|goods)\b|\bbuy(?:ing)? (?:stock|inventory|in stock)\b|\bto stock\b",
    equipment=r"(?:买|购置|购买|添置?|更新|换|上|采购|购|进|增加|增|置办)(?![了过的])(?:[\d一二两三四五六七八九十几]+)?(?:点|几|一|两|三|台|辆|条|套|批|些|个|新|的|大|二手)*(?:[^，。,;；]{0,4}?)(?:设备|机器|机床|机械|生产线|流水线|货车|卡车|面包车|冷藏车|车辆|车子?(?!间|位)|烤箱|冰柜|蜂箱|烘干机|收割机|[打包印压榨磨切冲吊电]+机|锅炉|叉车|挖机|挖掘机|注塑机|农机|拖拉机|大棚)|设备(?:升级|更新|改造|采购)|\b(?:buy|buying|purchase|purchasing|get|new|upgrade|upgrading|replace|replacing|for)\b(?: \w+){0,3} (?:equipment|machines?|machinery|trucks?|vans?|vehicles?|ovens?|lathe|tractor|production line|forklift|excavator)\b(?!-| (?:loan|company|business))",
    premises=r"装修(?!公司|队|行业|生意|工程|的?老板|材料|了|花)|翻新(?!轮胎)|扩(?:建|店|厂|张|大店面|大门面|租)|(?:租|买|盖|建|扩|换|找)(?:新|个|间|了)?(?:大)?(?:点的)?(?:一[间个])?(?:厂房|店面|门面|铺面|商铺|门店|仓库|新店|分店|办公室|冷库)|开(?:新|第?[二三四]?家?)?分店|开(?:家|个)?新店|再开一?[家间]|开第[二三四]家|\b(?:renovat\w+|refurbish\w*|redecorat\w+|fit(?:ting)?[- ]?out|remodel\w*|decorat(?:e|ing|ion))\b(?! (?:company|business|firm))|\b(?:open(?:ing)?|set(?:ting)? up) (?:a |another |one more |my |our )?(?:new |second |third |another |2nd |one more )(?:\w+ )?(?:shop|store|branch|location|restaurant|outlet|place|one|factory)\b|\bfor (?:a |the |our |my )?(?:new|second|bigger|larger) (?:\w+ )?(?:shop|store|branch|location|restaurant|outlet|premises|workshop|factory|warehouse|plant)\b|\b(?:rent|buy|build|expand|extend|lease)(?:ing)? (?:a |the |our |my |new )*(?:\w+ )?(?:premises|workshop|shop ?space|warehouse|plant|building|shop|factory)\b",
    rd=r"(?:搞|做|用于|用来|投入|投|新产品|产品|技术)研发|研发(?:新|用|资金|经费需|$)|开发新(?:产品|品|系统)|技术改造|\b(?:for|on|into|fund(?:ing)?|do) (?:our |some |the )?(?:r ?& ?d|research)\b|\bdevelop(?:ing)? (?:a |our )?new products?\b",
    export=r"(?:用于|用来|做|为了|拓展|开拓|备|接了?)(?:[^，。,;；]{0,4})(?:出口|外贸|海外)(?:订单|市场|业务|货)?(?:周转|备货|生产|垫资)?|出口(?:备货|垫款|周转|融资|退税(?:周转|融资))|\b(?:for|fund|finance|to) (?:an? |our |the )?export(?:s|ing)?(?: orders?)?\b",
    working_capital=r"周转|流动资金|日常(?:经营|开支|运营)|垫(?:资|款|付|货款)|(?:付|结)(?:货款|供应商)|资金链|应急|补充?流动|经营(?:用|周转)|\bworking capital\b|\bcash ?flow(?= (?:gap|problem|need|purposes))|\bday[- ]to[- ]day\b|\bturnover capital\b|\bpay(?:ing)? (?:my |our |the )?suppliers\b|\bbridge (?:the|a|my|our) (?:gap|cash)|\bto tide\b|\bkeep (?:the |us |my |our )?(?:\w+ )?(?:going|running)\b|\bcash ?flow\b(?=[.!]?$)",
)  # fmt: skip

LEGAL_FORM: Words = _words(
    sole_trader=r"个体(?:工商)?户?|个人独资|\bsole (?:trader|proprietor(?:ship)?)\b|\bself[- ]employed\b|\bgetihu\b|\bindividual business\b",
    cooperative=r"合作社|\bco-?operatives?\b|\bco-?op\b",
    partnership=r"合伙企业|合伙制|\bpartnership\b",
    company=r"(?:股份)?有限(?:责任)?公司|注册(?:了)?(?:的是|的|个|一家|是)?公司|(?:是|开了?|有|办了?|成立了?)(?:一?家|个|的|间)*[^，。,;；吗?？]{0,8}公司(?!法)|我们?公司|本公司|公司(?:制|性质|户|名下|成立|注册|现在|目前|有|去年|开了)|一人公司|\b(?:limited|registered) company\b|\bltd\b|\bllc\b|\b(?:our|my|we're an?|we are an?|own an?|run an?|have an?|as an?|registered an?) (?:\w+ ){0,3}company\b|\bco\.,? ltd\b|\bincorporated\b|\blimited liability\b|\bcorporation\b",
)
TAX_GRADE: Words = tuple(
    (grade, Pattern(
        rf"纳税[^，。,;；?？a-z]{{0,8}}(?<![a-z]){low}(?![a-z])|(?:纳税(?:信用)?|税务|税|信用)(?:等级|评级|评定|级别|信用|信用级别)?(?:等级)?[^，。,;；\w]{{0,3}}(?:是|为|评(?:了|为|的|上)?|拿(?:了|到)|有)?(?:个|的是)?\s?{low}(?:级|类)?(?![a-z])|(?<![a-z]){low} ?级(?:纳税)?(?!别)(?!供应商)(?!景区)"
        rf"|\btax (?:credit )?(?:grade|rating|class|level|credit)(?: is| of|:| =)?(?: an?)? {low}\b|\b(?:grade|class|level) {low}\b(?: tax\w*)?|(?<![a-z]){low}[- ](?:grade|rated?|level|class)(?: tax\w*)?"
    ))
    for grade, low in (("A", "a"), ("B", "b"), ("M", "m"), ("C", "c"), ("D", "d"))
)  # fmt: skip
VAT: Words = _words(
    small_scale=r"小规模(?:纳税人)?|\bsmall[- ]scale\b(?: (?:vat )?(?:taxpayer|payer))?",
    general=r"一般纳税人|\bgeneral (?:vat )?(?:taxpayer|payer)\b|\bgeneral vat\b",
)
SPECIALISED: Words = _words(
    none=r"(?:没有?|不是|还不是|没拿到?|没评上?|未获得?)(?:拿到?|评上|过|任何)*专精特新|\bno(?:t an?)? (?:specialised|specialized)\b|\bnot (?:specialised|specialized)",
    little_giant=r"小巨人|\blittle giant\b",
    innovative=r"创新型中小企业|\binnovative (?:sme|small)\w*",
    specialised=r"专精特新|\bspeciali[sz]ed[- ](?:and|&)[- ](?:new|innovative|sophisticated)\b|\bzhuanjingtexin\b",
)
PLATFORM: Words = _words(
    none=r"(?:没有?|不)(?:开|做|上)?(?:网店|电商|线上|平台)|\bno online (?:shop|store)\b|\bnot on any platform\b",
    taobao_tmall=r"淘宝|天猫|\btaobao\b|\btmall\b",
    jd=r"京东(?!贷|白条|方)|\bjd(?:\.com)?\b",
    pinduoduo=r"拼多多|\bpinduoduo\b|\bpdd\b",
    douyin=r"抖音(?!贷)|\bdouyin\b|\btik ?tok\b",
    meituan=r"美团(?!贷|月付)|\bmeituan\b",
    amazon=r"亚马逊|\bamazon\b",
    other=r"饿了么|快手|小红书|1688|阿里国际|速卖通|虾皮|微店|唯品会|视频号|\bshopee\b|\baliexpress\b|\btemu\b|\bshein\b|\bele\.?me\b|\bkuaishou\b|\bebay\b|\bxiaohongshu\b",
)
#: A platform counts when the owner sells there.
PLATFORM_VERB = re.compile(r"开|店|卖|做|平台|商家|入驻|电商|经营|销售|\bshop\b|\bstore\b|\bsell(?:s|ing|er)?\b|\bsold\b|\bon\b|\bsales\b")

_PLEDGE = r"(?:可以|能|想|用|拿|愿意|有|来|去|做|办|当)*"
COLLATERAL_NONE = Pattern(
    r"(?:没有?|无|不用|不想|不需要|没得|没啥|没什么|拿不出|缺少?)(?:什么|任何|东西|可以?|能|啥|个|办理?|做|要|提供|可供|房产|房子|资产|财产|办法|的|[用来])*(?:抵押|质押)|(?:抵押|质押)(?:物|品)?(?:是|都|也|的|这块|啥的|什么的)*(?:没有|无|没)|(?<!是)无抵押|纯信用|免抵押|名下(?:也)?没(?:有)?(?:房|任何资产)|没(?:有)?(?:什么|啥|东西)?(?:好|可以?|能)?押的"
    r"|\bunsecured\b(?! loans?\b)|\b(?:want|need|only|for|get|like)\b[^,.;?]{0,12}\bunsecured\b|\b(?:no|without|don'?t have|do not have|haven'?t got|nothing|lack)(?: any| much| real| to)* (?:collateral|security|pledge|mortgage|property|assets? to pledge)\b|\bnothing to (?:pledge|mortgage|offer as)\b|\bcollateral:? (?:none|no)\b|\bcannot (?:pledge|offer any)"
)
COLLATERAL_FRAME = Pattern(
    r"抵押|质押|担保物|押给|押上|(?:可以|能|拿|想|用)[^，。,;；]{0,4}押(?!金|题)|\bcollateral\b|\bpledg\w*\b|\bmortgag(?:e|ed|ing)\b|\bsecur(?:e|ed|ity)\b|\bbacked by\b|\bput up\b"
)
COLLATERAL: Words = _words(
    real_estate=r"房子?(?!租|贷|东|价)|房产(?!证)|商铺|厂房|别墅|住宅|店面|门面|写字楼|公寓|铺面|土地|地皮|宅基地|房屋|不动产|\bhouses?\b|\bhome\b|\bpropert(?:y|ies)\b(?! manage)|\bflats?\b|\bapartments?\b|\breal estate\b|\bbuildings?\b|\bland\b|\bworkshop\b|\bshop unit\b",
    equipment=r"设备|机器|机床|生产线|\bequipment\b|\bmachin(?:es?|ery)\b",
    vehicle=r"车子|(?:货|轿|汽|卡|小|大|私家|自家的?|有|一辆|两辆|辆|台|，|、|和|或|用|拿|是|^)车(?!间|位|队|贷|险)|车辆|车抵|宝马|奔驰|奥迪|丰田|本田|大众|特斯拉|重卡|货车|轿车|越野车|面包车|\bcars?\b|\btrucks?\b|\bvehicles?\b|\bvans?\b",
    receivables=r"应收(?:账款|款)?|\breceivables?\b|\bunpaid invoices\b",
    inventory=r"存货|库存|货物|仓单|\binventory\b|\bstock\b|\bgoods\b",
    ip=r"专利|商标|知识产权|软著|\bpatents?\b|\btrademarks?\b|\bip\b|\bintellectual property\b",
    deposit=r"存单|定期存款|大额存单|存款|\b(?:time |fixed |term )?deposits?\b|\bcertificates? of deposit\b|\bsavings\b",
    orders=r"订单|\borders?\b",
)
#: Owning something of this kind in so many words counts even where nobody speaks of pledging.
OWNS_HOUSE = Pattern(
    r"(?<!没)(?:名下|自己|我家?|家里)?(?<!没)有(?:一|两|三|几|[\d])?(?:套|间|栋|处)?(?:自己的|商品|自建|全款|按揭|学区|住)?(?:房(?!租|贷|东)|房子|房产(?!证)|商铺|别墅|厂房)(?:产)?|\b(?:i|we) (?:own|have) (?:a |an |our own |my own |two |the |\w+ )?(?:house|flat|apartment|property|building|home)\b"
)

OWNER_GROUP: Words = _words(
    graduate=r"(?:我|本人)?(?:是|属于|算)?(?:一?[个名])?(?:刚|应届|今年|去年)?(?:大学生(?:创业|$)|(?:高校|大学|应届)毕业生|毕业的大学生|刚(?:大学)?毕业|大学刚毕业|大学毕业)|\b(?:recent|fresh|university|college) graduate\b|\b(?:just|recently) graduated\b",
    veteran=r"退[伍役](?:军人|兵|老兵)?|转业军人|当过兵|复员|\bveteran\b|\bex-army\b|\bex-(?:army|military|soldier|serviceman)\b|\bserved in the (?:army|military|pla)\b",
    returning_migrant=r"返乡|回乡(?:创业|开)|回老家(?:创业|开店|开)|农民工(?:创业)?|\breturnee\b|\breturn(?:ed|ing)? (?:migrant|to my (?:home ?town|village))\b|\bmigrant worker\b",
    registered_unemployed=r"下岗|登记失业|失业(?!保险)|\b(?:registered |was |currently )?unemployed\b|\blaid[- ]off\b",
    disabled=r"残疾|\bdisab(?:led|ility)\b|\bhandicapped\b",
    woman=r"女(?:老板|性创业者?|创业者|企业家|士|的)|宝妈|巾帼|(?:我是|我一个)(?:个)?女|\bwom(?:a|e)n(?:'s)?[- ](?:owned|led|founder|owner|entrepreneur)\b|\bfemale[- ](?:owned|founder|owner|entrepreneur|boss)\b|\bi(?:'m| am) a woman\b|\bmum of\b|\bas a woman\b",
    rural=r"(?:我是|我们?是|本人是|作为|属于|一个|普通)(?:个|一个|名)?(?:本地|地道|普通)?农民(?!工)|农村(?:户口|创业|自主创业|人)|回村(?:里)?(?:创业|种|养|开|办|搞|包)|村里人|\bi(?:'m| am) a (?:farmer|villager|peasant)\b|\brural entrepreneur\b",
)

_SELF_NOT = r"(?:没有?|无|不是|未|从没|从来没|不存在|还没|并非|没被|not|no|never|isn't|aren't|don't|haven't|without)"
FLAGS: Mapping[str, Flags] = {
    "blacklisted": _flags(
        r"(?:没有?|不是|未|从没|从来没|没被|不在|并非|没进|没上过?)(?:有|被|上|列|入|进|列入|列为|过|征信|是|成为?|在|任何|什么)*(?:失信(?:被执行人?|人员|名单)*|黑名单|老赖|限高)|(?:失信|黑名单|老赖)(?:名单|记录)?(?:的?都?没有|没有)|\b(?:not|never|isn't|aren't|no)\b[^.;?]{0,24}\b(?:black ?list(?:ed)?|defaulter)\b",
        r"(?:我|公司|企业|法人|本人|老板|已经?|现在|目前|是|被|上了?|进了?|列为|列入|成了?)[^，。,;；?？吗没不]{0,8}(?:失信(?!的|是|有|会|怎|什)(?:被执行人?|人员|名单)?|黑名单|老赖|被限高)|\b(?:am|are|is|was|were|been|on)\b[^.;?]{0,20}\b(?:black ?list(?:ed)?|(?:court )?defaulter)\b",
    ),
    "tax_arrears": _flags(
        r"(?:没有?|无|不|从不|从没|从来不|没有过|不存在)(?:有|过|任何|拖)*欠(?:过|缴)?税|税(?:款|都|没|不)?(?:都)?(?:没有?欠|不欠|没有拖欠|没拖欠|交清了?|缴清了?)|\b(?:no|not|never|without|don'?t|do not|haven'?t|nothing)\b[^.;?]{0,16}\b(?:tax arrears|unpaid tax(?:es)?|owe (?:any )?(?:back )?tax(?:es)?|tax debts?|back taxes|overdue tax(?:es)?)\b",
        r"(?<![没无不])(?:还|有|目前|现在|是)?(?:欠着?|拖欠)(?:了)?(?:[^，。,;；?？吗没]{0,6})?税(?:款|没交|没缴)?(?!记录)(?![^，。]{0,3}[吗么?？])|\b(?:have|has|owe|owes|got|in)\b[^.;?]{0,16}\b(?:tax arrears|unpaid tax(?:es)?|back tax(?:es)?|overdue tax(?:es)?)\b|\bowe (?:some |the )?tax(?:es)?\b",
    ),
    "fixed_premises": _flags(
        r"(?:没有?|无)(?:固定|实体|自己的)?(?:的)?(?:经营)?(?:场所|场地|门面|店面|铺面|实体店|门店)|流动摊|\bno (?:fixed |physical )?(?:premises|shop ?front|storefront)\b|\bmobile stall\b|\bdon'?t have (?:fixed |a fixed )?(?:premises|place)",
        r"(?:有|租了?|买了?)(?:一?[个间家])?(?:固定|自己|实体|门面)(?:的)?(?:经营)?(?:场所|场地|门面|店面|铺面|办公室|厂房|实体店|门店)|有(?:一?[个间家])?(?:实体店|门面|店面|铺面|固定场所|经营场所)|\b(?:have|has|rent|own|got)\b[^.;?]{0,12}\b(?:fixed premises|premises|shop ?front|storefront|physical (?:shop|store)|fixed (?:place|location))\b",
    ),
    "private_owned": _flags(r"(?:是|属于)(?:国企|国有企业|国有控股|国资|央企)|国有控股|\bstate[- ]owned\b", r"民营(?:企业|公司|的)?|私营(?:企业)?|私人(?:企业|公司)|没有国资|\bprivate(?:ly)?[- ](?:owned|held|company|business|firm|enterprise)\b"),
    "in_litigation": _flags(
        r"(?:没有?|无|不|未|从没|没有过|不涉及)(?:有|过|任何|打|涉|什么|在打)*(?:官司|诉讼|涉诉|被告|纠纷|行政处罚|处罚)|\b(?:no|not|never|without|isn't|aren't)\b[^.;?]{0,20}\b(?:lawsuits?|litigation|court cases?|legal (?:disputes?|cases?|action)|sued)\b",
        r"(?:在|正在?|还在)打官司|有(?:个|一个|几个|一起|一场|点)?(?:[^，。,;；?？吗没]{0,6})?(?:官司|诉讼)|被(?:人|客户|供应商|别人|公司|员工)?(?:起诉|告了)|涉诉|在(?:诉讼|应诉)|\b(?:being|been|are|was|were|got) sued\b|\b(?:in|facing|have|has|an?|ongoing|pending)\b[^.;?]{0,14}\b(?:lawsuits?|litigation|court cases?|legal (?:disputes?|action))\b",
    ),
    "guarantor": _flags(
        r"(?:没有?|无|找不[到着]|没人|没有人|没谁)(?:什么|能|任何|合适的?|愿意|可以|人|给我|帮我|肯|会|来|做|提供|当|个|的|办法|找|找到|亲戚|朋友|能够)*(?:担保人?|保证人)(?!公司|费)|(?:担保人?|保证人)(?:也|都|我)?(?:没有|找不到)|\b(?:no|without(?: an?)?|don'?t have(?: an?| any)?|not have(?: an?| any)?|nobody(?: \w+){0,3}|no ?one(?: \w+){0,3}|can'?t find(?: an?)?|lack(?: an?)?) (?:guarantors?|guarantee|surety)\b",
        r"(?:有|找到了?|能找到?)(?:一?[个位]|人|亲戚|朋友|合适的|公务员|愿意|能|可以|给我|帮我|做|当|来|老婆|父母|家人|合伙人)*(?:担保人?|保证人)(?!公司|费|基金|贷|比例)|(?:朋友|亲戚|老婆|老公|爱人|父母|家人|合伙人|公务员|哥|姐|弟|舅|叔|同学)[^，。,;；?？吗]{0,6}(?:给|帮|为|替)我?(?:做|当|提供|来)?(?:个)?担保|(?:可以|能|愿意|肯)(?:给我|帮我|为我|替我)?(?:做|当|提供|来)?(?:个)?担保(?!公司)(?!费)|\b(?:have|has|got|found|with) (?:an? )?(?:\w+ )?guarantors?\b|\b(?:can|will|would|willing to|could|happy to) (?:be|stand|act as|provide|stand as)(?: an?| as an?| my| our)* (?:guarantors?|guarantee|surety)\b|\b(?:will|would|can|to) guarantee (?:for )?(?:me|us|my|our|the loan)\b|\bguarantor:? yes\b",
    ),
    "high_tech": _flags(r"(?:没有?|不是|还不是|未)(?:有|评上?|认定|拿到?|申请|被认定为?|通过|一?家|国家级?)*(?:高新技术|高新企业|高企|国高)|\bnot (?:an? |certified )*high[- ]tech\b", r"高新技术企业|高新企业|国家高新|(?:评上|认定(?:为|了)?|拿到了?|通过了?|申到)[^，。,;；]{0,3}高新|是高新(?!区)|高企(?:证|认定)?|国高|\b(?:certified |national |registered )?high[- ]?(?:and[- ]new[- ])?tech(?:nology)? (?:enterprise|company|firm|business|certificat\w+)\b|\bhnte\b"),
    "tech_sme": _flags(r"(?:没有?|不是|还不是|未)(?:有|入库|评上?|入)*科技型中小企业|\bnot (?:an? |registered )*tech(?:nology)?(?:-based)? sme\b", r"科技型中小(?:企业)?|科小|\btech(?:nology)?[- ]?(?:based)? sme\b"),
    "core_buyer": _flags(
        r"(?:没有?|不)(?:给|向|为)[^，。,;；]{0,6}(?:大企业|大公司|大厂|核心企业|上市公司)(?:供货|配套)?|\b(?:don't|do not|not) supply\b[^.;?]{0,16}\b(?:large|big|anchor|major)\b",
        r"(?:给|为|向|跟|与|和)[^，。,;；?？]{0,12}?(?:大企业|大公司|大厂|核心企业|上市公司|央企|国企|龙头|主机厂|中石[油化]|中海油|国家?电网|中国?移动|中国?电信|中车|中航|一汽|东风|长城|奇瑞|蔚来|理想|宝钢|烟草|地铁公司|华为|比亚迪|宁德时代|美的|格力|海尔|富士康|中建|中铁|国家电网|上汽|吉利|特斯拉|沃尔玛|永辉|京东方|小米|苹果|三一)[^，。,;；?？]{0,8}?(?:供货|供应|配套|代工|做配件|做零部件|送货|生产|做加工|供)|(?:大企业|核心企业|上市公司|央企|国企|华为|比亚迪|宁德时代|富士康|中建|中铁)的?(?:供应商|配套厂|配套商)|\bsuppl(?:y|ies|ier|iers|ying)\b(?: \w+){0,2} (?:to |for )?(?:an? |the |some |several )?(?:\w+ )?(?:large|big|listed|major|anchor|core|huawei|byd|catl|foxconn|midea|haier|gree|tesla|walmart|state-owned|fortune)\b",
    ),
    "government_contract": _flags(
        r"(?:没有?|无)(?:有|任何|接过?|中过?|拿到)*(?:政府|政采)(?:采购)?(?:的)?(?:合同|订单|项目)|\bno (?:government|public) (?:procurement )?contracts?\b",
        r"(?:政府|政采|公立医院|学校|市政)(?:采购)?(?:的)?(?:中标)?(?:合同|订单|项目|中标)|中标(?:了)?(?:通知书|一?个?(?:政府|市政|学校|医院))|\b(?:government|public|municipal|state)(?:[- ]procurement| purchasing)? (?:contracts?|tenders?|orders?)\b|\bprocurement contract\b",
    ),
    "franchise": _flags(r"(?:不是|没有?|非)(?:一?家)?加盟|直营店|自主品牌|自己的品牌|\bnot (?:an? )?franchis\w+\b|\bindependent (?:shop|store|restaurant)\b", r"(?:是|开了?|做|一家|个|的)(?:[^，。,;；?？]{0,8})加盟(?:店|商)?(?!费|不)|加盟店|加盟了|加盟的|(?:^|[，。,;；是我])加盟(?!费|商|店|政策|条件|要)[^，。,;；?？]{1,6}的|(?:蜜雪冰城|瑞幸|华莱士|正新鸡排|绝味|沪上阿姨|古茗|茶百道)(?:的)?加盟|\bfranchis(?:e|ee|ed)\b(?! fees?)"),
    "social_insurance_paid": _flags(
        r"(?:没有?|未|还没|不)(?:给[^，。,;；]{0,5})?(?:有|交|缴|买|上|办)(?:过|纳)?(?:员工)?(?:社保|五险|社会保险)|社保(?:都|也|一直|还|目前)?(?:没有?|未|不)(?:交|缴|买|上|给)|\b(?:no|not|don't|do not|haven't)\b[^.;?]{0,16}\bsocial (?:insurance|security)\b",
        r"(?:都|有|给[^，。,;；]{0,5}|正常|按时|一直|全部?|在|全员|员工)(?:都|在|有|给)?(?:交|缴|买|上|参)(?:了|着|纳)?(?:社保|五险|社会保险)|(?:员工的?)?社保(?:都|也|正常|按时|一直|全|在|已经?|是)+(?:有|给)?(?:交|缴|买|上)(?:了|着|的|纳|齐)?|(?:交|缴)了?(?:社保|五险一金|五险)(?!吗)|有社保|有五险|社保齐全|\b(?:pay|paid|paying|pays|with|provide|have|has|covers?)\b[^.;?]{0,16}\bsocial (?:insurance|security)\b|\bsocial insurance (?:is )?paid\b",
    ),
}  # fmt: skip

#: Figures that are nought when the words say so.
NOUGHT: Mapping[str, Pattern] = {
    "overdue_12m": Pattern(r"(?:没有?|无|从不|从没|从来没|未|没有过|不存在|零|0次|一直没)(?:有|过|任何|发生|出现|什么)*(?:逾期|逾过期|晚还|迟还)(?!费|利息)|逾期(?:记录)?(?:是|也|都|一次|一次都)*(?:没有|无|零|没)|按时还(?:款|的|贷)?(?:从未|没有)?逾期?|\b(?:no|never|not|without|zero|any)(?: had| been| made| missed)?(?: any| an?| one| single)*(?: late| overdue| missed)(?: loan| card| credit card)*(?: payments?| repayments?| instal?lments?)?\b|\bnever (?:been |paid |missed )(?:late|overdue|a payment|any payments?)\b|\balways (?:paid|pay|repaid) on time\b|\bno (?:default|delinquenc|arrears on)\w*"),
    "existing_loans": Pattern(r"(?:没有?|无|目前没|现在没|不欠)(?:什么|任何|有|其他|别的|其它|过|啥|银行|一分钱?|外面的?|在还的?|没还清的?|存量|未结清的?|欠|个|的)*(?:贷款|借款|外债|负债|欠款|网贷|欠债|债务)(?!记录|经历|经验|需求|额度|能|可以|吗|批|资格|渠道|门路|产品|政策|通过|成功|下来|用途|卡)|(?:贷款|外债|负债|欠款|网贷)(?:[也都是])?(?:一分|一毛)?(?:没有|没欠|为零|是零|0)(?![^，。]{0,2}[还批])|没贷过款?|从(?:来)?没(?:有)?(?:贷过|借过)(?:款)?|零负债|无负债|(?:贷款|欠款|以前的|之前的|都|已经|早就|全)(?:都|已经?|全|也)*(?:还清了|结清了|还完了)|\b(?:no|don'?t have(?: any)?|have no|haven'?t(?: got)?(?: any)?|without(?: any)?|zero|never had)(?: other| existing| outstanding| bank| current| prior)* (?:loans?|debts?|borrowings?)\b|\bdebt[- ]free\b|\bowe nothing\b|\bdon'?t owe (?:anything|any|a)\b|\b(?:paid off|cleared) (?:all|everything|my|our)"),
    "long_term_debt": Pattern(r"长期?(?:贷款?|借款)(?:是|也|这块|的)*(?:没有|无|零)|没有?长期(?:贷款|借款)|\bno long-term (?:debts?|loans?)\b"),
    "short_term_debt": Pattern(r"短期?(?:贷款?|借款)(?:是|也|这块|的)*(?:没有|无|零)|没有?短期(?:贷款|借款)|\bno short-term (?:debts?|loans?)\b"),
    "patents": Pattern(r"(?:没有?|无)(?:申请过?|任何|什么|过)*专利|专利(?:也|都)?没有|\bno patents?\b|\bdon'?t have (?:any )?patents?\b"),
    "receivables": Pattern(r"(?:没有?|无)(?:什么|任何)*应收(?:账款|款)?|客户(?:都)?(?:不欠|没有?欠|没人欠)|\bno receivables\b"),
    "inventory": Pattern(r"(?:没有?|无|零)(?:什么|任何)*(?:存货|库存|压货)|\bno (?:stock|inventory)\b"),
    "export_revenue": Pattern(r"(?:没有?|不做|无)(?:任何)?(?:出口|外贸)|\bno exports?\b|\bdon'?t export\b"),
    "rd_spend": Pattern(r"(?:没有?|无)(?:任何|什么)*研发|\bno (?:r ?& ?d|research)\b"),
    "new_hires_12m": Pattern(r"(?:没有?|未)(?:新)?招(?:过|新|人)+|\b(?:no new hires|hired (?:nobody|no ?one)|haven'?t hired)\b"),
    "annual_tax_paid": Pattern(r"(?:没有?|不用|免)(?:交|缴)过?税(?!务)|\b(?:paid no tax|no tax paid)\b"),
}  # fmt: skip
