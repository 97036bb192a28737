"""A new entry asked for step by step, in plain words. What cannot be read is asked for again; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from knowledge.authoring.answers import case_value, condition_start, new_id, prose, rule_of, shape_of, words
from knowledge.authoring.cases import facts_behind, try_case
from knowledge.authoring.prose import filled, text_faults
from knowledge.authoring.questions import Questions
from knowledge.authoring.rule_words import rule_lines
from knowledge.authoring.rules import kind_of, operators_for
from knowledge.authoring.sheet import cells
from knowledge.authoring.sheet.columns import columns
from knowledge.authoring.sheet.merging import put_value
from knowledge.authoring.sheet.rows import fact_labels, labels
from knowledge.authoring.wording import listed, tell
from knowledge.conditions import OPERATORS
from knowledge.entries import Case, Entry, Kind
from knowledge.firm import FactType
from knowledge.formats import fact_label
from knowledge.regions import COUNTRY

_PREFIX = {"product": "prd", "guarantee": "gua", "subsidy": "sub", "tax": "tax", "programme": "prg", "definition": "def", "lender": "len"}
_SUBSIDY = ("points", "share", "months", "principal_cap", "amount_cap")
_LENDING = ("offer.cap", "offer.term_months", "offer.rate.low", "offer.rate.high")
#: Figures that are asked for, by kind; a source that does not say leaves them out.
_FIGURES: Mapping[str, tuple[str, ...]] = {
    "product": _LENDING,
    "guarantee": ("offer.cap", "offer.term_months", "offer.guarantee_fee"),
    "subsidy": (*(f"offer.subsidy.{name}" for name in _SUBSIDY), "offer.grant.amount", "offer.grant.per_head"),
    "tax": ("offer.tax_rate", "offer.relief"),
    "programme": _LENDING,
}


Pair = dict[str, Any]
Read = Callable[[str, str], str]


def _as_typed(line: str, _language: str) -> str:
    return line


def _one(name: str, text: Pair) -> Pair:
    return {name: text}


def _among(name: str, text: Pair) -> Pair:
    return {name: [text]}


class Interview:
    """Asks for one entry. `taken` are the ids that are in the pack."""

    def __init__(self, questions: Questions, taken: Collection[str], today: date) -> None:
        self._questions, self._language, self._taken, self._today = questions, questions.language, taken, today
        self.raw: dict[str, Any] = {}

    def run(self) -> dict[str, Any]:
        """The entry as plain data. Raises Stopped."""
        self._identity()
        self._source()
        self._place_and_time()
        self._figures()
        self._questions.heading("conditions")
        self._conditions()
        self._texts()
        self._examples()
        return self.raw

    # -- steps ---------------------------------------------------------------------------------------------------------------

    def _identity(self) -> None:
        self._questions.heading("identity")
        kinds = labels("choice_kind", [kind.value for kind in Kind])
        kind = self._questions.pick("kind", kinds)
        self.raw |= {
            "id": self._questions.until("id", new_id(_PREFIX.get(kind, "def"), self._taken), example=f"{_PREFIX.get(kind, 'def')}-…"),
            "kind": kind,
        }
        self.raw |= {
            "status": "in_force",
            "confidence": self._questions.pick("confidence", labels("choice_confidence", ("high", "medium"))),
        }
        self.raw["name"] = self._questions.both("name")
        if kind == "product":
            provider = self._questions.until("provider", str)
            self.raw["provider"] = {"id": provider, "name": self._questions.both("provider_name")}

    def _source(self) -> None:
        self._questions.heading("source")
        source: dict[str, Any] = {"issuer": self._questions.both("issuer")}
        title = self._questions.both("title", optional=True)
        if title:
            source["title"] = title
        for name in ("number", "date", "url"):
            value = self._questions.until(f"source_{name}", str, optional=True)
            if value:
                source[name] = value
        self.raw["source"] = source

    def _place_and_time(self) -> None:
        self._questions.heading("validity")
        for name in ("from", "until"):
            put_value(self.raw, ("valid", name), self._questions.until(f"valid_{name}", cells.day, optional=True))
        self.raw["checked"] = self._questions.until("checked", cells.day, optional=True, example=str(self._today)) or self._today
        within = self._questions.until("region", cells.region, optional=True)
        if within and within != COUNTRY:
            self.raw["region"] = {"within": within}
            without = self._questions.several("region_without", cells.region)
            if without:
                self.raw["region"]["without"] = without

    def _figures(self) -> None:
        wanted = _FIGURES.get(self.raw["kind"], ())
        if wanted:
            self._questions.heading("figures")
        for column in columns():
            if column.key in wanted:
                label, shape = column.label(self._language), tell(f"shape_{column.shape.value}", self._language)
                put_value(
                    self.raw,
                    column.path,
                    self._questions.answer(tell("ask_figure", self._language, label=label, shape=shape), column.read, True),
                )
        if "per_head" in self.raw.get("offer", {}).get("grant", {}):
            heads = {name: fact_labels()[name] for name in ("new_hires_12m", "graduate_hires_12m")}
            self.raw["offer"]["grant"]["heads"] = self._questions.pick("heads", heads)

    def _conditions(self) -> None:
        parts: list[dict[str, Any]] = []
        while True:
            condition = self._questions.until("condition", self._meant, optional=True)
            if condition is None:
                break
            if condition == "check":
                parts.append({"check": self._text("check", lambda text: {"when": {"check": text}})})
            else:
                parts.append(self._leaf(condition))
            self._questions.say("\n".join(rule_lines(rule_of(parts), self._language)))
        if parts:
            self.raw["when"] = parts[0] if len(parts) == 1 else {"all": parts}

    def _leaf(self, fact: str) -> dict[str, Any]:
        kind = kind_of(fact) or FactType.TEXT
        operator = self._questions.pick(
            "operator", {name: labels("operator", OPERATORS)[name] for name in operators_for(kind)}, fact=fact_label(fact, self._language)
        )
        single = OPERATORS[operator].takes == "one"
        read = (lambda cell: cells.fact_value(fact, cell)) if single else (lambda cell: cells.fact_values(fact, cell))

        def checked(cell: str) -> Any:
            value = read(cell)
            rule_of([{"fact": fact, operator: value}])
            return value

        needed = self._questions.until("value", checked, label=fact_label(fact, self._language), shape=shape_of(fact, self._language))
        leaf = {"fact": fact, operator: needed}
        clause = self._text("clause", lambda text: {"when": {**leaf, "clause": text}}, optional=True)
        return {**leaf, "clause": clause} if clause else leaf

    def _texts(self) -> None:
        self._questions.heading("texts")
        names = filled(self.raw)
        if names:
            self._questions.say(tell("placeholders", self._language, names=listed((f"{{{name}}}" for name in names), self._language)))
        for name in ("summary", "apply"):
            read = prose(self.raw, name, self._language)
            text = self._text(name, partial(_one, name), optional=name == "apply", read=read)
            if text:
                self.raw[name] = text
        for name in ("confirm", "documents"):
            items = []
            while item := self._text(name, partial(_among, name), optional=True):
                items.append(item)
            if items:
                self.raw[name] = items
        called = {language: self._questions.until(f"also_{language}", words, optional=True) for language in ("zh", "en")}
        if any(called.values()):
            self.raw["also"] = {language: found for language, found in called.items() if found}

    def _examples(self) -> None:
        entry = Entry.model_validate(self.raw)
        if entry.rule is None:
            return
        self._questions.heading("examples")
        cases: list[dict[str, Any]] = []
        names = facts_behind(entry.rule)
        while True:
            facts = {}
            for name in names:
                told = {"label": fact_label(name, self._language), "shape": shape_of(name, self._language)}
                value = self._questions.until("case_fact", case_value(name), optional=True, **told)
                if value is not None:
                    facts[name] = value
            found = try_case(entry, Case(facts=facts, status="unknown")).status.value
            if self._questions.yes("case_right", status=tell(f"status_{found}", self._language)):
                cases.append({"facts": facts, "status": found})
            else:
                self._questions.say(tell("case_wrong", self._language))
            if cases and not self._questions.yes("case_more"):
                break
        self.raw["cases"] = cases

    def _text(self, key: str, placed: Callable[[Pair], Pair], *, optional: bool = False, read: Read = _as_typed) -> Pair:
        """A text in both languages, asked for again while its figures are not as they must be where it is `placed`."""
        while True:
            text = self._questions.both(key, optional=optional, read=read)
            fault = next(text_faults({**self.raw, **placed(text)}), None) if text else None
            if fault is None:
                return text
            self._questions.say(fault.sentence(self._language))

    def _meant(self, line: str) -> str:
        """`check`, or the fact that was meant, which is said."""
        fact = condition_start(line, self._language)
        if fact not in ("check", line):
            self._questions.say(f"  {fact_label(fact, self._language)}")
        return fact
