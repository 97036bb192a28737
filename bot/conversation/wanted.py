"""What is asked for in few words that a guess often takes for something else: the grade, the cheapest, who else, whether it matters."""

from __future__ import annotations

import re

_WANTS_MATCH = re.compile(
    r"还有[^，。？]{0,4}(?:哪[里儿些家]|别的地方)[^，。？]{0,8}(?:办|贷|借|申请)|还(?:能|可以)(?:再)?(?:去|到|找|上)(?:哪[里儿些家]?|谁|什么地方)"
    r"|能不能批|批得[了下]来吗|能批(?:吗|下来吗)|能[贷借]到?多少[，,].{0,6}利[率息]"
    r"|\bwhere else (?:can|could|might)|\b(?:will|would) (?:we|i|it) (?:be |get )?approved|how much could (?:i|we) get and at what rate",
    re.IGNORECASE,
)
_WANTS_GRADE = re.compile(
    r"(?:打|给|评|得)(?:我|了)?[几多]少?分|^\W*(?:我(?:现在)?(?:能|可以)?(?:是|有|得|打|拿|评)?|算下来|现在)?(?:多少|几)分(?:呢|啊|呀)?\W*$"
    r"|打(?:个|一下)?分|(?:我的?|目前|现在)的?(?:等级|评分|分数|评级)(?:是|有|到底)?(?:多少|几|什么|怎么样|啥|呢)"
    r"|等级(?:是多少|是几|怎么样)|评(?:得|的|分)?(?:这么|那么|太)低"
    r"|(?:为什么|为啥|凭什么|怎么)(?:就|才|只)?(?:是|给|打|有)?(?:这个|这么个|这点)(?:等级|评分|分数?(?!店|公司|行|钟|期))"
    r"|\bhow do you rate (?:me|us)"
    r"|^\W*(?:please |now |ok(?:ay)?,? |can you |could you )*(?:score|rate|grade) (?:me|us|my (?:firm|business|company))\b"
    r"|^\W*(?:and )?(?:my|our) (?:pre-?check )?(?:score|grade|rating)(?: please)?\W*$|\bhow (?:do|did|would|will) (?:i|we) score\b"
    r"|\bwhat(?:'s| is| are)? ?(?:my|our) (?:score|grade|rating)|\bwhat grade (?:am|are|is|do|now)"
    r"|\bwhy (?:is |am |do )?(?:this|that|the|my|our) (?:grade|score|rating)",
    re.IGNORECASE,
)
#: The cheapest, quickest or largest among all there are; how much at most, or how soon, is another question.
_WANTS_FIRST = re.compile(
    r"(?:哪|谁|有没有)[^，。？]{0,8}最(?:便宜|划算|省钱|低|快|多|高)"
    r"|最(?:便宜|划算|省钱|快|多|低)的?(?:贷款|产品|银行)?(?:能拿到钱)?的?(?:又)?是?(?:哪|谁)"
    r"|^\W*(?:要|看|找|给我|先看|能?[借贷]|放款|下款|利[息率]|额度)?最(?:便宜|划算|省钱|快|多|低|高)的?(?:贷款|产品|银行)?(?:呢|吧)?\W*$"
    r"|^\W*(?:请|麻烦)?(?:把|让|按照?|以)?最?(?:便宜|划算|省钱|快|多|利[息率]低|额度高?)的?(?:贷款|产品|银行)?"
    r"(?:优先|排序?|(?:排|放)?在?(?:最)?(?:前面?|第一(?:个|位)?|先))(?:吧)?\W*$"
    r"|^\W*(?:please )?(?:order|sort|rank|list|arrange)(?: (?:them|it|these|the loans|loans))? by (?:the )?(?:\w+ ){0,2}"
    r"(?:amount|most|size|largest|biggest|cost|price|rate|cheapest|lowest|interest|speed|time|fastest|quickest)(?: first)?\W*$"
    r"|^\W*(?:the )?(?:cheapest|fastest|quickest|largest|biggest|lowest (?:rate|interest)|most(?: money)?)"
    r"(?: (?:first|one|loans?|bank|amount|please))*\W*$"
    r"|\bwhich\b[^.?]{0,30}\b(?:cheapest|fastest|quickest|soonest|most|largest|biggest|lowest|highest)\b",
    re.IGNORECASE,
)

_MATTERS = re.compile(
    r"\W*(?:这个?|那个?|那)?(?:会)?有(?:没有|什么|多大|啥)?影响(?:吗|大吗|么|大不大)?\W*|\W*(?:does|will) (?:that|it|this) matter\W*",
    re.IGNORECASE,
)
_APPLY_AGAIN = re.compile(
    r"(?:多久|什么时候|啥时候|几时|几个月|多长时间)[^，。？]{0,6}(?:再|重新)[^，。？]{0,2}(?:申请|贷|借)"
    r"|\bwhen can (?:i|we) (?:apply|try) again|\bhow long\b.{0,24}\b(?:apply|try) again",
    re.IGNORECASE,
)

#: Interest of days is asked for, whatever question a sum in it would answer.
BY_THE_DAY = re.compile(r"(?:随借随还|循环|revolving)[^。]{0,24}\d+ ?(?:天|日|days?)", re.IGNORECASE)

_WANTED = (
    (BY_THE_DAY, "ask_repayment"),
    (_APPLY_AGAIN, "apply_again"),
    (_WANTS_FIRST, "ask_compare"),
    (_WANTS_GRADE, "ask_why"),
    (_WANTS_MATCH, "ask_match"),
)


def wanted_in(text: str) -> str | None:
    """The intent that the words name by themselves, or None."""
    if _MATTERS.fullmatch(text):
        return "matters"
    return next((intent for words, intent in _WANTED if words.search(text)), None)
