"""Guesses that the words do not bear out: better to say that nothing reliable is here than to answer something else.

The language server knows the kinds of questions it was taught; what is of none of them it takes for the nearest, and is often sure of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

#: A guess this sure is believed whatever the words are.
_SURE = 0.9


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


#: What a message of such an intent says in some way; intents that are not named here are believed.
_BORNE_OUT: Mapping[str, re.Pattern[str]] = {
    "ask_privacy": _words(
        r"资料|数据|信息|隐私|泄|[看查]到|看见|存|保密|删|谁|安全|记录|聊天|身份|卖|外传|透露|授权|公开|保护|告诉|知道|发给|拿去|电话|号码"
        r"|\b(?:data|privacy|private|information|details|file|who"
        r"|share|secret|safe|store\w*|keep|kept|see|sell|know|confidential|secure|tell|pass)\b"
    ),
    "ask_scam_check": _words(
        r"骗|靠谱|真的?假|真的吗|假|中介|先[交付给转打]|费|保证金|押金|验证码|密码|包[过批下装]|百分|正规|套路|合法|高利|app|平台|可信|信得过|盾|刷|解冻|返点|洗白|内部"
        r"|黑户|安全|网贷|小额|有人|他们?说|他让|放心|牌照|短信|电话|链接|加微信|担心|忽悠|坑"
        r"|\b(?:scam\w*|fraud\w*|legit\w*|real|fake|fee|fees|deposit|up ?front|trust\w*|safe|broker|agent|caller"
        r"|called|link|code|guarantee\w*|licen\w+"
        r"|suspicious|trap|someone|somebody|they|he|she|company|app)\b"
    ),
    "ask_documents": _words(
        r"材料|资料|手续|证|准备|带|交|报表|流水|合同|发票|文件|表|复印|单|要[^，。]{0,3}(?:什么|啥|哪些)|提供|签|照|章|明细|票|填"
        r"|\b(?:papers?|documents?|docs?|forms?|bring|need\w*|prepare|statements?|contracts?|invoices?|licen[cs]e|id|copies|copy|submit|provide"
        r"|hand in|show|require\w*)\b"
    ),
    "restart": _words(
        r"重|从头|由头|打头|清|再来|换|新|忘|归零|开始|另|回|不算|作废|就当|复位|还原|恢复|不要了|reset"
        r"|\b(?:re\w+|start\w*|over|again|afresh|anew|begin\w*|back|clear|clean|fresh|new|scratch|forget|wipe|top"
        r"|once more|second|zero|other"
        r"|another|ignore|disregard|scrap|undo|discard|drop|different)\b(?<!remember)(?<!recall)"
    ),
    "ask_guarantee": _words(
        r"担保|保证|抵押|押|保[人费函]|反担|分险|连带|联保|互保|增信|\bguarant\w+|\bcollateral\b|\bsecur\w+|\bpledg\w+|\bsurety\b"
    ),
}
#: Who asks how something is done, and says no word of being told, wants to hear that and no news: 那个设备更新的怎么弄.
_HOW = _words(r"(?:怎么|咋|怎样|如何)(?:个)?(?:弄|办|搞|整|申请|走|操作|来)|\bhow (?:do|does|to|can|would)\b")
_TO_BE_TOLD = _words(
    r"通知|告诉|提醒|推|订|阅|消息|发|说一?声|跟[我俺]说|叫我|关注|收|群|新政策"
    r"|\b(?:news|notif\w+|alerts?|inform\w*|know|told|subscri\w+|sign|list|hear|follow|remind\w*|bulletins?|posted|receive|get)\b"
)


def is_doubted(intent: str, confidence: float, text: str) -> bool:
    """Whether a guess stands for nothing that the words say."""
    words = _BORNE_OUT.get(intent)
    return words is not None and confidence < _SURE and words.search(text) is None


def how_not_news(intent: str, text: str) -> str:
    """The intent, but the steps of a thing where the guess is that news of it are wanted and the words ask how it is done."""
    steps = intent == "subscribe" and _HOW.search(text) is not None and _TO_BE_TOLD.search(text) is None
    return "ask_process" if steps else intent
