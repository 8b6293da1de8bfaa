"""Start a release: the number, the person, the release, and a last look before it is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.filters import PageOf
from api.pages.accounts import Account
from api.pages.answers import Link, page, see
from api.pages.case_list import listed_name
from api.pages.caseload import CaseFilter, CaseRow
from api.pages.forms import FormReader, read_form
from api.pages.people import detail_for
from api.pages.record.reaching import NOT_SAFE
from api.pages.recording import BAD_INPUT, UNAVAILABLE
from api.pages.security import Starter
from api.pages.starting import FIELDS, Part, field_of, part_of, read_part, start
from api.pages.starting_view import ETHNICITIES, RELEASE_TYPES, SEXES, rows_of
from api.pages.visit import visit_of
from api.pages.warnings import warnings_of
from api.parsing import Json
from api.ports import (
    EngineUnavailableError,
    NotAcceptableError,
    OutcomeUnknownError,
    RecordUnavailableError,
    Services,
)
from api.records import Person
from api.refusals import InvalidInputError, ReleaseElsewhereError
from api.security import Given
from domain.access import scope_of
from domain.access_denials import Denial, NotPermitted
from domain.codes import ReleaseType
from domain.errors import Refused
from domain.london_time import london_date
from domain.state import Phase

router = APIRouter(include_in_schema=False, prefix="/cases/new")

TITLES: Final = {
    Part.NUMBER: "Start a release",
    Part.PERSON: "Who is the person?",
    Part.RELEASE: "The release",
    Part.CHECK: "Check your answers",
}
_ORDER: Final = tuple(Part)


@router.get("")
async def ask(account: Starter, request: Request, services: Given) -> Response:
    """Ask for the prison number."""
    return await _show(request, services, account, FormReader({}), Part.NUMBER)


@router.post("")
async def go_on(account: Starter, request: Request, services: Given) -> Response:
    """Take one stage's answers and show the next, or the same with what is to be corrected."""
    form = await read_form(request)
    back = form.choice("go", Part)
    if back is not None:
        return await _show(request, services, account, form, back)
    at = form.choice("stage", Part) or Part.NUMBER
    body: dict[str, Json] = {}
    for part in _ORDER[: _ORDER.index(at) + 1]:
        body |= read_part(form, part, services)
        if form.faults:
            return await _show(request, services, account, form, part, BAD_INPUT)
    if at is Part.CHECK:
        return await _record(request, services, account, form, body)
    return await _show(request, services, account, form, _ORDER[_ORDER.index(at) + 1])


async def _record(
    request: Request,
    services: Services,
    account: Account,
    form: FormReader,
    body: Mapping[str, Json],
) -> Response:
    status = BAD_INPUT
    try:
        started = await start(services, account, body)
    except (InvalidInputError, NotAcceptableError) as error:
        for each in error.faults:
            form.refuse(field_of(each.field), each.message)
    except Refused as error:
        form.refuse(field_of(error.field), error.message)
    except NotPermitted as error:
        is_about_person = error.code is Denial.RESTRICTED
        form.refuse("prison_number" if is_about_person else "prison", error.message)
    except ReleaseElsewhereError as error:
        form.refuse("prison_number", error.message)
    except (EngineUnavailableError, RecordUnavailableError, OutcomeUnknownError):
        form.refuse("", "It could not be recorded now. Try again soon: it is never started twice.")
        status = UNAVAILABLE
    else:
        new, known = "The release is started.", "This release was there already. Nothing changed."
        visit_of(request).say(new if started.created else known)
        return see(f"/cases/{started.release_id}")
    return await _show(request, services, account, form, part_of(form.faults[0].field), status)


async def _show(  # noqa: PLR0917 - the request and what it is about
    request: Request,
    services: Services,
    account: Account,
    form: FormReader,
    part: Part,
    status: int = 200,
) -> Response:
    known = await _known(services, account, form) if part is not Part.NUMBER else ()
    person = await _person(request, services, account, known) if part is Part.PERSON else None
    places = services.place_names
    own = account.subject.prisons
    return page(
        request,
        "start_release.html",
        title=TITLES[part],
        status=status,
        errors=form.faults,
        back=Link("Back to cases", "/cases") if part is Part.NUMBER else None,
        part=part,
        previous=_ORDER[_ORDER.index(part) - 1] if part is not Part.NUMBER else None,
        number=_ORDER.index(part) + 1,
        typed=form.typed,
        carried=_carried(form, part),
        known=[
            (f"/cases/{each.release.release_id}", listed_name(each.release), each.release)
            for each in known
            if each.release.phase is not Phase.CLOSED
        ],
        person=person,
        phone_warning=NOT_SAFE if person and await _is_unsafe(services, known) else None,
        prisons=[each for each in places.prisons() if own is None or each.code in own],
        areas=places.local_authorities(),
        units=places.probation_units(),
        drug_services=places.services(),
        sexes=SEXES,
        ethnicities=ETHNICITIES,
        release_types=RELEASE_TYPES,
        rows=rows_of(form, places) if part is Part.CHECK else (),
        warnings=_warnings(form, services) if part is Part.CHECK else (),
    )


def _carried(form: FormReader, part: Part) -> list[tuple[str, str]]:
    """Return what other stages asked, to travel on in this stage's form."""
    own = FIELDS.get(part, ())
    names = [name for asked in FIELDS.values() for name in asked if name not in own]
    typed = form.typed
    inputs = [
        each
        for name in names
        for each in (name, *(f"{name}-{p}" for p in ("day", "month", "year")))
    ]
    return [(each, typed[each]) for each in inputs if typed.get(each)]


async def _known(services: Services, account: Account, form: FormReader) -> tuple[CaseRow, ...]:
    """Return the releases in scope of the same prison number, the newest first."""
    number = form.typed.get("prison_number", "").strip()
    if not number:
        return ()
    now = services.now()
    wanted = CaseFilter(now=now, soon=now, stage=None, words=number)
    scope = scope_of(account.subject, london_date(now))
    rows = (await services.caseload.cases(wanted, scope, PageOf())).rows
    same = number.upper().replace(" ", "")
    found = [each for each in rows if each.release.prison_number == same]
    return tuple(reversed(found))


async def _person(
    request: Request, services: Services, account: Account, known: tuple[CaseRow, ...]
) -> Person | None:
    """Return whom the number belongs to, if that is somebody the account may see."""
    if not known:
        return None
    release_id = known[0].release.release_id
    return (await detail_for(request, services, account, release_id)).person


async def _is_unsafe(services: Services, known: tuple[CaseRow, ...]) -> bool:
    texting = await services.desk.agreements.of(known[0].release.release_id)
    return texting is not None and texting.at_risk


def _warnings(form: FormReader, services: Services) -> tuple[str, ...]:
    typed = form.typed
    on = date(*(int(typed[f"release_date-{each}"]) for each in ("year", "month", "day")))
    return warnings_of(
        on,
        ReleaseType(typed["release_type"]),
        london_date(services.now()),
        services.rules.in_force(),
        as_given=bool(typed.get("release_date_as_given")),
    )
