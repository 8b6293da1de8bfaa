"""Releases that no measure counts, each with its one coded reason; their number is always shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from domain.codes import Nation
from domain.measures.policy import MeasuresPolicy
from domain.measures.release import MeasuredRelease


class Exclusion(StrEnum):
    """Why a release is left out of everything but the count of what was left out."""

    MERGED = "merged"
    OVERLAPPING_RELEASE = "overlapping_release"
    UNDER_AGE = "under_age"
    DIED_BEFORE_RELEASE = "died_before_release"
    RETURNED_BEFORE_RELEASE = "returned_before_release"
    RETENTION_BEFORE_START = "retention_before_start"
    STARTED_BEFORE_RELEASE = "started_before_release"


def exclusion(release: MeasuredRelease, policy: MeasuresPolicy) -> Exclusion | None:
    """Return the first reason to leave a release out, None when it is counted."""
    return next((each for each, holds in _HOLDS.items() if holds(release, policy)), None)


def _before_release(release: MeasuredRelease, policy: MeasuresPolicy) -> bool:
    """A Welsh wait counts from referral, which comes before release; its invalid rows differ."""
    days = release.days_to_start
    early = days is not None and days < -policy.tolerated_days_before
    return early and release.nation is Nation.ENGLAND


def _retained_before_start(release: MeasuredRelease, _: MeasuresPolicy) -> bool:
    if release.retained_on is None:
        return False
    return release.started_on is None or release.retained_on < release.started_on


_HOLDS: Final[Mapping[Exclusion, Callable[[MeasuredRelease, MeasuresPolicy], bool]]] = {
    Exclusion.MERGED: lambda each, _: each.merged,
    Exclusion.OVERLAPPING_RELEASE: lambda each, _: each.overlaps,
    Exclusion.UNDER_AGE: lambda each, policy: each.age is not None and each.age < policy.adult_age,
    Exclusion.DIED_BEFORE_RELEASE: lambda each, _: (
        each.died_on is not None and each.died_on < each.released_on
    ),
    Exclusion.RETURNED_BEFORE_RELEASE: lambda each, _: (
        each.returned_on is not None and each.returned_on < each.released_on
    ),
    Exclusion.RETENTION_BEFORE_START: _retained_before_start,
    Exclusion.STARTED_BEFORE_RELEASE: _before_release,
}
