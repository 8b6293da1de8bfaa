"""The forms of absences: say that somebody is away and who covers, change it, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.duty_ports import AbsenceChangedError, StaffUnknownError
from api.duty_records import AwayRecord, StaffRecord
from api.pages.accounts import Account
from api.pages.answers import Link, page, see
from api.pages.forms import FormReader, read_form
from api.pages.recording import BAD_INPUT
from api.pages.rotas.absent import (
    ends_in_words,
    put_absence,
    read_absence,
    tell_change,
    told,
)
from api.pages.rotas.moments import read_stamp, typed_moment
from api.pages.rotas.people import colleagues_of
from api.pages.rotas.words import address_of, short_moment, team_title
from api.pages.security import RotaReader
from api.pages.visit import visit_of
from api.ports import Services
from api.security import Given
from api.teams import team_named
from domain.duty.access import may_look_after
from domain.duty.posts import Team
from domain.duty.revising import AbsenceRevision

router = APIRouter(include_in_schema=False, prefix="/rotas/{role}/{organisation}/absence")


class Desk(NamedTuple):
    """A team whose absences somebody may record."""

    services: Services
    account: Account
    team: Team
    people: tuple[StaffRecord, ...]

    @property
    def ids(self) -> list[str]:
        """Who can be away, and who can cover."""
        return [each.id for each in self.people]

    async def known(self, staff_id: str, starts: str) -> AwayRecord:
        """Return the absence of an address.

        Raises:
            StaffUnknownError: There is none.
        """
        found = await self.services.duty.staff.away(self.team)
        wanted = (staff_id, read_stamp(starts))
        for each in found:
            if (each.staff.id, each.starts_at) == wanted:
                return each
        raise StaffUnknownError


@router.get("")
async def ask(
    role: str, organisation: str, account: RotaReader, request: Request, services: Given
) -> Response:
    """Show the empty form."""
    desk = await _desk(services, account, role, organisation)
    return _ask(request, desk, FormReader({}), None)


@router.post("")
async def add(
    role: str, organisation: str, account: RotaReader, request: Request, services: Given
) -> Response:
    """Record that somebody is away."""
    desk = await _desk(services, account, role, organisation)
    form = await read_form(request)
    return await _save(request, desk, form, None)


@router.get("/{staff_id}/{starts}/change")
async def ask_for_a_change(
    role: str,
    organisation: str,
    staff_id: str,
    starts: str,
    *,
    account: RotaReader,
    request: Request,
    services: Given,
) -> Response:
    """Show the form of an absence that is recorded."""
    desk = await _desk(services, account, role, organisation)
    known = await desk.known(staff_id, starts)
    return _ask(request, desk, FormReader(_typed(known, desk)), known)


@router.post("/{staff_id}/{starts}/change")
async def change(
    role: str,
    organisation: str,
    staff_id: str,
    starts: str,
    *,
    account: RotaReader,
    request: Request,
    services: Given,
) -> Response:
    """Record another end, or other cover."""
    desk = await _desk(services, account, role, organisation)
    known = await desk.known(staff_id, starts)
    return await _save(request, desk, await read_form(request), known)


@router.post("/{staff_id}/{starts}/cancel")
async def cancel(
    role: str,
    organisation: str,
    staff_id: str,
    starts: str,
    *,
    account: RotaReader,
    request: Request,
    services: Given,
) -> Response:
    """Take back an absence that has not begun; one that has is ended instead."""
    desk = await _desk(services, account, role, organisation)
    known = await desk.known(staff_id, starts)
    if known.starts_at <= services.now():
        visit_of(request).say("Nothing was saved: this absence has begun. Change its end instead.")
        return see(address_of(desk.team))
    seen = (await read_form(request)).typed.get("seen", "")
    revision = AbsenceRevision(staff_id, known.starts_at, None, seen)
    try:
        await services.duty.staff.revise_absence(revision, account.subject.id)
    except AbsenceChangedError:
        visit_of(request).say("Nothing was saved: somebody else changed this absence meanwhile.")
    else:
        visit_of(request).say(f"The absence of {known.staff.name} is taken back.")
    return see(address_of(desk.team))


async def _desk(services: Services, account: Account, role: str, organisation: str) -> Desk:
    """Return a team that the account looks after.

    Raises:
        TeamUnknownError: There is no such team.
        NotPermitted: It is not theirs to change.
    """
    team = team_named(services, role, organisation)
    may_look_after(account.subject, team)
    return Desk(services, account, team, await colleagues_of(services, team))


async def _save(
    request: Request, desk: Desk, form: FormReader, known: AwayRecord | None
) -> Response:
    absence = await read_absence(desk.services, form, desk.ids, known)
    by = desk.account.subject.id
    if absence is None or not await put_absence(desk.services, absence, by, form, known):
        return _ask(request, desk, form, known)
    found = await desk.services.duty.staff.one(absence.staff_id)
    who = found.name if found else "Somebody"
    starts = short_moment(absence.starts_at)
    visit_of(request).say(f"{who} is away from {starts} {ends_in_words(absence.ends_at)}.")
    return see(address_of(desk.team))


def _typed(known: AwayRecord, desk: Desk) -> Mapping[str, str]:
    """Return what stands in the form; whoever covers from another team stands by reference."""
    typed = dict(typed_moment("ends", known.ends_at))
    if known.cover is not None and known.cover.id in desk.ids:
        typed["cover"] = known.cover.id
    elif known.cover is not None:
        typed["cover_reference"] = known.cover.reference
    return typed


def _ask(request: Request, desk: Desk, form: FormReader, known: AwayRecord | None) -> Response:
    seen = tell_change(form, known) if known else ""
    return page(
        request,
        "absence.html",
        title="Change an absence" if known else "Record an absence",
        status=BAD_INPUT if form.faults else 200,
        errors=form.faults,
        back=Link(team_title(desk.team, desk.services.place_names), address_of(desk.team)),
        typed=form.typed,
        people=desk.people,
        address=address_of(desk.team),
        known=known,
        seen=seen,
        standing=told(known, desk.team, desk.services) if known else "",
    )
