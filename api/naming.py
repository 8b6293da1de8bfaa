"""Naming who works with a release on behalf of one party: its lead in that team."""

from __future__ import annotations

from api.duty_records import StaffRecord
from api.ports import Services
from domain.access import Subject
from domain.duty.access import works_in
from domain.identifiers import FieldError
from domain.state import Release


async def name_lead(
    services: Services, subject: Subject, release: Release, staff_id: str | None
) -> None:
    """Name the worker of the subject's own team, instead of whoever was named; None names nobody.

    Raises:
        FieldError: They are not of the subject's team at a place where this release is worked.
        RecordUnavailableError: Nothing was stored.
    """
    if staff_id is not None:
        found = await services.duty.staff.one(staff_id)
        if found is None or not may_be_named(found, subject, release):
            raise FieldError("staff", "Nobody of your team here has this id.")
    await services.duty.workers.name(release.release_id, subject.role, staff_id, subject.id)


def may_be_named(staff: StaffRecord, subject: Subject, release: Release) -> bool:
    """Return whether somebody works in the subject's team at a place of this release."""
    is_here = staff.left_at is None and staff.team.organisation in places_of(release)
    return is_here and works_in(subject, staff.team)


def places_of(release: Release) -> frozenset[str]:
    """Return the organisations that work with a release."""
    referred = (each.service for each in release.referrals)
    places = (release.prison, release.probation_unit, release.service, *referred)
    return frozenset(each for each in places if each)
