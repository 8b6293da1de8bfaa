"""Adding a member of staff, or changing one: what the JSON API and the form both ask."""

from __future__ import annotations

from api.duty_bodies import NEW_STAFF_MEMBER
from api.duty_ports import StaffBook
from api.duty_records import StaffRecord
from api.parsing import Json, strictly
from domain.access import Subject
from domain.duty.access import may_look_after
from domain.duty.posts import Team
from domain.duty.staff import StaffEntry


async def put_staff_member(
    book: StaffBook, caller: Subject, given: Json
) -> tuple[StaffRecord, bool]:
    """Add somebody, or change whoever has their reference; returns them, and whether they are new.

    Args:
        book: The staff.
        caller: Who asks; they have to look after the team, and after the one where they were.
        given: A `NewStaffMember` in JSON.

    Raises:
        InvalidInputError: It is not of that shape.
        NotAcceptableError: With every value that cannot be used.
        NotPermitted: The team is not the caller's to change.
    """
    body = strictly(NEW_STAFF_MEMBER, given)
    team = Team(body.organisation, body.role)
    wanted = StaffEntry(body.reference, body.name, team, body.email, body.mobile, body.account)
    entry = book.checked(wanted)
    may_look_after(caller, entry.team)
    known = await book.known_as(entry.reference)
    if known is not None:
        may_look_after(caller, known.team)
    return await book.put(entry, caller.id), known is None
