"""Words that change what a sentence does: it corrects, asks, supposes, or speaks of somebody else. The words: lexicon/frames.yaml."""

from __future__ import annotations

import re

from nlu.cues.load import alternatives, expression, frame

CORRECTION = frame("correction")
#: 不是A是B, not A but B: what stands in a group is taken back.
TAKEN_BACK = frame("taken_back")
SENTENCE = re.compile(r"[。！？!?\n]|\.(?=\s|$)")
#: The figure itself is asked about, or a lender's limits and terms are: nothing is stated.
ASKS_LIMIT = frame("asks_limit")
QUESTION = frame("question")
SUPPOSE = frame("suppose")
#: Somebody else becomes the subject, until SELF brings the owner back.
OTHERS = frame("others")
SELF = frame("self")
#: An errand, not a business: nothing in it is stated.
ERRAND = frame("errand")
#: Something is to be done or sent, and the firm is not spoken of; the owner speaks of the firm.
REQUEST = frame("request")
OWN_FIRM = frame("own_firm")
#: How it was years ago, until the owner is back at today.
LONG_AGO = frame("long_ago")
TODAY_AGAIN = frame("today_again")
#: An offer is doubted: what the message tells is the offer's, but for the owner's reasons.
DOUBTS_OFFER = frame("doubts_offer")
#: Two things are compared: neither is stated, unless the owner speaks of the firm.
COMPARES = frame("compares")
#: A calculation is wanted: the amount and the term in it are the owner's wish, even after "if".
CALCULATION = frame("calculation")
#: Before a figure: this much is not wanted.
NO_NEED = frame("no_need")
UNKNOWN = frame("unknown")
#: Denies what comes next; denies what came just before; looks like a denial and is none (不少, 差不多).
DENIES_BEFORE = frame("denies_before")
DENIES_BEHIND = expression("frames", "denies_behind")
NO_DENIAL = expression("frames", "no_denial")
#: Says that something is so, where naming it is not enough.
AFFIRMS = frame("affirms")
#: Wished for, feared or still to come; only partly so; over by now.
UNREAL = frame("unreal")
PARTLY = frame("partly")
#: A clause that asks instead of stating.
LEFT_OPEN = frame("left_open")
OVER_NOW = frame("over_now")
#: But, only: what came before does not bear on what comes after.
TURN = frame("turn")
#: A plan or a hope for a figure that has not come about.
PLANNED = frame("planned")
#: Before a trade's words: they name a buyer, a tender, a loan or a place, not the firm's trade.
NOT_A_TRADE = frame("not_a_trade")

#: How an answer begins that goes on for longer.
YES_HEAD = expression("answers", "yes_head")
NO_HEAD = expression("answers", "no_head")
#: An answer that is no answer yet: still applying, not sure.
UNREAL_ANSWER = expression("answers", "not_yet")
#: How politeness begins, or a refusal to answer; neither is a no.
POLITE = expression("answers", "polite")
#: Whole answers, after normalising and without closing punctuation.
YES = re.compile(rf"(?:{alternatives('answers', 'yes')})(?:[呀啊哦的了呢哈]|, .*)?")
NO = re.compile(rf"(?:{alternatives('answers', 'no')})(?:过|的|了|呀|啊|哦|呢|哈|这些|这种|任何|东西)*")
