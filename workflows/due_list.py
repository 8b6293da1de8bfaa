"""The due times of a release as the read model shows them."""

from __future__ import annotations

from activities.contracts import StepDue
from domain.due import due
from domain.rules import Rules
from domain.state import Release


def due_list(release: Release, rules: Rules) -> tuple[StepDue, ...]:
    """Return the due time of every open step, with the rule and source behind it."""
    return tuple(
        StepDue(
            step=each.step,
            at=each.at,
            severity=each.severity,
            anchor=each.rule.anchor,
            source=each.rule.cite.source,
            compressed=each.compressed,
        )
        for each in due(release, rules)
    )
