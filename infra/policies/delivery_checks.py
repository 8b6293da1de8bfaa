"""Figures of delivery that would let nobody be told, wake people, or contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Final

from domain.policy import Channel, Delivery, Level, Policy, Severity, Unit
from infra.policies.problems import Finding, Path

_AT: Final[Path] = ("delivery",)
_EARLIEST: Final = time(8)
_LATEST: Final = time(21)


def check_delivery(policy: Policy) -> Iterator[Finding]:
    """Yield what makes no sense in how people are told."""
    if "delivery" not in policy.model_fields_set:
        yield Finding(_AT, "is missing; a figure that nobody wrote down cannot be cited")
        return
    yield from _hours(policy)
    yield from _caps(policy.delivery)
    yield from _in_time_for_a_life(policy)
    for name in policy.delivery.cites.keys() - Delivery.figures():
        yield Finding((*_AT, "cites", name), "cites no figure of delivery")


def _hours(policy: Policy) -> Iterator[Finding]:
    figures = policy.delivery
    if figures.person_opens < _EARLIEST:
        yield Finding((*_AT, "person_opens"), f"must be {_EARLIEST:%H:%M} or later")
    if figures.person_closes > _LATEST:
        yield Finding((*_AT, "person_closes"), f"must be {_LATEST:%H:%M} or earlier")
    if not figures.staff_opens <= figures.digest_at < figures.staff_closes:
        message = "must lie between staff_opens and staff_closes, when somebody reads it"
        yield Finding((*_AT, "digest_at"), message)
    if not policy.hours.opens <= figures.look_ahead_at < policy.hours.closes:
        message = "must lie inside office hours, while what it pulls forward can still be done"
        yield Finding((*_AT, "look_ahead_at"), message)


def _caps(figures: Delivery) -> Iterator[Finding]:
    bundles = 60 // figures.bundle_minutes
    if figures.texts_an_hour < bundles:
        message = f"must be {bundles} or more: so many bundles of bundle_minutes close in an hour"
        yield Finding((*_AT, "texts_an_hour"), message)
    if figures.texts_a_day < figures.texts_an_hour:
        message = "must not be less than texts_an_hour, which could never be reached"
        yield Finding((*_AT, "texts_a_day"), message)


def _in_time_for_a_life(policy: Policy) -> Iterator[Finding]:
    """Yield figures so long that the ladder of a life has moved on before they matter."""
    figures, levels = policy.delivery, policy.chains[Severity.S1].levels
    texted = [each for each in levels if Channel.SMS in each.channels]
    called = [each for each in levels if Channel.VOICE in each.channels]
    both = [each for each in texted if each in called]
    calling = figures.call_again_minutes * (figures.calls - 1)
    yield from _shorter("next_channel_minutes", figures.next_channel_minutes, both)
    yield from _shorter("unconfirmed_minutes", figures.unconfirmed_minutes, texted)
    yield from _shorter("call_again_minutes", calling, called)


def _shorter(name: str, minutes: int, levels: list[Level]) -> Iterator[Finding]:
    waits = [each.wait.count for each in levels if each.wait.unit is Unit.MINUTES]
    if waits and minutes >= min(waits):
        message = f"comes too late: a level of S1 waits {min(waits)} minutes and then asks the next"
        yield Finding((*_AT, name), message)
