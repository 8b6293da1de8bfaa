"""What starts a release asked for over the web, and the person it is about.

The two go different ways: the workflow gets codes, dates and an opaque id; names and numbers go
to the record of people only.
"""

from __future__ import annotations

from api.records import NewRelease
from domain import deciding
from domain.codes import TreatmentNeed
from domain.facts import TreatmentPicture
from infra.database.people import NewPerson
from infra.reference_data.reference import ReferenceData
from infra.web.episodes import Episode


def opening_of(
    details: NewRelease, episode: Episode, reference: ReferenceData
) -> deciding.NewRelease:
    """Return what the engine needs to start the release of `details`.

    Args:
        details: As `CheckedIntake.checked` returns them.
        episode: The release id to start under, and the release whose recall led to it.
        reference: Tells the nation of the destination.
    """
    return deciding.NewRelease(
        release_id=episode.release_id,
        nation=reference.nation_of_destination(details.local_authority),
        sex=details.sex,
        prison=details.prison,
        destination=details.local_authority,
        probation_unit=details.probation_unit,
        service=details.service,
        release_type=details.release_type,
        reception_on=details.reception_on,
        scheduled_on=details.scheduled_on,
        as_given=details.as_given,
        started_at=details.started_at,
        treatment=_picture(details),
        previous_release=episode.previous_release,
    )


def person_of(details: NewRelease) -> NewPerson:
    """Return who the release is about."""
    return NewPerson(
        prison_number=details.prison_number,
        forename=details.forename,
        surname=details.surname,
        date_of_birth=details.born_on,
        crn=details.crn,
        sex=details.sex,
        ethnicity=details.ethnicity,
        mobile=details.mobile,
    )


def _picture(details: NewRelease) -> TreatmentPicture | None:
    """Return what is stated of the need; "not yet known" is left to the screening."""
    if details.treatment_need is TreatmentNeed.NOT_YET_KNOWN:
        return None
    return TreatmentPicture(need=details.treatment_need, stated_group=details.treatment_group)
