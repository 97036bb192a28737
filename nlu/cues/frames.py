"""Words that change what a sentence does: it corrects, asks, supposes, or speaks of somebody else."""

from __future__ import annotations

import re

CORRECTION = re.compile(
    r"不对|不是的|不是[，, ]+是|错了|说错|打错|写错|记错|搞错|弄错|更正|纠正|改一?下|改成|改为|应该是|应为|其实是|准确(?:的)?(?:说|讲)|不是[^，。,;；！!？?]{1,16}[，, ]?\s*(?:而是|是)(?![不否])|重新说"
    r"|\bactually\b|\bno,? (?:wait,? )?(?:it'?s|it is|that'?s|i said|we|i mean)\b|\bi mean(?:t)?\b|\bcorrection\b|\bsorry,? (?:it'?s|it is|i mean|that should|make that|not)|\bshould (?:be|have been|read)\b|\bnot \S+(?: \S+)?,? but\b"
    r"|\bmy mistake\b|\bmistyped\b|\btypo\b|\bmisspoke\b|\bthat'?s (?:wrong|not right|incorrect)\b|\bmake (?:that|it)\b|\brather than\b|\bscratch that\b|\bi was wrong\b|\bchange (?:it|that) to\b|\bgot (?:it|that) wrong\b|\blet me correct\b"
)
#: 不是A是B, not A but B: what stands in A is taken back.
TAKEN_BACK = re.compile(
    r"不是\s*([^，。,;；！!？?]{1,16}?)[，, ]?\s*(?:而是|，是|,是|，应该|,应该|是)|\bnot ([^,.;]{1,24}?),? (?:but|it'?s)\b|\brather than ([^,.;]{1,24})|\binstead of ([^,.;]{1,24})"
)

SENTENCE = re.compile(r"[。！？!?\n]|\.(?=\s|$)")

#: The figure itself is asked about, or a lender's terms are: nothing is stated.
ASKS_LIMIT = re.compile(
    r"最多能?|最高|上限|封顶|最低|至少要|才能|要达到|得达到|起步|起贷|门槛|要求|条件|必须|规定|标准|得有|(?:需要|要|得)(?:开|经营|营业|成立|注册)?满|满[^，。]{1,6}才|是不是(?:要|得|必须)|是真的吗|真的假的|高吗|低吗|贵吗|合理吗|划算吗|算高|算多|正常吗|有没有限制|够不够|够吗"
    r"|\bmaximum\b|\bthe most\b|\bup to\b|\bminimum\b|\brequire(?:d|ment|ments|s)?\b|\bcriteria\b|\bis it true\b|\btoo high\b|\btoo much\b|\bhigh\?|\bexpensive\?|\blegit\b|\bnormal\?|\bhow come\b|\bat least\b|\bdo i (?:have to|need)\b|\bmust\b|\bthreshold\b|\bis that (?:high|a lot|fair)\b"
)
QUESTION = re.compile(
    r"[?？]|[吗么呢嘛]\s*(?:$|[，。！？!?])|多少|怎么|咋|啥|几[成个天年次]|够不够|好多|是[^，。,]{1,10}还是|哪[家些个种里儿]|在哪|什么|是不是|有没有|能不能|可不可以|行不行|\b(?:what|how|which|who|where|why|can|could|do|does|is|are|will|would|should|may)\b[^.!]*\?"
)
SUPPOSE = re.compile(
    r"如果|假如|假设|假使|(?<![一二两三四五六七八九十百千几\d])万一|要是|比如|比方|例如|打个比方|倘若|譬如|\bif\b(?! (?:we|i) (?:make|have|am|are|only|own|earn|sell)\b)|\bwould (?:getting|having|being)\b|\bsuppose\b|\bassum(?:e|ing)\b|\bfor example\b|\be\.g\.|\bsay i\b|\bhypothetically\b|\bimagine\b|\bfor instance\b|\bwhat about\b(?=.*\?)"
)
#: A wish put as a question still says how much is wanted: 能贷50万吗, can I borrow 500k?
WISH = re.compile(
    r"(?:我?(?:想|要|打算|准备|希望|需要)|能不能|能否|可不可以|可以|能|可否|有没有可能|看看能)[^，。,;；]{0,10}?(?:借|贷|批|申请|融|拿|搞|弄)"
    r"|\b(?:can|could|may|might|would|will|want|need|like|looking|hoping|possible|able|help|trying|seeking)\b[^.;]{0,40}?\b(?:borrow|get|apply|have|lend|loan|raise|finance|need)\b|\bneed\b|\bwant\b|\bloan of\b"
)
OTHERS = re.compile(
    r"(?:^|[，。,;；！!？? ])(?:比如|听说|听|像|而)?(?:我|我们|咱)?(?:有[个一]?个?|的)?(?:(?:一个|那个|这个)?(?:朋友|同学|同行|邻居|亲戚|老乡|表[哥弟姐妹]|堂[哥弟]|哥们|哥哥|弟弟|姐姐|妹妹|舅舅|叔叔|同事|战友|闺蜜|前老板|姐夫|小舅子|儿子|女儿|客户|供应商|上家|下家)(?!们?[^，。]{0,6}[欠拖压])(?!(?:一共|有|总共|大概)?[\d一二两三四五六七八九十])|隔壁|别人|人家|有人|别的|其他(?:店|公司|人|家)|对面|某某|他们?(?!还?欠)家?|她们?(?!还?欠)家?|你们?|贵行|银行(?:说|那边|告诉|经理|客户经理)|中介|业务员|网上(?:说|看)|广告)"
    r"|(?:^|[,.;!?] ?|\b(?:and|but|because|while|that) )(?:my |our |a |one of my |some ?|the )?(?:friend|neighbou?r|cousin|brother|sister|uncle|aunt|buddy|colleague|competitor|classmate|mate|other (?:people|shops?|owners?|compan(?:y|ies)|firms?)|someone|somebody|next door|agent|broker|ad(?!d)|advert(?:isement)?|bank (?:says|said|told|offers?|manager))(?:'s)?\b|(?:^|[,.;!?] ?)(?:he|she)\b|\bi (?:heard|read|saw)\b"
)
SELF = re.compile(
    r"(?:^|[，。,;；！!？? ])(?:但|可是|不过|而|那)?(?:我|我们|咱们?|俺|本人|本公司|小店|敝店|我店)(?!的?(?:朋友|同学|同行|邻居|亲戚|表|堂|哥|弟|姐|妹|舅|叔|同事|老乡|儿子|女儿|客户|有个|听))|(?:^|[,.;!?] ?|\b(?:and|but|so|now|while) )(?:i|we|i'm|we're|i've|we've|our (?!friend|neighb)|my (?!friend|neighb|cousin|brother|sister|uncle|buddy|colleague|competitor|classmate|mate)|mine)\b(?! (?:heard|read|saw))"
)
#: An errand, not a business: nothing in it is stated.
ERRAND = re.compile(
    r"\b(?:recommend|book|find|order|show|tell)(?: me)? (?:a|an|some)\b|(?:推荐|附近|订)(?:一?[个家些])?(?=[^，。]{0,6}(?:餐|酒店|宾馆|加油站|饭店|超市|医院|好吃))|\bweather\b|\bsnow\b|\brain(?:ing)?\b|天气|下雨|旅游"
)
#: A calculation is wanted: the amount and the term in it are the owner's wish, even after "if".
CALCULATION = re.compile(
    r"月供|(?:每个?月|每期|一个月|首月|月)[^，。,;；]{0,6}还(?:款)?(?:好?多少|好多|几)|利息[^，。,;；]{0,6}(?:多少|好多|几)|算[^，。,;；]{0,6}(?:利息|月供|利率|年化|apr|irr)|等额本[息金]|实际利率|年化(?:利率)?(?:是)?多少|利率是多少"
    r"|\bmonthly (?:re)?payments? (?:on|for|of)\b|\binstal?lments? (?:for|on)\b|\btotal interest\b|\bhow much (?:do |would |will |should )?(?:i|we) (?:have to )?(?:re)?pay\b|\binterest (?:on|for)\b|\bmonthly payment\b|\bwork out\b|\bcalculat\w+\b|\bcompute\b"
)
NO_NEED = re.compile(
    r"(?:不需要|不用|不想|不打算|没想|用不着|不缺|不要|没打算|拒了|没批|批不下来|没贷到)(?:借|贷|要)?[^，。,;；]{0,6}$|(?:don't|do not|didn't|not|never|no longer) (?:really )?(?:need|want|borrow|looking for|ask(?:ed|ing) for)[^,.;]{0,16}$"
)

YES = re.compile(
    r"^(?:是的?|对的?|有的?|嗯+|恩|好的?|没错|是啊|有啊|对啊|当然|在[交缴]|都?[交缴](?:了|着)?|都在[交缴]|愿意|可以|行|确实|肯定|yes|yeah|yep|yup|sure|correct|right|of course|we do|i do|we have|i have|we are|i am|it is|they are|true|ok|okay)(?:[呀啊哦的了呢哈]|, .*)?$"
)
NO = re.compile(
    r"^(?:没有?|无|不是|没|不|没啊|没有啊|没得|还没有?|不在|从来没有?|从没有?|都没有?|暂时没有?|目前没有?|一个都?没有?|一次都?没有?|没交|没缴|不愿意|否|no|nope|none|nothing|not yet|never|nah|zero|we don't|i don't|we do not|we haven't|no we don't|not at all|not really|nil|don't have any|no i don't)(?:过|的|了|呀|啊|哦|呢|哈|这些|这种|任何|东西)*$"
)
UNKNOWN = re.compile(
    r"不知道|不清楚|不晓得|不确定|说不好|没算过|记不清|不记得|不懂|忘了|随便|都行|\b(?:don'?t know|do not know|not sure|no idea|unsure|can'?t remember|forgot|dunno|skip)\b"
)
