"""What the talk is about: the entry last spoken of, until the talk goes on to something else. Pure."""

from __future__ import annotations

import re

from bot.conversation.common import PREFIX
from bot.conversation.model import Answer, Dialogue

#: How to go about it, without a word of what: 流程怎么走, 接下来呢.
_VAGUE = re.compile(
    r"\W*(?:那么?|好的?|行|嗯|请问|我想问|具体|到底|你说|还有|所以)*[，, ]*"
    r"(?:这个?|整个|贷款|办理?|申请)?(?:的)?(?:流程|步骤|手续|程序)?(?:是|要|该|得)?"
    r"(?:怎么|咋|如何|怎样|什么|哪些|有哪些|有哪几步)(?:样)?(?:走|弄|办|办理|操作|申请|整|搞|来|做)?(?:的|啊|呢|呀|嘛|法)*\W*"
    r"|\W*(?:那么?|好的?|行|嗯)?[，, ]*(?:接下来|下一步|然后|后面|之后)"
    r"(?:呢|(?:该|要|得)?(?:怎么办|怎么做|怎么走|怎么弄|做什么|干啥|干嘛|咋办|咋整))?\W*"
    r"|\W*(?:so |and |ok(?:ay)?,? |well,? )*(?:what (?:now|next)|now what|then what|what(?:'s| is) the (?:process|procedure|next step)|"
    r"how (?:does (?:it|this) work|do i (?:start|go about it|proceed)))\W*",
    re.IGNORECASE,
)


def is_vague(text: str) -> bool:
    """Whether a question on how to go about a thing does not say about what."""
    return _VAGUE.fullmatch(text) is not None


def followed(answer: Answer, before: Dialogue, intent: str | None = None) -> Answer:
    """The answer, with its dialogue told whether the talk has left what it was about. `intent` is what a text asked, None of a press."""
    dialogue = answer.dialogue
    if dialogue.focus is None or dialogue.focus != before.focus or dialogue.focus in answer.sources:
        strayed = False
    else:
        strayed = before.strayed or (intent or "").startswith(("ask_", PREFIX))
    if strayed == dialogue.strayed:
        return answer
    return Answer(**{**vars(answer), "dialogue": dialogue.but(strayed=strayed)})
