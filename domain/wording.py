"""Rules of the policy in words, for every page and listing that explains a due time.

A new anchor, clock or condition in `domain.policy` needs its words here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.policy import Again, Anchor, Clock, Condition, DueRule, Severity, Unit, Wait

ANCHORS: Final[Mapping[Anchor, str]] = {
    Anchor.RECEPTION: "reception",
    Anchor.START: "the start of the work",
    Anchor.SCREENED: "the screening",
    Anchor.EXPECTED_RELEASE: "the expected release",
    Anchor.REFERRAL_SENT: "sending the referral",
    Anchor.HANDOVER_SENT: "sending the pack",
    Anchor.APPOINTMENT: "the appointment",
    Anchor.MISSED_APPOINTMENT: "the missed appointment",
    Anchor.RELEASE: "release",
    Anchor.TREATMENT_START: "the start of treatment",
    Anchor.INCIDENT: "the incident",
}
"""What a due time counts from, as it reads after "before", "after" or "the day of"."""

CONDITIONS: Final[Mapping[Condition, str]] = {
    Condition.OPIATE_GROUP: "the person is in the opiate group",
    Condition.OPIATE_TREATMENT: "the person is on opiate treatment",
    Condition.NO_ADDRESS_WITH_OPIATE_TREATMENT: (
        "the person is on opiate treatment and has no address for the first night"
    ),
    Condition.FIRST_FOURTEEN_DAYS: "it is due in the first 14 days after release",
    Condition.SHORT_NOTICE: "the release is at short notice",
}
"""What raises a severity, as it reads after "while"."""

SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.S1: "a life",
    Severity.S2: "today",
    Severity.S3: "the next working day",
    Severity.S4: "a report",
}
"""What each severity means."""

_CLOCKS: Final[Mapping[Clock, str]] = {
    Clock.HOURS: "hour",
    Clock.CALENDAR_DAYS: "day",
    Clock.WORKING_DAYS: "working day",
}
_UNITS: Final[Mapping[Unit, str]] = {
    Unit.MINUTES: "minute",
    Unit.WORKING_HOURS: "working hour",
    Unit.WORKING_DAYS: "working day",
}


def rule_in_words(rule: DueRule) -> str:
    """Return a due time such as `5 working days before the expected release, by 17:00`."""
    return _in_words(rule, "by")


def reminder_in_words(rule: DueRule) -> str:
    """Return when a reminder goes out, such as `7 days after release, at 09:00`."""
    return _in_words(rule, "at")


def wait_in_words(wait: Wait) -> str:
    """Return a length of time such as `4 working hours`."""
    return counted(wait.count, _UNITS[wait.unit])


def again_in_words(again: Again) -> str:
    """Return a rhythm such as `every day at 09:00`."""
    day = "every day" if again.every == "day" else "every Monday"
    return f"{day} at {again.at:%H:%M}"


def counted(count: int, noun: str) -> str:
    """Return a count with its noun, which takes an s in the plural."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _in_words(rule: DueRule, preposition: str) -> str:
    start = ANCHORS[rule.anchor]
    in_hours = rule.clock is Clock.HOURS
    if rule.count == 0:
        distance = "the moment of" if in_hours else "on the day of"
    else:
        which = "before" if rule.count < 0 else "after"
        distance = f"{counted(abs(rule.count), _CLOCKS[rule.clock])} {which}"
    if in_hours:
        return f"{distance} {start}"
    at = "the end of the day" if isinstance(rule.at, str) else f"{rule.at:%H:%M}"
    return f"{distance} {start}, {preposition} {at}"
