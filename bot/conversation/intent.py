"""What a message is taken to want: the language server's guess, weighed against its own words, what it states and what was asked."""

from __future__ import annotations

import re

from bot.conversation.answers import news, rating, referral
from bot.conversation.answers.plain import ERASE
from bot.conversation.common import PREFIX
from bot.conversation.doubted import is_doubted
from bot.conversation.model import Dialogue
from bot.conversation.pointing import pointed_at
from bot.conversation.something_else import is_advert, is_notice
from bot.conversation.taken_back import said_in_jest
from bot.conversation.wanted import wanted_in
from bot.conversation.world import Scene
from nlu.cues import frames

#: Who points at one of a list wants to hear of it, unless it is asked for otherwise.
_ASKS_LITTLE = frozenset({"ask_match", "ask_definition", "out_of_scope", "affirm", "deny", "state_facts"})
#: Below this the guess is no better than asking again.
_UNSURE = 0.30
#: A question this sure is answered even when a figure in it also answers the open question.
_SURE_QUESTION = 0.55
_WHAT_NOW = re.compile(
    r"\W*(?:那|好)?(?:接下来|下一步|然后)(?:呢|怎么办|怎么做|做什么|干啥|干嘛)?\W*"
    r"|\W*(?:ok(?:ay)?,? |so |and |well,? )?(?:what now|what next|now what)\W*",
    re.IGNORECASE,
)
#: Of a figure just told: one buyer is 70% of it, is that bad.
_IS_IT_BAD = re.compile(
    r"(?:算不算|会不会|是不是)(?:太)?(?:高|低|多|少|差)(?:了)?\W*$|(?:算|太)(?:高|低|多|少|差)(?:了)?(?:吗|么|不)\W*$"
    r"|\b(?:is|was|isn't) (?:that|this|it) (?:too |very |really |so )?"
    r"(?:bad|good|a problem|an issue|ok(?:ay)?|high|much|low|little|a lot|normal|risky|enough)\W*$",
    re.IGNORECASE,
)
_WANTS_BEST = re.compile(
    r"最(?:便宜|划算|省钱|快|多)|利[息率](?:最)?低|^先看(?:省钱|快办|借得多)的?"
    r"|\b(?:cheapest|quickest|fastest|lowest (?:rate|interest)|most money|biggest amount)\b|^largest first",
    re.IGNORECASE,
)
#: Said when it was asked whether all shall go: 对，删; 确定删除.
_ERASES = re.compile(
    r"\W*(?:对|是的?|嗯|好的?|行|确定|确认|可以)[，, ]*(?:都|全部?)?(?:删(?:除)?|清空|清掉)(?:了|掉|吧|除)*\W*"
    r"|\W*(?:都|全部?)?删(?:了|掉|吧)*\W*"
    r"|\W*(?:yes|yeah|ok|sure)[, ]+(?:please )?(?:delete|erase)(?: (?:it|all|everything))*\W*",
    re.IGNORECASE,
)
#: What somebody in hardship says; figures without it are figures.
_HARD = re.compile(
    r"撑不|还不[上起了]|逾期|催|倒闭|关门|周转不|资金链|断(?!定|开)|发不[出起]|交不[上起]|没钱|亏|欠薪|困难|难处|难关|拖|压力|扛不|顶不|熬|快不行|活不|揭不开"
    r"|怎么办|咋[办整]|急|赔|跌|停[工产业]|救|账上|不够|凑不|垮|塌|没(?:生意|订单|活)|收不[回到]"
    r"|\b(?:hard\w*|struggl\w+|cannot|can't|overdue|late|behind|bankrupt\w*|clos\w+|pressure|trouble|desperate|broke|debt|lost|loss\w*|help"
    r"|short|afford|collector\w*|worr\w+|down)\b",
    re.IGNORECASE,
)
#: Feared, not there: 50万怕还不起.
_FEARED = re.compile(r"怕[^，。]{0,6}还不[上起了]")
#: A guess this sure of something else goes before the wish for the cheapest, quickest or largest.
_SURE_OTHERWISE = 0.8


def intent_of(scene: Scene, before: Dialogue) -> str | None:
    """What to answer: the guess, weighed against what the message brought and what was asked."""
    understanding, changes = scene.understanding, scene.taken.changes
    guess, sure = understanding.intent, understanding.confidence
    if before.pending == ERASE and _ERASES.fullmatch(scene.text):
        return "affirm"
    named = understanding.intent if understanding.parts else _named(scene.text, before)
    question = guess is not None and guess.startswith("ask_") and sure >= _SURE_QUESTION
    asks = named == "ask_repayment" or (named or "").startswith(PREFIX)
    answers = _answers(scene, before) and not asks and not question
    if answers or (understanding.extraction.correction and changes):
        return "state_facts"
    if named is not None and any(part.intent == named for part in understanding.parts):
        return guess  # it is one of several questions, which are answered one by one
    if named is not None:
        return named
    if changes and _IS_IT_BAD.search(scene.text):
        return "matters"
    if (guess in _ASKS_LITTLE or sure < _UNSURE) and _points(scene, before):
        return "ask_terms"
    if (wished := _wished(scene, before)) is not None:
        return wished
    return "on_behalf" if _for_another(scene) else _guessed(scene)


#: Who writes for somebody else: a daughter for her father, a bookkeeper for the boss.
_FOR_ANOTHER = re.compile(
    r"(?:我)?(?:帮|替|代|给)(?:我)?(?:爸|妈|老爸|老妈|爸爸|妈妈|父亲|母亲|父母|老公|老婆|老板|家里人?|朋友|亲戚|[叔舅姑姨哥姐弟妹]\w?)(?:来)?(?:问|打听|咨询|了解)"
    r"|\bi(?:'m| am)? (?:write|writing|ask|asking|type|typing|translat\w+|here) (?:this |to you )?(?:for|on behalf of) (?:my|our|a) \w+"
    r"|\bon behalf of (?:my|our|a)\b"
    r"|\bmy (?:boss|father|dad|mother|mum|mom|husband|wife|uncle|brother|sister|friend) (?:has )?asked me to\b",
    re.IGNORECASE,
)
#: He does not speak English: said of somebody else, it is no wish for a language.
_THEIR_TONGUE = re.compile(
    r"(?:[他她]们?|爸爸?|妈妈?|父亲|母亲|父母|老公|老婆|老板|员工|工人|客户|客人|朋友)[^，。]{0,6}(?:不|没|只)[^，。]{0,4}(?:会|懂|说|讲|认|学)"
    r"|\b(?:he|she|they|father|dad|mother|mum|mom|parents|husband|wife|boss|staff|workers?|customers?|guests?|friend)\b[^.,;?!]{0,16}"
    r"\b(?:not|no|never|only|can'?t|cannot|don'?t|doesn'?t)\b[^.,;?!]{0,12}\b(?:speak|read|write|know|understand|english|chinese)\b",
    re.IGNORECASE,
)
#: Guesses that leave room for saying whom one writes for.
_SAYS_LITTLE = frozenset({"greet", "state_facts", "set_language", "out_of_scope", "ask_human", "affirm", "deny", None})


def _for_another(scene: Scene) -> bool:
    guess, text = scene.understanding.intent, scene.text
    tongue = guess == "set_language" and _THEIR_TONGUE.search(text) is not None
    return tongue or (guess in _SAYS_LITTLE and _FOR_ANOTHER.search(text) is not None)


#: That was the message in Chinese: tells of a text, wishes for no language.
_WRITTEN_IN = re.compile(r"\b(?:was|were|is|are|it's|came|comes|wrote|written)\b[^.?!]{0,24}\bin (?:chinese|english)\b", re.IGNORECASE)
#: I never signed anything, he doesn't know: says how things are, not no.
_STATES_A_NOT = re.compile(
    r"\W*(?:(?:but|and|well|because|so) )*(?:i|we|he|she|they|it|nobody|my \w+|the \w+) "
    r"(?!(?:don't|do not|dont) (?:want|think (?:so|that|it)|need|like|agree|wish|know))"
    r"(?:\w+ ){0,2}(?:never|not|nothing|\w+n't)\b.{8,}",
    re.IGNORECASE,
)


def _guessed(scene: Scene) -> str | None:
    """The guess, where it is sure enough and what was stated does not make it a plain statement."""
    understanding, changes = scene.understanding, scene.taken.changes
    guess = understanding.intent
    if guess is None or understanding.confidence < _UNSURE:
        if changes:
            return "state_facts"
        return "ask_terms" if guess and guess.startswith("ask_") and understanding.topics else None
    if is_doubted(guess, understanding.confidence, scene.text):
        return "state_facts" if changes else "unknown_question"
    if guess == "report_hardship" and not changes and not _HARD.search(_FEARED.sub("", scene.text)):
        return "unknown_question" if frames.QUESTION.search(scene.text) else "only_heard"
    if guess == "report_hardship" and changes and not _HARD.search(_FEARED.sub("", scene.text)):
        return "state_facts"
    told = bool(changes) or (guess == "deny" and understanding.extraction.correction)
    if guess == "set_language" and _WRITTEN_IN.search(scene.text):
        return "state_facts" if changes else "only_heard"
    if guess == "deny" and not changes and _STATES_A_NOT.match(scene.text):
        return "only_heard"
    if told and guess in ("affirm", "deny", "greet", "thank", "out_of_scope"):
        return "state_facts"
    return guess


def _answers(scene: Scene, before: Dialogue) -> bool:
    return before.asking is not None and any(change.fact.name == before.asking for change in scene.taken.changes)


def _points(scene: Scene, before: Dialogue) -> bool:
    """Whether the owner points at one of the list shown last, and tells nothing of the firm."""
    return not scene.taken.changes and bool(pointed_at(scene.text, before.listed))


def _wished(scene: Scene, before: Dialogue) -> str | None:
    """What now, and the wish for the cheapest, quickest or largest, where nothing surer stands against it."""
    if _WHAT_NOW.fullmatch(scene.text):
        return "ask_process" if before.shown else "ask_match"
    best = _WANTS_BEST.search(scene.text) and not scene.taken.changes and scene.understanding.confidence < _SURE_OTHERWISE
    return "ask_compare" if best else None


#: What to do now, after what was told of a thing that cannot wait.
_WHAT_DO_I_DO = re.compile(
    r"\W*(?:那么?|所以)?(?:你说)?(?:我)?(?:现在|这下|接下来)?(?:该|要|得)?(?:怎么办|咋办|咋整|咋搞|怎么弄|怎么做)(?:啊|呀|呢|才好)*\W*"
    r"|\W*(?:so |and )?what (?:should|do|can) i do(?: now)?\W*",
    re.IGNORECASE,
)
_URGENT = {f"{PREFIX}gave_my_data": f"{PREFIX}gave_my_data", "hardship": "report_hardship"}
#: A goodbye answers nothing; 就这样 to figures that wait for a yes does.
_LEAVES = frozenset({"goodbye", "no_hurry"})


def _named(text: str, before: Dialogue) -> str | None:
    """What is asked for by its own name, whatever the guess. Who listens to no news means something else by 别发了."""
    if rating.wanted(text):
        return "rating"
    if _WHAT_DO_I_DO.fullmatch(text) and (urgent := next((one for one in reversed(before.told) if one in _URGENT), None)):
        return _URGENT[urgent]
    if is_notice(text):
        return "pasted_notice"
    if is_advert(text):
        return "pasted_offer"
    if said_in_jest(text):
        return "joked"
    wanted = wanted_in(text)
    if wanted in _LEAVES and (before.pending or before.checking is not None):
        return None
    if wanted == "plain_words" or (wanted == "call_off" and before.news is None):
        return wanted
    return referral.named(text) or news.named(text) or wanted
