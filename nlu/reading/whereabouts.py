"""Whether a place named in a text is where the firm is, by the words beside it."""

from __future__ import annotations

import re

#: How sure the words beside a place make it that the firm is there: elsewhere, named without a hint, said to be there.
ELSEWHERE, NAMED, THERE = 0, 1, 2

_HEAD_NOT_PLACE = re.compile(
    r"(?:卖到|销往|销到|发往|发到|出口到?|运到|送到|供到|供往|去过?|到过?|寄到|客户在|(?<!在)(?<!回)(?<!回我)老家在?"
    r"|老家是|原籍|表?[哥弟姐妹叔舅]在|亲戚在|人家在|总店在|friend ?在|供应商在|总部在|儿子在|女儿在|厂家在"
    r"|货源在?|飞|跑|往|至|从|自|比|像|不在|没在|不是|离|搬离|离开|[给找跟问欠]|贷过|来自|房子在|房在)$"
    r"|(?<![跟和与]两个)(?<![跟和与]几个)(?<![跟和与][三四]个)(?<![跟和与])(?<![跟和与]大学)(?:同学|朋友)在$"
)
_HEAD_FIRM = re.compile(
    r"(?:城市[:：]|地区[:：]|所在地[:：]|回到?|在|位于|名称是|名称[:：]|全称是|公司叫|坐落|地址[是:：]?|地点[是:：]?|人在|开在"
    r"|注册地?在?|[在回]老家|我是|我们是|本地|地处|来自|住在?|搬到|搬来|靠近|挨着|^|[，。！\n,;；] ?)$"
)
_TAIL_FIRM = re.compile(
    r"(?:市|省|这边|这里|本地|当地|边上|旁边|附近|郊区|城郊|乡下|县城|下面|人(?!民|员)|的|开|做|注册|有家|一家|经营|搞|干|办|公司|企业|工厂|店|$|[，。！,;；])"
)
#: Behind a place: the owner worked or studied there once, or somebody else is there.
_ELSEWHERE = re.compile(
    r"[^，。,;；]{0,6}(?:打工|打了[^，。]{0,4}工|上班|务工|当兵|读书|上学|上大学|厂里打|师傅|时间几点|天安门|搬来|搬过来|待[过了]|漂了)|[到至]|往(?![东南西北])|那种"
    r"|(?:的|那边的?|来的|一?个)*(?:客户|客商|买家|买主|老板(?!娘)|厂家|供应商|经销商|总部|总公司|亲戚|朋友|同学|表[哥弟姐妹]|厂商|单子|订单|商会|市场(?!里|边|上|卖|开|有)"
    r"|政策|拿货|进货|发货|来的|买的|那家|老乡|人(?=[讲说都]))"
)
_HEAD_FIRM_EN = re.compile(
    r"(?:\b(?:in|at|near|based in|located in|around|outside|out of|over in|here in|side of|part of|we're in|i'm in"
    r"|my|city|town|county|city:|location:|region:"
    r"|address:|place:)|(?:i am|i'm|am|are|we're|is|here|hello|hi|company|firm|shop|factory|guys|couple|team) from|^"
    r"|[,.;!:(] ?) ?(?:the )?$|^$|[在于位] ?$"
)
_HEAD_NOT_EN = re.compile(
    r"(?:\b(?:to|through|between|exports? to|sell(?:s|ing)? (?:in|to)|(?:customers?|clients?|suppliers?|buyers?"
    r"|dealers?|friends?|(?<!with my )(?:brother|sister|cousin)|parents|family|(?:head|main|other|his|her|their|sales|buying) office|branch"
    r"|rivals?|competitors?|schoolmates?|classmates?|salary|worked|(?:years|months)(?: of)? work(?:ing)?|port|warehouse also|head ?office"
    r"|headquarters|partner|someone"
    r"|(?<!\d )(?<!nine )(?<!ten )(?<!four )(?<!five )(?<!six )(?<!seven )(?<!eight )(?<!three )(?<!deaf )"
    r"(?<!working )(?<!to \d\d )people) (?:is "
    r"|are |lives? )?(?:in|from)|bank of"
    r"|university of|travel to|flew to|not in|not from|than in|left|moved (?:here |there |back |home )?from"
    r"|after (?:\w+ ){1,3}(?:years|yrs|months)(?: \w+)? in"
    r"|(?:back|home|returned"
    r"|returning) from|[(]\d+ (?:years|yrs) in|fob"
    r"|bought (?:[\w-]+ ){0,2}(?:in|from)|born in|(?:apartment"
    r"|(?<!guest )(?<!dye )(?<!ing )(?<!import )(?<!tea )(?<!ice )(?<!export )house|(?<!from a )(?<!in a )(?<!from my )flat"
    r"|property|villa|home|condo|factory building|land) in))"
    r" (?:the )?$"
)
_TAIL_NOT_EN = re.compile(
    r"'?s? (?:(?:shoe |garment |electronics )?factories|noodles?|chicken|duck|bank|university|beer|road|street|airlines"
    r"|cuisine|food|style|place|dish(?:es)?"
    r"|restaurant|hot ?pot|pepper|opera|dialect|tea\b(?! garden)"
    r"|customers?|clients?|buyers?|dealers?|suppliers?|exchange|one|branch|airport|fair|group|heavy|electric|motors?|auto"
    r"|commercial)(?![a-z])"
)
_BRAND_EN = re.compile(
    r"'?s? (?:noodles?(?!-| (?:factory|shed|maker|workshop|plant|mill|drying))|chicken|duck|bank|university|beer|road|street"
    r"|airlines|cuisine|food|exchange|fair|group"
    r"|electric|motors?(?! [a-z]))(?![a-z])"
)


#: Behind a place: the way goes on from there; not what one does there.
_ON_TO = re.compile(
    r" to (?!(?:be|breed|build|buy|cook|do|farm|fish|grow|help|keep|live|make|open|plant|produce|raise|run|sell|set|start|take|work)\b)"
)
#: Who came home or moved is there now.
_HEAD_HOME_EN = re.compile(
    r"\b(?:home|back|back home|(?:moved|relocated)(?: here)?(?: from \w+)?|return(?:ed|ing)?|returning from \w+|came"
    r"|coming) to $|\bhome (?:in )?$"
)


def names_another_thing(norm: str, start: int, end: int) -> bool:
    """Whether Latin words around a place's name make it a dish, a bank, a road or somewhere goods go to."""
    if _BRAND_EN.match(norm, end):
        return True
    return bool(_HEAD_NOT_EN.search(norm[:start])) and not _HEAD_HOME_EN.search(norm[:start])


def whereabouts(norm: str, start: int, end: int) -> int:
    """ELSEWHERE, NAMED or THERE for the place named between two positions."""
    head = norm[max(0, start - 24) : start]
    if norm[start].isascii():
        if _HEAD_HOME_EN.search(head) and not _TAIL_NOT_EN.match(norm, end):
            return THERE
        if _HEAD_NOT_EN.search(head) or _TAIL_NOT_EN.match(norm, end) or _ON_TO.match(norm, end):
            return ELSEWHERE
        return THERE if _HEAD_FIRM_EN.search(head) else NAMED
    if _HEAD_NOT_PLACE.search(head) or _ELSEWHERE.match(norm, end):
        return ELSEWHERE
    return THERE if _HEAD_FIRM.search(head) or _TAIL_FIRM.match(norm, end) else NAMED
