"""A row of a file of past releases as measures know a release."""

from __future__ import annotations

from domain.measures.reading import age_on
from domain.measures.release import MeasuredRelease
from infra.measures.backfill.rows import PastRelease
from infra.measures.figures import Figures
from infra.measures.rows import Known, Source


def known_of_past(row: PastRelease, release_id: str, person: str, figures: Figures) -> Known:
    """Return the release that a row states.

    What the file cannot say (appointments, naloxone, lapses) stays unknown, and the day of the
    twelve-week answer with it. A start means that the person was seen, and after a referral that
    it was accepted.
    """
    started = row.treatment_started_on is not None
    facts = MeasuredRelease(
        release_id=release_id,
        nation=figures.reference.nation_of_destination(row.local_authority),
        destination=row.local_authority,
        prison=row.prison,
        probation_region=_region(row, figures),
        released_on=row.left_on,
        group=row.treatment_group,
        sex=row.sex,
        age=age_on(row.born_on, row.left_on),
        ethnicity=row.ethnicity,
        need=row.treatment_need,
        referred_on=row.referred_on,
        accepted=started and row.referred_on is not None,
        seen=started,
        started_on=row.treatment_started_on,
        retention=row.retention_outcome,
        died_on=row.died_on,
        returned_on=row.returned_on,
    )
    return Known(facts, Source.BACKFILL, person, row.reception_on)


def _region(row: PastRelease, figures: Figures) -> str:
    if row.probation_unit is not None:
        return figures.reference.probation_unit(row.probation_unit).probation_region
    return figures.reference.local_authority(row.local_authority).probation_region
