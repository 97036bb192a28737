"""An early warning in words, for the owner: what happened, why, and what to do by when."""

from __future__ import annotations

from knowledge.firm import vocabulary
from scoring.card_schema import Wording
from scoring.monitoring.plan import Step
from scoring.monitoring.signs import Kind
from scoring.monitoring.warning import Alert, Move, Rescored, Why

MOVES_AT_MOST = 4

_HEADS = {
    Alert.CALM: ("新数字看过了，评分没有大的变化。", "We looked at the new figures: your score is much the same."),
    Alert.BETTER: ("好消息，评分比上次好了。", "Good news: your score is better than last time."),
    Alert.WATCH: ("新数字比上次弱了一些，别急，一起看看。", "The new figures are a little weaker. Let us look at them together."),
    Alert.ACT: ("新数字里有事要尽快处理，别慌，一步一步来。", "Something in the new figures should not wait. One step at a time:"),
}
#: Bad news that moved no points.
_SIGN_ONLY = ("有一件事要留意，早处理早安心。", "One thing needs attention; the sooner it is dealt with, the better.")
_SCORES = ("评分：{then} → {now}（{before} → {after} 分）", "Score: {then} → {now} ({before} → {after} points)")
_SIGNS, _WORSE, _BETTER = ("要紧的：", "Most pressing:"), ("拉低评分的：", "What lowered it:"), ("拉高评分的：", "What raised it:")
_WHY = {
    Why.CHANGED: ("{facts}变了", "{facts} changed"),
    Why.NEW: ("{facts}这次才知道", "{facts}: new to us"),
    Why.GONE: ("{facts}这次没有能用的数", "{facts}: no usable figure this time"),
}
_BECAUSE = ("{what}，{reason}", "{what}; {reason}")
_POINTS = ("（{points:+.0f} 分）", " ({points:+.0f} points)")
_PLAN = ("接下来：", "What to do:")
_BY = ("{day}前：{text}", "by {day}: {text}")
_REVIEW = ("{day}：{text}", "{day}: {text}")


def warning_text(rescored: Rescored, steps: tuple[Step, ...], language: str) -> str:
    """The warning with its dated plan in ``zh`` or ``en``, a line for each thing."""
    pick = 0 if language == "zh" else 1
    figures = {"then": rescored.before.grade, "now": rescored.now.grade, "before": rescored.before.points, "after": rescored.now.points}
    quiet = rescored.alert is Alert.WATCH and rescored.points >= 0
    lines = [(_SIGN_ONLY if quiet else _HEADS[rescored.alert])[pick]]
    if rescored.points or rescored.moves or not rescored.signs:
        lines.append(_SCORES[pick].format(**figures))
    lines += _listed(_SIGNS[pick], [_in(sign.wording, pick) for sign in rescored.signs])
    for head, falls in ((_WORSE, True), (_BETTER, False)):
        moved = [move for move in rescored.moves if (move.points < 0) is falls][:MOVES_AT_MOST]
        lines += _listed(head[pick], [_moved(move, pick) for move in moved])
    lines += _listed(_PLAN[pick], [_step(step, pick) for step in steps])
    return "\n".join(lines)


def _listed(head: str, items: list[str]) -> list[str]:
    return [head, *(f"· {item}" for item in items)] if items else []


def _moved(move: Move, pick: int) -> str:
    """Which figures are not as they were, the card's reason where it holds, and the points."""
    joined = ("、", ", ")[pick].join(vocabulary()[fact].label["zh" if pick == 0 else "en"] for fact in move.facts)
    what = _WHY[move.why][pick].format(facts=joined)
    if move.wording is not None and move.why is not Why.GONE:
        reason = _in(move.wording, pick)
        what = _BECAUSE[pick].format(what=what, reason=reason[:1].lower() + reason[1:])
    return what + _POINTS[pick].format(points=move.points)


def _step(step: Step, pick: int) -> str:
    day = f"{step.due.month} 月 {step.due.day} 日" if pick == 0 else f"{step.due.day} {step.due:%B}"
    return (_REVIEW if step.kind is Kind.REVIEW else _BY)[pick].format(day=day, text=_in(step.wording, pick))


def _in(wording: Wording, pick: int) -> str:
    return wording.zh if pick == 0 else wording.en
