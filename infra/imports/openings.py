"""What starts the release of an imported row, and the person it is about.

The two go different ways: the workflow gets codes, dates and an opaque id; names and numbers go
to the record of people only.
"""

from __future__ import annotations

from domain.codes import TreatmentNeed
from domain.deciding import NewRelease
from domain.facts import TreatmentPicture
from infra.database.people import NewPerson, Registration
from infra.imports.rows import ImportRow
from infra.reference_data.reference import ReferenceData


def opening(
    row: ImportRow, release_id: str, reference: ReferenceData, previous_release: str | None = None
) -> NewRelease:
    """Return what the engine needs to start the release of `row`.

    Args:
        row: A row that was read without a problem.
        release_id: The opaque id derived from it.
        reference: Tells the nation and the community service of the destination.
        previous_release: The release whose recall led to this one.
    """
    return NewRelease(
        release_id=release_id,
        nation=reference.nation_of_destination(row.local_authority),
        sex=row.sex,
        prison=row.prison,
        destination=row.local_authority,
        probation_unit=row.probation_unit,
        service=reference.service_for(row.local_authority).service_id,
        release_type=row.release_type,
        reception_on=row.reception_on,
        scheduled_on=row.scheduled_on,
        treatment=_picture(row),
        previous_release=previous_release,
    )


def registration(row: ImportRow, release_id: str) -> Registration:
    """Return who the release is about."""
    person = NewPerson(
        prison_number=row.prison_number,
        forename=row.forename,
        surname=row.surname,
        date_of_birth=row.born_on,
        crn=row.crn,
        sex=row.sex,
        ethnicity=row.ethnicity,
        mobile=row.mobile,
    )
    return Registration(person, release_id, row.reception_on)


def _picture(row: ImportRow) -> TreatmentPicture | None:
    """Return what the file knows of the need; "not yet known" is left to the screening."""
    if row.treatment_need is TreatmentNeed.NOT_YET_KNOWN:
        return None
    return TreatmentPicture(need=row.treatment_need, stated_group=row.treatment_group)
