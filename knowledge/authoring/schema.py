"""The complaints of an entry's model as faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.authoring.faults import Fault
from knowledge.authoring.positions import KeyPath
from knowledge.entries import allowed_keys

#: Complaints of the model -> the sentence that tells them.
_CODES: Mapping[str, str] = {
    "missing": "missing",
    "string_too_short": "empty_text",
    "string_type": "want_text",
    "string_pattern_mismatch": "want_id",
    "bool_type": "want_flag",
    "bool_parsing": "want_flag",
    "decimal_parsing": "want_number",
    "decimal_type": "want_number",
    "finite_number": "want_number",
    "int_parsing": "want_months",
    "int_type": "want_months",
    "int_from_float": "want_months",
    "tuple_type": "want_list",
    "model_type": "want_mapping",
    "dict_type": "want_mapping",
    "model_attributes_type": "want_mapping",
}
#: Complaints about what a figure may be, and where they keep the bound; the only upper bound there is, is that of fractions.
_BOUNDS: Mapping[str, str] = {"greater_than_equal": "ge", "greater_than": "gt", "less_than_equal": "le", "less_than": "lt"}
#: The model's own sentences -> where they belong and how they are told here.
_OWN: Mapping[str, tuple[KeyPath, str]] = {
    "valid: `from` is after `until`": (("valid",), "dates_reversed"),
    "provider: a product names who offers it": (("provider",), "no_provider"),
    "products, response: only a lender has them": (("products",), "only_lender"),
    "risk: the shares come to more than the whole loss": (("offer", "risk"), "risk_above_all"),
}


def model_faults(error: ValidationError) -> Iterator[Fault]:
    """The model's complaints; those about conditions, cases and the like come from their own checks."""
    for item in error.errors():
        path = tuple(part for part in item["loc"] if part != "[key]")
        yield _fault(item, path)


def _fault(item: ErrorDetails, path: KeyPath) -> Fault:
    kind, found = item["type"], item["input"]
    if kind == "extra_forbidden":
        return Fault(path, "unknown_key", {"found": path[-1]}, allowed_keys(path[:-1]), key=True)
    if kind in ("literal_error", "enum"):
        expected = str(item.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
        return Fault(path, "not_allowed", {"found": found}, tuple(word.strip().strip("'") for word in expected.split(", ")))
    if kind.startswith("date") or kind == "is_instance_of":
        return Fault(path, "want_date", {"found": found})
    if kind == "invalid_key":
        return Fault(path[:-1], "bare_key", {"found": "on" if found is True else found})
    if kind in _BOUNDS:
        bound, fraction = item.get("ctx", {})[_BOUNDS[kind]], kind in ("less_than_equal", "less_than")
        return Fault(path, "not_a_fraction" if fraction else "too_low", {"found": found, "bound": bound})
    if kind in _CODES:
        code = "want_entry" if not path else _CODES[kind]
        return Fault(path, code, {"name": path[-1] if path else "", "found": found if not isinstance(found, dict) else "…"})
    if path[:1] == ("region",):
        return Fault(path, "want_code", {"found": found})
    reason = item["msg"].removeprefix("Value error, ")
    where, code = _OWN.get(reason, (path, "other"))
    return Fault(where, code, {"reason": reason})
