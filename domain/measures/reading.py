"""From the state of one release to the facts that measures count by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from domain.codes import EthnicityGroup
from domain.continuity import cover_report
from domain.facts import AppointmentStatus, ReferralStatus
from domain.journey import Step
from domain.measures.release import Acknowledgement, Cover, MeasuredRelease
from domain.rules import Rules
from domain.state import Closure, Release, StepStatus


class Background(NamedTuple):
    """What measures need and a release's own state does not hold.

    Attributes:
        born_on: Only the age is kept of it.
        probation_region: Of the probation unit.
        overlaps: As `domain.measures.spells` found it.
    """

    born_on: date | None = None
    ethnicity: EthnicityGroup | None = None
    probation_region: str | None = None
    overlaps: bool = False


def measured(
    state: Release,
    background: Background,
    rules: Rules,
    acknowledgements: Iterable[Acknowledgement] = (),
) -> MeasuredRelease | None:
    """Return the facts to count by; None while the release has not happened.

    Args:
        state: The release as it stands, or as it was known on a day (`domain.measures.vintages`).
        background: Of the person and the place.
        rules: For judging the prescription cover.
        acknowledgements: Of the release's escalations (`domain.measures.acknowledging`).
    """
    released, start, retention = state.released, state.treatment_start, state.retention
    if released is None:
        return None
    picture = state.treatment
    cover, uncovered_days = _cover(state, rules)
    return MeasuredRelease(
        release_id=state.release_id,
        nation=state.nation,
        destination=state.destination,
        prison=state.prison,
        probation_region=background.probation_region,
        released_on=released.on,
        group=picture.group if picture else None,
        sex=state.sex,
        age=age_on(background.born_on, released.on),
        ethnicity=background.ethnicity,
        need=picture.need if picture else None,
        referred_on=min((each.sent_on for each in state.referrals), default=None),
        accepted=any(each.status is ReferralStatus.ACCEPTED for each in state.referrals),
        appointed=_appointed(state),
        seen=_any_appointment(state, AppointmentStatus.ATTENDED),
        missed=_any_appointment(state, AppointmentStatus.MISSED),
        started_on=start.on if start else None,
        retention=retention.outcome if retention else None,
        retained_on=retention.on if retention else None,
        died_on=state.died_on,
        returned_on=state.returned_on,
        cover=cover,
        uncovered_days=uncovered_days,
        opiate_history=bool(picture and picture.has_opiate_history),
        naloxone=state.naloxone.answer if state.naloxone else None,
        naloxone_in_hand=released.naloxone_in_hand,
        lapsed=frozenset(step for step, each in state.steps.items() if each.lapses),
        acknowledgements=tuple(acknowledgements),
        merged=state.closure is Closure.MERGED,
        overlaps=background.overlaps,
    )


def age_on(born_on: date | None, on: date) -> int | None:
    """Return the age in whole years; somebody born on 29 February is older from 1 March.

    None when the date of birth is unknown or later than `on`.
    """
    if born_on is None or born_on > on:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _appointed(state: Release) -> bool:
    return any(
        each.place is not None and each.told_on is not None for each in state.standing_appointments
    )


def _any_appointment(state: Release, status: AppointmentStatus) -> bool:
    return any(each.status is status for each in state.appointments)


_WITHOUT = {StepStatus.NOT_NEEDED: Cover.NOT_NEEDED, StepStatus.DECLINED: Cover.DECLINED}


def _cover(state: Release, rules: Rules) -> tuple[Cover, int]:
    if not state.has_opiate_treatment:
        return Cover.NOT_DUE, 0
    step = state.steps.get(Step.PRESCRIPTION)
    if step is not None and step.status in _WITHOUT:
        return _WITHOUT[step.status], 0
    report = cover_report(state, rules)
    if report is None:
        return Cover.UNRECORDED, 0
    cover = Cover.CONTINUOUS if report.is_continuous else Cover.GAP
    return cover, len(report.uncovered_on)
