"""What holds for the whole house: every sentence in both languages, every key used and known, no stray word."""

from __future__ import annotations

import re
import string
import subprocess
from pathlib import Path
from typing import get_args

import pytest

from bot.conversation.answers.beside import WISHES
from bot.conversation.common import common_questions
from bot.conversation.handlers import HANDLERS
from bot.conversation.news import TOPICS
from bot.conversation.signals.gathered import Origin, Signal
from bot.conversation.texts import catalogue
from bot.desk.model import Role
from bot.desk.outcomes import Why
from bot.desk.sharing import WHOLE, Part
from bot.matching.next_way import Way
from knowledge.firm import Provenance
from knowledge.offer import Bearer
from scoring.cross_checks import CHECKS
from scoring.limits import FORMULAS
from scoring.quote import ASSUMPTIONS
from scoring.raising import Stage
from scoring.ratios import RATIOS
from scoring.schedule import Method
from scoring.signals.monthly import Steadiness

USED = re.compile(r"""(?<!\w)(?:say|telling|_told_with)\(\s*(?:scene, )?f?"([a-z_{}.]+)\"""")
PREFIXES = ("status_", "group_", "kind_", "ranked_", "aspect_", "assumed_", "preview_", "restart_", "point_unit_", "sheet_unit_")
#: Families of texts: one for each name of a set that the code takes the name from.
FAMILIES = {
    "basis_": {*FORMULAS, "debt_service"},
    "lift_": {*FORMULAS, "debt_service", "cap", "guarantee_cap", "missing"},
    "bearer_": set(get_args(Bearer.model_fields["who"].annotation)),
    "declined_": set(Why),
    "tip_": set(Why),
    "fee_": {"valuation", "notary", "registration", "insurance", "guarantee"},
    "method_": set(Method),
    "plan_": set(Method),
    "part_": {name for name, _ in ASSUMPTIONS.sources} | {"credit"},
    "order_": set(WISHES),
    "b_wish_": set(WISHES),
    "stage_": {*Stage, "needs"},
    "trade_": {"receivables", "stock", "prepayment", "needs", "nothing_tied", "receivable_days", "stock_days"},
    "way_": {*Way, "begun", "too_late"},
    "signal_": set(Signal),
    "of_": set(Origin),
    "steady_": set(Steadiness),
    "growth_year_": {"up", "down", "flat"},
    "growth_halves_": {"up", "down", "flat"},
    "cycle_by_": {"receivables", "stock", "prepayment"},
    "rating_ratio_": {ratio.name for ratio in RATIOS} | {"note"},
    "rating_how_": {ratio.name for ratio in RATIOS},
    "rating_basis_": {"rule", "rule_more", "estimate", "card", "definition_share", "definition_times", "definition_growth", "none"},
    "rating_check_": {check.name for check in CHECKS},
    "rating_differs_": {check.name for check in CHECKS},
    "rating_source_": set(Provenance),
    "rating_pd_": {"about", "at_most", "at_least"},
    "rating_range_": {"value", "below", "above", "whole"},
    "chance_": {"about", "at_most", "at_least"},
    "rating_note_consent_": {"owner", "staff", "referral"},
    "shared_part_": set(Part),
    "shared_whole_": set(WHOLE),
    "shared_role_": {*Role, "gone"},
    "shared_standing_": {"open", "revoked", "expired"},
    "shared_what_": {"case", "pdf_case", "referral", "pdf", "json"},
    "pack_rule_": {"scope", "purpose", "looks"},
    "news_topic_": set(TOPICS),
    "news_why_": {*Provenance, "open", "corrects", "fact", "lacking", "nothing", "end"},
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", list(catalogue()))
def test_every_sentence_is_there_in_both_languages_with_the_same_placeholders(key: str) -> None:
    texts = catalogue()[key]
    assert set(texts) == {"zh", "en"}
    assert placeholders(texts["zh"]) == placeholders(texts["en"])
    assert not re.search(r"[a-z][,.?!][\u4e00-\u9fff]|[\u4e00-\u9fff][,.?!]", texts["zh"]), "half-width punctuation in Chinese"


def test_every_key_in_the_code_is_in_the_catalogue_and_the_other_way_round(project: Path) -> None:
    files = [path.read_text("utf-8") for path in (project / "bot").rglob("*.py")]
    code = "\n".join(files)
    # The console and the commands have catalogues of their own, each tried beside them.
    talks = "\n".join(file for file in files if "bot.conversation.texts" in file)
    used = {key for key in USED.findall(talks) if "{" not in key}
    assert used <= set(catalogue())
    quoted = set(re.findall(r"""['\"]([a-z_]+)['\"]""", code))
    again = {key for key in catalogue() if key.removesuffix("_again").removesuffix("_once_more") in catalogue().keys() - {key}}
    unused = {key for key in catalogue() if key not in quoted and not key.startswith((*PREFIXES, *FAMILIES))} - again
    assert unused == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_of_texts_is_whole(family: str) -> None:
    have = {key.removeprefix(family) for key in catalogue() if key.startswith(family)}
    assert have == FAMILIES[family] - {"lgd"}


def test_there_is_an_answer_to_every_intent_of_the_training_data(project: Path) -> None:
    for language in ("zh", "en"):
        trained = {path.stem for path in (project / "nlu/server/data" / language).glob("*.yml")}
        beside = {"introduce", "software", "summary", "rating", "signals", "shared", "who_looked", "news_settings", "news_list", "skip"}
        beside |= {"no_loan", "matters", "apply_again", "about_us", "who_decides", "rate_within", "send_file", "call_off"}
        beside |= {"goodbye", "no_hurry", "misheard", "unclear", "cheaper", "only_fields", "trust", "about_place"}
        beside |= {"found_me", "foreign_owner", "should_borrow", "rate_may_move", "personal_guarantee"}
        beside |= {"pays_late", "say_to_bank", "what_to_tell", "data_where"}
        beside |= {"which_trade", "on_behalf", "kept_apart", "joked", "plain_words", "pasted_offer", "pasted_notice"}
        beside |= {"which_trade", "on_behalf", "remind_me", "reassure"}
        beside |= {"noted", "unknown_question", "only_heard", *common_questions()}
        assert trained == set(HANDLERS) - beside


def test_no_registry_host_and_no_path_of_a_machine_is_in_a_file(project: Path) -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=project, capture_output=True, text=True, check=True).stdout.split("\n")
    words = re.compile(r"files\.pythonhosted|pypi\.org|/home/\w+/|index[-]url")
    files = [project / name for name in listed if name and name != "tests/test_house.py"]
    found = [path.name for path in files if path.is_file() and words.search(path.read_text("utf-8", errors="ignore"))]
    assert found == []
