"""Change figures of the policy: a form for one row, a last look, and taking a change back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.pages.accounts import Account
from api.pages.answers import Link, page, see
from api.pages.dates import day
from api.pages.forms import FormReader, read_form
from api.pages.policy import FigureChange
from api.pages.recording import BAD_INPUT
from api.pages.security import Administrator
from api.pages.visit import visit_of
from api.policy_ports import ChangeWanted, FiguresRefusedError, PolicyForm, PolicyMovedError
from api.ports import Services
from api.security import Given
from domain.london_time import london_date

router = APIRouter(include_in_schema=False, prefix="/policy")

_POLICY: Final = "/policy"
_NOT_FOUND: Final = 404
_LONGEST_REASON: Final = 400
_LONGEST_BOARD: Final = 120


@router.get("/change/{slug}")
async def ask(slug: str, _account: Administrator, request: Request, services: Given) -> Response:
    """Show the figures of a row, to be typed anew."""
    asked = await _form(services, slug)
    return _show(request, services, asked, FormReader(_standing(asked)))


@router.post("/change/{slug}")
async def change(slug: str, account: Administrator, request: Request, services: Given) -> Response:
    """Show what would change, and once that was seen decide it."""
    form = await read_form(request)
    asked = await _form(services, slug)
    wanted = _read(form, asked, account)
    drafted = await _drafted(services, form, wanted) if wanted else None
    if drafted is None or wanted is None or form.typed.get("do") == "back":
        return _show(request, services, asked, form)
    if form.typed.get("do") != "decide":
        return _show(request, services, asked, form, drafted)
    try:
        version = await services.policy_changes.record(wanted)
    except PolicyMovedError as error:
        form.refuse("", error.message)
        return _show(request, services, await _form(services, slug), form)
    visit_of(request).say(
        f"The policy is changed from {day(wanted.effective_on)} (version {version})."
    )
    return see(f"{_POLICY}#changes")


@router.post("/changes/{version}/withdraw")
async def withdraw(
    version: str, account: Administrator, request: Request, services: Given
) -> Response:
    """Take a planned change back before it begins."""
    if await services.policy_changes.withdraw(version, account.subject.id):
        visit_of(request).say("The change is taken back. Nothing follows it.")
    else:
        visit_of(request).say(
            "Nothing was changed: it has begun, or another change builds on it. Change the "
            "figure again instead."
        )
    return see(f"{_POLICY}#changes")


async def _form(services: Services, slug: str) -> PolicyForm:
    asked = await services.policy_changes.form(slug)
    if asked is None:
        raise HTTPException(_NOT_FOUND)
    return asked


def _read(form: FormReader, asked: PolicyForm, account: Account) -> ChangeWanted | None:
    """Return what a form asks for; None with what there is to correct in it."""
    for each in asked.inputs:
        form.line(each.field, "Enter a figure")
    reason = form.text("reason", "Say why, so that it can be read beside the figure")
    decided_by = form.line(
        "decided_by", "Enter the board or the role that decided", longest=_LONGEST_BOARD
    )
    on = form.day("effective_on", "the first day")
    if reason is not None and len(reason) > _LONGEST_REASON:
        form.refuse("reason", f"Use {_LONGEST_REASON} characters or fewer")
    if form.faults or reason is None or decided_by is None or on is None:
        return None
    return ChangeWanted(
        slug=asked.slug,
        typed={each.field: form.typed.get(each.field, "") for each in asked.inputs},
        base=form.typed.get("base", ""),
        effective_on=on,
        decided_by=decided_by,
        reason=reason,
        by=account.subject.id,
    )


async def _drafted(
    services: Services, form: FormReader, wanted: ChangeWanted
) -> Sequence[FigureChange] | None:
    """Return every figure that would be another one; None with what there is to correct."""
    try:
        return await services.policy_changes.draft(wanted)
    except FiguresRefusedError as error:
        for field, text in error.faults:
            form.refuse(field, text, *(("day",) if field == "effective_on" else ()))
    except PolicyMovedError as error:
        form.refuse("", error.message)
    return None


def _standing(asked: PolicyForm) -> dict[str, str]:
    return {each.field: each.value for each in asked.inputs} | _typed_day(asked.earliest)


def _typed_day(on: date) -> dict[str, str]:
    parts = {"day": on.day, "month": on.month, "year": on.year}
    return {f"effective_on-{name}": str(value) for name, value in parts.items()}


def _show(
    request: Request,
    services: Services,
    asked: PolicyForm,
    form: FormReader,
    drafted: Sequence[FigureChange] = (),
) -> Response:
    return page(
        request,
        "policy_change.html",
        title="Check the change" if drafted else f"{asked.section}: {_lower(asked.what)}",
        status=BAD_INPUT if form.faults else 200,
        errors=form.faults,
        back=None if drafted else Link("Back to the policy", _POLICY),
        asked=asked,
        typed=form.typed,
        drafted=drafted,
        on=form.day("effective_on", "the first day") if drafted else None,
        today=london_date(services.now()),
        is_delivery=asked.slug.startswith("delivery."),
        is_outcome=asked.slug.startswith("engagement."),
    )


def _lower(what: str) -> str:
    return what if what[:2].isupper() or what[1:2].isdigit() else what[:1].lower() + what[1:]
