"""A question about something of which nothing is told here, said in one sentence: a bank, a scheme, a thing to stand as security.

Without it such a question would get the nearest entry, the terms of what was spoken of before, or a list of everything.
"""

from __future__ import annotations

import re

from bot.conversation.answers.entry import with_thread
from bot.conversation.local_banks import local_bank
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.outside import OUT_OF_SCOPE, kind_of
from bot.conversation.outside import Kind as Outside
from bot.conversation.security import unknown_security
from bot.conversation.texts import say
from bot.conversation.world import Scene

_ASKING = frozenset(
    {
        "ask_terms",
        "ask_subsidy",
        "ask_guarantee",
        "ask_process",
        "ask_documents",
        "ask_match",
        "ask_compare",
        "ask_improve",
        OUT_OF_SCOPE,
        None,
    }
)
#: So short a question is about what it names, whatever the guess.
_WHAT_ABOUT = re.compile(r"\W*(?:and |so |ok,? )?(?:what|how) about (?:an? |the )?[\w' -]{2,30}\W*$", re.IGNORECASE)
#: What lends to those who have nothing to pledge.
_WITHOUT_SECURITY = "gua-measures-2025"


def asked(scene: Scene, intent: str | None) -> Answer | None:
    """The honest sentence; None where something is told of what is asked, or the message states facts."""
    wants = intent in _ASKING or _WHAT_ABOUT.match(scene.text) is not None
    if not wants or scene.taken.changes or (intent == OUT_OF_SCOPE and kind_of(scene.text) is not Outside.OTHER):
        return None
    language, index = scene.language, scene.world.index
    thing = unknown_security(index, scene.text, scene.today)
    if thing is not None:
        way = scene.world.pack.get(_WITHOUT_SECURITY)
        buttons = (Button(f"n:{way.id}", way.name[language]),) if way is not None else ()
        return with_thread(scene, Reply(say("security_unknown", language, thing=thing), buttons), None)
    if intent in ("ask_documents", "ask_process") and local_bank(scene.text):  # what any bank wants
        return None
    name = None if scene.understanding.topics else index.not_told(scene.text)
    return with_thread(scene, Reply(say("term_unknown", language, term=name), ()), None) if name is not None else None
