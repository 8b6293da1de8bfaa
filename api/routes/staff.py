"""Staff: who works where, how to reach them, and when they are away."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.documented import CHANGING, READING, problems
from api.duty_bodies import ABSENCES, NEW_STAFF_MEMBER, AbsenceEntries, described_body
from api.duty_ports import StaffBook, StaffUnknownError
from api.duty_records import StaffRecord
from api.duty_schemas import AbsenceList, StaffList, StaffMember
from api.duty_views import absences_view, staff_view
from api.parsing import json_body, strictly
from api.ports import NotAcceptableError
from api.queries import StaffQuery
from api.security import Colleague, Given
from domain.access import Subject
from domain.codes import Role
from domain.duty.access import may_look_after, team_scope_of, works_in
from domain.duty.posts import Team
from domain.duty.rota import Absence
from domain.duty.staff import StaffEntry
from domain.identifiers import FieldError

router = APIRouter(prefix="/api/v1/staff", tags=["staff"])


@router.get("", summary="List staff", responses=problems(401, 403, 422, 503))
async def list_staff(
    caller: Colleague, services: Given, query: Annotated[StaffQuery, Query()]
) -> StaffList:
    """List the staff of the caller's own teams; the service owner sees every team.

    Who: resettlement, healthcare, probation, provider, admin. E-mail addresses and mobiles are
    shown to managers of the team and to admin.
    """
    scope = team_scope_of(caller)
    found = await services.duty.staff.page(scope, query.organisation, query.wanted_page)
    return StaffList(
        page=query.page,
        per_page=query.per_page,
        total=found.total,
        items=[staff_view(each, caller) for each in found.rows],
    )


@router.post(
    "",
    status_code=201,
    summary="Add or change somebody",
    responses={
        200: {"model": StaffMember, "description": "The reference was known; they are changed."},
        **problems(401, 403, 413, 415, 422, 503),
    },
    openapi_extra=described_body("NewStaffMember"),
)
async def put_staff(
    caller: Colleague, services: Given, request: Request, response: Response
) -> StaffMember:
    """Add a member of staff, or change the one with this reference.

    Who: managers for their own team, admin for any. A number that is not a UK mobile is refused.
    """
    body = strictly(NEW_STAFF_MEMBER, await json_body(request))
    book = services.duty.staff
    team = Team(body.organisation, body.role)
    given = StaffEntry(body.reference, body.name, team, body.email, body.mobile, body.account)
    entry = book.checked(given)
    may_look_after(caller, entry.team)
    known = await book.known_as(entry.reference)
    if known is not None:
        may_look_after(caller, known.team)
        response.status_code = 200
    return staff_view(await book.put(entry, caller.id), caller)


@router.post("/{staff_id}/leave", summary="Turn to somebody no more", responses=READING)
async def leave(staff_id: str, caller: Colleague, services: Given) -> StaffMember:
    """Turn to somebody no more from now on, whatever rotas say; it cannot be taken back.

    Who: managers for their own team, admin for any. A repeat changes nothing.
    """
    await _looked_after(services.duty.staff, staff_id, caller)
    left = await services.duty.staff.leave(staff_id, caller.id)
    if left is None:
        raise StaffUnknownError
    return staff_view(left, caller)


@router.get("/{staff_id}/absences", summary="Read absences", responses=READING)
async def list_absences(staff_id: str, caller: Colleague, services: Given) -> AbsenceList:
    """Return a person's absences that are not over yet.

    Who: resettlement, healthcare, probation and provider for their own teams; admin.
    """
    staff = await _known(services.duty.staff, staff_id, caller)
    return absences_view(staff, await services.duty.staff.absences(staff_id))


@router.put(
    "/{staff_id}/absences",
    summary="Say when somebody is away",
    responses=CHANGING,
    openapi_extra=described_body("AbsenceEntries"),
)
async def replace_absences(
    staff_id: str, caller: Colleague, services: Given, request: Request
) -> AbsenceList:
    """Put these absences in the place of all that are not over yet.

    Who: managers for their own team, admin for any. Whoever covers may be of any team.
    """
    book = services.duty.staff
    staff = await _looked_after(book, staff_id, caller)
    body = strictly(ABSENCES, await json_body(request))
    await _refuse_unknown_cover(book, body)
    absences = [
        Absence(staff_id, each.starts_at, each.ends_at, each.cover) for each in body.absences
    ]
    return absences_view(staff, await book.replace_absences(staff_id, absences, caller.id))


async def _known(book: StaffBook, staff_id: str, caller: Subject) -> StaffRecord:
    """Return somebody of the caller's own teams; anybody else is answered like nobody."""
    staff = await book.one(staff_id)
    if staff is None or not (caller.role is Role.ADMIN or works_in(caller, staff.team)):
        raise StaffUnknownError
    return staff


async def _looked_after(book: StaffBook, staff_id: str, caller: Subject) -> StaffRecord:
    staff = await _known(book, staff_id, caller)
    may_look_after(caller, staff.team)
    return staff


async def _refuse_unknown_cover(book: StaffBook, body: AbsenceEntries) -> None:
    message = "Nobody who works here has this id"
    faults = []
    for place, each in enumerate(body.absences):
        found = await book.one(each.cover) if each.cover else None
        if each.cover and (found is None or found.left_at is not None):
            faults.append(FieldError(f"absences.{place}.cover", message))
    if faults:
        raise NotAcceptableError(faults)
