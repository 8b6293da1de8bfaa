"""docs/policy.md says everything that the author of a policy has to know."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest

from domain.journey import Step
from domain.policy import (
    Anchor,
    Certainty,
    Channel,
    Clock,
    Condition,
    Delivery,
    Policy,
    Severity,
    StepPolicy,
    Target,
    Unit,
)
from domain.wording import rule_in_words
from infra.policies.loading import default_policy

GUIDE = (Path(__file__).parents[2] / "docs" / "policy.md").read_text(encoding="utf-8")


def test_every_step_is_listed_with_its_due_time_in_words() -> None:
    table = GUIDE.partition("## What ships")[2].partition("## ")[0]
    rows = table.splitlines()

    for step in Step:
        [row] = [line for line in rows if line.startswith(f"| `{step}` |")]
        policy = default_policy().steps[step]
        assert rule_in_words(policy.due) in row
        assert f"| {policy.severity}" in row


@pytest.mark.parametrize(
    "words",
    [Anchor, Certainty, Channel, Clock, Condition, Severity, Target, Unit],
    ids=lambda each: each.__name__,
)
def test_every_word_that_a_document_may_use_is_explained(words: type[StrEnum]) -> None:
    missing = [each for each in words if f"`{each}`" not in GUIDE]

    assert missing == []


@pytest.mark.parametrize("model", [Policy, StepPolicy, Delivery], ids=lambda each: each.__name__)
def test_every_key_is_explained(model: type[Policy | StepPolicy | Delivery]) -> None:
    missing = [each for each in model.model_fields if f"`{each}`" not in GUIDE]

    assert missing == []
