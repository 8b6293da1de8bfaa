"""Every figure of a policy in words, with its source, for the people who decide on it.

A figure added to the shape of a policy is added to a section here; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel

from domain.journey import DEFINITIONS
from domain.policy import Citation, DueRule, Level, Policy, StepPolicy
from domain.wording import (
    CONDITIONS,
    SEVERITIES,
    again_in_words,
    counted,
    reminder_in_words,
    rule_in_words,
    wait_in_words,
)
from infra.policies.delivery_figures import delivery_figures


class Row(NamedTuple):
    """One figure: what it decides, what it is, and where it comes from."""

    what: str
    figure: str
    cite: Citation


class Section(NamedTuple):
    """Figures that belong together."""

    title: str
    rows: tuple[Row, ...]


def sections(policy: Policy) -> list[Section]:
    """Return every figure of a policy in words, in the order of the document."""
    rules = policy.steps
    return [
        *(Section(DEFINITIONS[step].title, tuple(_step(rules[step]))) for step in rules),
        Section("Short notice", (_short_notice(policy),)),
        Section("Office hours", (_hours(policy),)),
        Section("Escalation", tuple(_chains(policy))),
        Section("Outcomes", tuple(_outcomes(policy))),
        Section("Prescription check", tuple(_cover(policy))),
        Section("Day of release", tuple(_day_of_release(policy))),
        Section("Delivery", tuple(Row(*each) for each in delivery_figures(policy.delivery))),
    ]


def _step(policy: StepPolicy) -> Iterator[Row]:
    yield _due("Due", policy.due)
    further = {
        "Due when work starts late": policy.late_start,
        "Answer due": policy.answer,
        "Due after a missed appointment": policy.after_miss,
        "Due without an appointment": policy.without_appointment,
    }
    yield from (_due(what, rule) for what, rule in further.items() if rule)
    yield from (Row("Reminder", reminder_in_words(rule), rule.cite) for rule in policy.warnings)
    severity = f"{policy.severity}, {SEVERITIES[policy.severity]}"
    yield Row("When it lapses", severity, policy.severity_cite)
    for each in policy.raised:
        yield Row(f"When {CONDITIONS[each.when]}", f"{each.to}, {SEVERITIES[each.to]}", each.cite)


def _due(what: str, rule: DueRule) -> Row:
    return Row(what, rule_in_words(rule), rule.cite)


def _short_notice(policy: Policy) -> Row:
    short = policy.short_notice
    figure = (
        f"under {counted(short.under_days, 'day')} to the release: at most "
        f"{counted(short.working_days, 'working day')} for what is late, by {short.by:%H:%M}, "
        f"at least {counted(short.at_least_minutes, 'minute')}"
    )
    return Row("Compressed due times", figure, short.cite)


def _hours(policy: Policy) -> Row:
    hours = policy.hours
    return Row("Offices are open", f"{hours.opens:%H:%M} to {hours.closes:%H:%M}", hours.cite)


def _chains(policy: Policy) -> Iterator[Row]:
    for severity, chain in policy.chains.items():
        levels = [_level(each) for each in chain.levels]
        then = f"then the service owner {again_in_words(chain.again)}"
        levels.append(f"climbed {counted(chain.rounds, 'time')}, {then}")
        levels.append(f"an acknowledgement holds for {wait_in_words(chain.lease)}")
        yield Row(f"{severity}, {SEVERITIES[severity]}", "\n".join(levels), chain.cite)


def _level(level: Level) -> str:
    channels = ", ".join(level.channels)
    return f"{_spaced(level.target)} by {channels}, next after {wait_in_words(level.wait)}"


def _outcomes(policy: Policy) -> Iterator[Row]:
    figures = policy.engagement
    window = f"day {figures.window_from_day} to day {figures.window_to_day} after release"
    yield Row("Treatment counts as started", window, figures.window_cite)
    kept = f"{counted(figures.retention_days, 'day')} after the start of treatment"
    yield Row("Retention is asked", kept, figures.retention_cite)
    death = f"within {counted(figures.death_notifiable_within_days, 'day')} of release"
    yield Row("A death is notifiable", death, figures.death_cite)
    flags = f"from {counted(figures.exploitation_flags, 'sign')} on"
    yield Row("Exploitation is an alert", flags, figures.exploitation_cite)


def _cover(policy: Policy) -> Iterator[Row]:
    for name, value in _figures(policy.cover.limits):
        yield Row(_spaced(name).capitalize(), value, policy.cover.cites[name])


def _day_of_release(policy: Policy) -> Iterator[Row]:
    for name, value in _figures(policy.day_of_release.rule):
        yield Row(_spaced(name).capitalize(), value, policy.day_of_release.cite)


def _figures(model: BaseModel) -> Iterator[tuple[str, str]]:
    for name, value in model:
        is_set = isinstance(value, frozenset)
        yield name, ", ".join(_spaced(each) for each in sorted(value)) if is_set else str(value)


def _spaced(code: str) -> str:
    return code.replace("_", " ")
