"""Every coded reason has words, and none says more than is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.duty.rota import Unfilled
from notifications.catalogue import Language
from notifications.evidence import NOT_ANSWERED
from notifications.folding import Fold
from notifications.reason_words import FAULTS, REASONS, reason_in_words
from notifications.suppression import Reason
from notifications.wires import FaultClass

ROOT = Path(__file__).parents[2]
STATED = re.compile(r"\b(?:Skip|Later|return)\b\(?\s*\(?\"([a-z_]+)\"")
WHERE = ("notifications/standing.py", "notifications/last_check.py", "notifications/routing.py")


def stated_codes() -> set[str]:
    """The codes that the checks before a message state, as their source has them."""
    files = [ROOT / each for each in WHERE]
    files += [ROOT / "infra/messages/checking.py", ROOT / "infra/messages/person_facts.py"]
    found = (STATED.findall(each.read_text(encoding="utf-8")) for each in files)
    return {code for codes in found for code in codes} - set(Language)


@pytest.mark.parametrize("code", [*Reason, *Fold, *Unfilled, *sorted(NOT_ANSWERED)])
def test_every_kind_of_reason_has_its_words(code: str) -> None:
    assert code in REASONS


def test_whatever_the_checks_state_has_its_words() -> None:
    codes = stated_codes()

    assert {"died", "moved_on", "no_mobile", "channel_stopped", "expired", "absent"} <= codes
    assert codes <= set(REASONS)


def test_words_go_on_a_sentence_and_name_nobody() -> None:
    for words in (*REASONS.values(), *FAULTS.values()):
        assert not words.endswith(".")
        assert words[0].islower()


def test_a_providers_code_is_told_by_what_it_means_with_the_code() -> None:
    assert set(FAULTS) == set(FaultClass)
    assert reason_in_words("30005", FaultClass.NUM) == (
        "the number or address does not work, and a person must check it (code 30005)"
    )
    assert reason_in_words("smtp_451") == "code smtp_451"
