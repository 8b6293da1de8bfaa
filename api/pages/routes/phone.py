"""What the person says about their own phone: may we text, and is it safe to call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.message_ports import TextingChangedError
from api.message_records import TextingChoice, TextingRecord
from api.pages.accounts import Account
from api.pages.answers import Link, page, see
from api.pages.forms import FormReader, read_form
from api.pages.people import banner_of, detail_for
from api.pages.phones import spaced
from api.pages.record.reaching import LANGUAGES, STOPPED, choices_of
from api.pages.recording import BAD_INPUT
from api.pages.security import AgreementTaker
from api.pages.visit import visit_of
from api.ports import ReleaseUnknownError, Services
from api.records import ReleaseDetail
from api.security import Given
from domain.identifiers import FieldError
from notifications.catalogue import Language

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/phone")

_LONGEST: Final = 40


@router.get("")
async def ask(
    release_id: str, account: AgreementTaker, request: Request, services: Given
) -> Response:
    """Show what they said last."""
    detail = await detail_for(request, services, account, release_id)
    known = await _known(services, release_id)
    return await _show(request, services, detail, FormReader(_standing(known)), known)


@router.post("")
async def save(
    release_id: str, account: AgreementTaker, request: Request, services: Given
) -> Response:
    """Record what they say now."""
    detail = await detail_for(request, services, account, release_id)
    form = await read_form(request)
    if await _record(services, form, release_id, account):
        visit_of(request).say("What they said about their phone is recorded.")
        return see(f"/cases/{release_id}/people")
    return await _show(request, services, detail, form, await _known(services, release_id))


async def _known(services: Services, release_id: str) -> TextingRecord:
    known = await services.desk.agreements.of(release_id)
    if known is None:
        raise ReleaseUnknownError
    return known


def _read(form: FormReader) -> TextingChoice | None:
    agreed = form.yes_no("agreed", "Select whether we may text them")
    safe = form.yes_no("safe", "Select whether it is safe to call them")
    mobile = form.line("mobile", longest=_LONGEST)
    language = form.choice("language", Language, "Select the language of texts")
    if agreed is None or safe is None or language is None or form.faults:
        return None
    return TextingChoice(
        agreed=agreed,
        at_risk=not safe,
        language=language,
        mobile=mobile,
        checked=form.ticked("checked"),
    )


async def _record(services: Services, form: FormReader, release_id: str, account: Account) -> bool:
    """Return whether it is recorded; else the form has what there is to correct."""
    choice = _read(form)
    if choice is None:
        return False
    seen = form.typed.get("seen", "")
    try:
        await services.desk.agreements.record(release_id, choice, account.subject.id, seen)
    except FieldError as fault:
        form.refuse(fault.field, fault.message)
    except TextingChangedError as error:
        form.refuse("", error.message)
    return not form.faults


def _standing(known: TextingRecord) -> dict[str, str]:
    """Return what stands in the form; nothing is chosen for somebody whom nobody has asked."""
    typed = {"mobile": spaced(known.mobile) if known.mobile else "", "language": known.language}
    if known.recorded_at is None:
        return typed
    yes = {True: "yes", False: "no"}
    return typed | {"agreed": yes[known.agreed], "safe": yes[not known.at_risk]}


async def _show(
    request: Request,
    services: Services,
    detail: ReleaseDetail,
    form: FormReader,
    known: TextingRecord,
) -> Response:
    release_id = detail.state.release_id
    return page(
        request,
        "phone.html",
        title="Their phone",
        status=BAD_INPUT if form.faults else 200,
        errors=form.faults,
        back=Link("Back to people and contacts", f"/cases/{release_id}/people"),
        person=banner_of(detail, services),
        typed=form.typed,
        languages=LANGUAGES,
        stopped=STOPPED if known.opted_out else None,
        # What changed since is shown with the form, so saving again is on top of that.
        seen=known.version,
        standing=await _changes(services, form, known),
    )


async def _changes(
    services: Services, form: FormReader, known: TextingRecord
) -> Sequence[tuple[str, str]]:
    """Return what stands there now, when it is not what the form was opened over."""
    if form.typed.get("seen", known.version) == known.version:
        return ()
    names = await services.accounts.names({known.recorded_by or ""})
    number = spaced(known.mobile) if known.mobile else "No number is recorded"
    return (("Mobile", number), *choices_of(known, names))
