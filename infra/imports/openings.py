"""What starts a release that a file or the web describes, and the person it is about.

The two go different ways: the workflow gets codes, dates and an opaque id; names and numbers go
to the record of people only.
"""

from __future__ import annotations

from api.records import NewRelease as NewRequest
from domain.codes import TreatmentNeed
from domain.deciding import NewRelease
from domain.facts import TreatmentPicture
from infra.database.people import NewPerson, Registration
from infra.imports.rows import ImportRow
from infra.reference_data.reference import ReferenceData

Described = ImportRow | NewRequest
"""A person and a release, checked: a row of a file, or a request with the same columns."""


def opening(
    row: Described, release_id: str, reference: ReferenceData, previous_release: str | None = None
) -> NewRelease:
    """Return what the engine needs to start the release that `row` describes.

    Args:
        row: What was read and checked without a problem.
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
    return Registration(person_of(row), release_id, row.reception_on)


def person_of(row: Described) -> NewPerson:
    """Return the person whom a row or a request describes."""
    return NewPerson(
        prison_number=row.prison_number,
        forename=row.forename,
        surname=row.surname,
        date_of_birth=row.born_on,
        crn=row.crn,
        sex=row.sex,
        ethnicity=row.ethnicity,
        mobile=row.mobile,
    )


def _picture(row: Described) -> TreatmentPicture | None:
    """Return what is stated of the need; "not yet known" is left to the screening."""
    if row.treatment_need is TreatmentNeed.NOT_YET_KNOWN:
        return None
    return TreatmentPicture(need=row.treatment_need, stated_group=row.treatment_group)
