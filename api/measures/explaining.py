"""Why one release is counted or not, as it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from api.schemas import Resource
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.membership import Membership
from domain.measures.reasons import Reason
from domain.state import Release


class MeasureReason(Resource):
    """One reason, with the day and the number of days it turns on, where it has them."""

    code: Reason
    on: date | None
    days: int | None


class MeasureMembership(Resource):
    """Whether the release is in the denominator and in the numerator of a measure."""

    measure: MeasureId
    counted: bool
    reached: bool
    because: str
    reasons: list[MeasureReason]


class ReleaseMeasures(Resource):
    """The measures of the destination's nation; none while the release has not happened."""

    items: list[MeasureMembership]


def explained(release: Release, found: Sequence[Membership]) -> ReleaseMeasures:
    """Return what is told of a release, leaving out the other nation's measures."""
    own = (each for each in found if release.nation in DEFINITIONS[each.measure].nations)
    return ReleaseMeasures(items=[_membership(each) for each in own])


def _membership(found: Membership) -> MeasureMembership:
    return MeasureMembership(
        measure=found.measure,
        counted=found.counted,
        reached=found.reached,
        because=found.words,
        reasons=[MeasureReason(code=each.reason, on=each.on, days=each.days) for each in found.why],
    )
