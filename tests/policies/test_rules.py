"""The rules of a new release: a policy and the published calendar."""

from __future__ import annotations

from datetime import date

from infra.policies.loading import default_policy
from infra.policies.rules import default_rules
from infra.reference_data.loading import load_reference_data


def test_a_new_release_gets_the_shipped_policy_and_the_published_bank_holidays() -> None:
    rules = default_rules(load_reference_data())

    assert rules.policy == default_policy()
    assert rules.calendar.is_bank_holiday(date(2026, 12, 28))


def test_a_policy_of_the_service_owner_takes_the_place_of_the_shipped_one() -> None:
    own = default_policy().model_copy(update={"version": "our-own-1"})

    assert default_rules(load_reference_data(), own).policy.version == "our-own-1"
