"""The fixed words of the language model card."""

from __future__ import annotations

INTRODUCTION = """# How owners are understood

<!-- Written by `make nlu-report`; change tests/bench/_nlu_report.py and the modules beside it, not this file. -->

A message is read twice. The intent model names what an owner wants: one of 31 intents, Chinese, English or mixed, with a
confidence and a score for "none of these". It is a network of one hidden layer over token pairs, runs of characters, kinds of
figures and concepts that both languages share, trained on the project's own messages only; `config.yml` holds its settings.
What the message states about the firm, its facts, is read by rules in `nlu/`; what was learnt from labelled messages then
decides which of them to believe ([ADR 0013](adr/0013-rules-read-first-what-was-learnt-looks-again.md)), with a small pretrained
network among what was learnt ([ADR 0024](adr/0024-a-small-network-listens-too.md))."""

FACTS = """A fact is right when its name and its exact value are. Precision is the share of the facts noted that are right: a wrong
figure is worse than a missing one, which the advisor asks for. Recall is the share of the facts stated that are noted."""

LIMITS = """## Limits

- It has never met the people it is for: every message was written for this project or for a public data set. The learning
  loop (`advisor nlu review`, `advisor nlu train`) is there to change that.
- One intent a message. Somebody who asks two things is answered one.
- Other languages than Chinese and English are out of scope by rule of thumb, dialect only as far as its words were written down.
- Words the intent model has never seen are known to it by their characters only; a new product name says nothing to it.
- A confidence is calibrated on messages like those it learnt from; on quite other ones it is too high.
- Order beyond three pieces is not seen by the intent model: "A instead of B" and "B instead of A" are much the same to it.
- The owners' test split states some three hundred facts: two more or less are most of a point of F1.
- Facts are read worse from long messages, from stories and from what is said of others; the splits differ in how many they have."""
