"""Join a policy with the calendar: what a new release is started with."""

from __future__ import annotations

from domain.calendars import WorkingCalendar
from domain.policy import Policy
from domain.rules import Rules
from infra.policies.loading import default_policy
from infra.reference_data.reference import ReferenceData


def working_calendar(reference: ReferenceData) -> WorkingCalendar:
    """Return the calendar in force: the bank holidays of England and Wales in the lists."""
    return reference.bank_holidays


def default_rules(reference: ReferenceData, policy: Policy | None = None) -> Rules:
    """Return the rules for a new release: the policy that ships, unless another is given."""
    return Rules(policy=policy or default_policy(), calendar=working_calendar(reference))
