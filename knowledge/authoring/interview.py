"""A new entry asked for step by step, in plain words. What cannot be read is asked for again; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from knowledge.authoring.cases import facts_behind, try_case, typed
from knowledge.authoring.prose import filled, text_faults
from knowledge.authoring.questions import Questions
from knowledge.authoring.rule_words import rule_lines
from knowledge.authoring.rules import choices_of, kind_of, operators_for
from knowledge.authoring.sheet import cells
from knowledge.authoring.sheet.cells import CellError
from knowledge.authoring.sheet.columns import columns
from knowledge.authoring.sheet.merging import put_value
from knowledge.authoring.sheet.rows import fact_labels, labels
from knowledge.authoring.wording import listed, tell
from knowledge.conditions import OPERATORS
from knowledge.entries import Case, Entry, Kind
from knowledge.firm import FactType
from knowledge.reading import read_condition
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
            "id": self._questions.until("id", self._id(_PREFIX.get(kind, "def")), example=f"{_PREFIX.get(kind, 'def')}-…"),
            "kind": kind,
        }
        self.raw |= {
            "status": "in_force",
            "confidence": self._questions.pick("confidence", labels("choice_confidence", ("high", "medium"))),
        }
        self.raw["name"] = self._questions.both("name")
        if kind == "product":
            provider = self._questions.until("provider", _plain_text)
            self.raw["provider"] = {"id": provider, "name": self._questions.both("provider_name")}

    def _source(self) -> None:
        self._questions.heading("source")
        source: dict[str, Any] = {"issuer": self._questions.both("issuer")}
        title = self._questions.both("title", optional=True)
        if title:
            source["title"] = title
        for name in ("number", "date", "url"):
            value = self._questions.until(f"source_{name}", _plain_text, optional=True)
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
            condition = self._questions.until("condition", self._condition_start, optional=True)
            if condition is None:
                break
            if condition == "check":
                parts.append({"check": self._questions.both("check")})
            else:
                parts.append(self._leaf(condition))
            self._questions.say("\n".join(rule_lines(_rule(parts), self._language)))
        if parts:
            self.raw["when"] = parts[0] if len(parts) == 1 else {"all": parts}

    def _leaf(self, fact: str) -> dict[str, Any]:
        kind = kind_of(fact) or FactType.TEXT
        operator = self._questions.pick(
            "operator", {name: labels("operator", OPERATORS)[name] for name in operators_for(kind)}, fact=self._label(fact)
        )
        single = OPERATORS[operator].takes == "one"
        read = (lambda cell: cells.fact_value(fact, cell)) if single else (lambda cell: cells.fact_values(fact, cell))

        def checked(cell: str) -> Any:
            value = read(cell)
            _rule([{"fact": fact, operator: value}])
            return value

        needed = self._questions.until("value", checked, label=self._label(fact), shape=self._shape(fact))
        clause = self._questions.both("clause", optional=True)
        return {"fact": fact, operator: needed, **({"clause": clause} if clause else {})}

    def _texts(self) -> None:
        self._questions.heading("texts")
        names = filled(self.raw)
        if names:
            self._questions.say(tell("placeholders", self._language, names=listed((f"{{{name}}}" for name in names), self._language)))
        for name in ("summary", "apply"):
            text = self._questions.both(name, optional=name == "apply", read=self._prose(name))
            if text:
                self.raw[name] = text
        for name in ("confirm", "documents"):
            items = []
            while item := self._questions.both(name, optional=True):
                items.append(item)
            if items:
                self.raw[name] = items
        words = {language: self._questions.until(f"also_{language}", _words, optional=True) for language in ("zh", "en")}
        if any(words.values()):
            self.raw["also"] = {language: found for language, found in words.items() if found}

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
                value = self._questions.until(
                    "case_fact", self._case_value(name), optional=True, label=self._label(name), shape=self._shape(name)
                )
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

    # -- answers

    def _prose(self, name: str) -> Callable[[str, str], str]:
        def read(line: str, language: str) -> str:
            fault = next(text_faults({**self.raw, name: {language: line}}), None)
            if fault is not None:
                raise ValueError(fault.sentence(self._language))
            return line

        return read

    def _id(self, prefix: str) -> Callable[[str], str]:
        def read(line: str) -> str:
            if line in self._taken:
                raise CellError("id_taken", id=line)
            rest = line.removeprefix(f"{prefix}-")
            if rest == line or not rest or not all(part.isascii() and part.isalnum() and part == part.lower() for part in rest.split("-")):
                raise CellError("id_shape", prefix=prefix)
            return line

        return read

    def _condition_start(self, line: str) -> str:
        """`check`, or the fact meant: by its key, its label or a part of it."""
        if line.lower() in ("check", "人工", "核实"):
            return "check"
        known = fact_labels()
        if line in known:
            return line
        found = [name for name, label in known.items() if line.lower() in (label.zh.lower(), label.en.lower())]
        found = found or [name for name, label in known.items() if line in label.zh or line.lower() in label.en.lower() or line in name]
        if len(found) != 1:
            choices = listed((known[name][self._language] for name in found[:12]), self._language)
            raise CellError("which_fact" if found else "no_such_fact", found=line, choices=choices)
        self._questions.say(f"  {self._label(found[0])}")
        return found[0]

    def _case_value(self, name: str) -> Callable[[str], Any]:
        def read(line: str) -> Any:
            value = cells.fact_values(name, line) if kind_of(name) is FactType.CHOICES else cells.fact_value(name, line)
            typed({name: value})
            return value

        return read

    def _label(self, fact: str) -> str:
        return fact_labels()[fact][self._language]

    def _shape(self, fact: str) -> str:
        choices: Sequence[str] = choices_of(fact)
        if choices:
            return listed((str(cells.fact_cell(fact, choice, self._language)) for choice in choices), self._language)
        kind = kind_of(fact) or FactType.TEXT
        shape = {FactType.CODE: "region", FactType.COUNT: "count"}.get(kind, kind.value)
        return tell(f"shape_{shape}", self._language)


def _rule(parts: list[dict[str, Any]]) -> Any:
    return read_condition(parts[0] if len(parts) == 1 else {"all": parts})


def _plain_text(line: str) -> str:
    return line


def _words(line: str) -> list[str]:
    return [word.strip() for word in line.replace("，", ",").replace("、", ",").split(",") if word.strip()]
