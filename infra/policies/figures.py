"""Every figure of a policy in words, with its source, for the people who decide on it.

A figure added to the shape of a policy is added to a section here; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from pydantic import BaseModel

from domain.journey import DEFINITIONS, Step
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
from infra.policies.problems import Path


class Place(NamedTuple):
    """Where a row's figures stand in the document.

    Attributes:
        part: A figure, or the part that holds the figures and nothing else but how they are meant.
        cite: Where their citation stands.
        names: The figures of the part that the row is about; all of them when it names none.
    """

    part: Path
    cite: Path
    names: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """What tells the row from every other, in an address: `steps.screening.due`."""
        return ".".join(str(each) for each in (*self.part, *self.names[:1]))


class Row(NamedTuple):
    """What one or more figures decide, what they are, and where they come from."""

    what: str
    figure: str
    cite: Citation
    place: Place


class Section(NamedTuple):
    """Figures that belong together."""

    title: str
    rows: tuple[Row, ...]


def sections(policy: Policy) -> list[Section]:
    """Return every figure of a policy in words, in the order of the document."""
    rules = policy.steps
    return [
        *(Section(DEFINITIONS[step].title, tuple(_step(step, rules[step]))) for step in rules),
        Section("Short notice", (_short_notice(policy),)),
        Section("Office hours", (_hours(policy),)),
        Section("Escalation", tuple(_chains(policy))),
        Section("Outcomes", tuple(_outcomes(policy))),
        Section("Prescription check", tuple(_cover(policy))),
        Section("Day of release", tuple(_day_of_release(policy))),
        Section("Delivery", tuple(_delivery(policy))),
    ]


_DUES: Final = {
    "due": "Due",
    "late_start": "Due when work starts late",
    "answer": "Answer due",
    "after_miss": "Due after a missed appointment",
    "without_appointment": "Due without an appointment",
}


def _step(step: Step, policy: StepPolicy) -> Iterator[Row]:
    at: Path = ("steps", step.value)
    for name, what in _DUES.items():
        rule: DueRule | None = getattr(policy, name)
        if rule is not None:
            yield Row(what, rule_in_words(rule), rule.cite, _cited((*at, name)))
    for number, rule in enumerate(policy.warnings):
        place = _cited((*at, "warnings", number))
        what = f"Reminder {number + 1}" if len(policy.warnings) > 1 else "Reminder"
        yield Row(what, reminder_in_words(rule), rule.cite, place)
    severity = f"{policy.severity}, {SEVERITIES[policy.severity]}"
    place = Place(at, (*at, "severity_cite"), ("severity",))
    yield Row("When it lapses", severity, policy.severity_cite, place)
    for number, each in enumerate(policy.raised):
        raised = f"{each.to}, {SEVERITIES[each.to]}"
        place = _cited((*at, "raised", number))
        yield Row(f"When {CONDITIONS[each.when]}", raised, each.cite, place)


def _cited(part: Path) -> Place:
    return Place(part, (*part, "cite"))


def _short_notice(policy: Policy) -> Row:
    short = policy.short_notice
    figure = (
        f"under {counted(short.under_days, 'day')} to the release: at most "
        f"{counted(short.working_days, 'working day')} for what is late, by {short.by:%H:%M}, "
        f"at least {counted(short.at_least_minutes, 'minute')}"
    )
    return Row("Compressed due times", figure, short.cite, _cited(("short_notice",)))


def _hours(policy: Policy) -> Row:
    hours = policy.hours
    figure = f"{hours.opens:%H:%M} to {hours.closes:%H:%M}"
    return Row("Offices are open", figure, hours.cite, _cited(("hours",)))


def _chains(policy: Policy) -> Iterator[Row]:
    for severity, chain in policy.chains.items():
        levels = [_level(each) for each in chain.levels]
        then = f"then the service owner {again_in_words(chain.again)}"
        levels.append(f"climbed {counted(chain.rounds, 'time')}, {then}")
        levels.append(f"an acknowledgement holds for {wait_in_words(chain.lease)}")
        place = _cited(("chains", severity.value))
        yield Row(f"{severity}, {SEVERITIES[severity]}", "\n".join(levels), chain.cite, place)


def _level(level: Level) -> str:
    channels = ", ".join(level.channels)
    return f"{_spaced(level.target)} by {channels}, next after {wait_in_words(level.wait)}"


def _outcomes(policy: Policy) -> Iterator[Row]:
    figures = policy.engagement
    window = f"day {figures.window_from_day} to day {figures.window_to_day} after release"
    days = ("window_from_day", "window_to_day")
    place = _outcome("window_cite", *days)
    yield Row("Treatment counts as started", window, figures.window_cite, place)
    kept = f"{counted(figures.retention_days, 'day')} after the start of treatment"
    place = _outcome("retention_cite", "retention_days")
    yield Row("Retention is asked", kept, figures.retention_cite, place)
    death = f"within {counted(figures.death_notifiable_within_days, 'day')} of release"
    place = _outcome("death_cite", "death_notifiable_within_days")
    yield Row("A death is notifiable", death, figures.death_cite, place)
    flags = f"from {counted(figures.exploitation_flags, 'sign')} on"
    place = _outcome("exploitation_cite", "exploitation_flags")
    yield Row("Exploitation is an alert", flags, figures.exploitation_cite, place)


def _outcome(cite: str, *names: str) -> Place:
    return Place(("engagement",), ("engagement", cite), names)


def _cover(policy: Policy) -> Iterator[Row]:
    for name, value in _figures(policy.cover.limits):
        place = Place(("cover", "limits", name), ("cover", "cites", name))
        yield Row(_spaced(name).capitalize(), value, policy.cover.cites[name], place)


def _day_of_release(policy: Policy) -> Iterator[Row]:
    for name, value in _figures(policy.day_of_release.rule):
        place = Place(("day_of_release", "rule", name), ("day_of_release", "cite"))
        yield Row(_spaced(name).capitalize(), value, policy.day_of_release.cite, place)


def _delivery(policy: Policy) -> Iterator[Row]:
    for name, what, figure in delivery_figures(policy.delivery):
        place = Place(("delivery", name), ("delivery", "cites", name))
        yield Row(what, figure, policy.delivery.cites[name], place)


def _figures(model: BaseModel) -> Iterator[tuple[str, str]]:
    for name, value in model:
        is_set = isinstance(value, frozenset)
        yield name, ", ".join(_spaced(each) for each in sorted(value)) if is_set else str(value)


def _spaced(code: str) -> str:
    return code.replace("_", " ")
