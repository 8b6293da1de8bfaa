"""A service without an account answers a referral: the code, the person, the answer.

Before the code nothing is said about anybody, not even whether the link exists; and whatever does
not work is refused in the same words.
"""

from __future__ import annotations

import logging
from enum import StrEnum
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answer_links import AnswerLink
from api.pages.answering import account_of, is_waiting, opened_link, remember_opened
from api.pages.answers import page, see
from api.pages.casework.words import REJECTIONS
from api.pages.forms import FormReader, read_form
from api.pages.packs.facts import NEEDS
from api.pages.people import banner_of, detail_for
from api.pages.recording import BAD_INPUT, FormView, opened, record
from api.pages.security import Anybody
from api.pages.visit import visit_of
from api.ports import Services
from api.refusals import TooManyAttemptsError
from api.security import Given
from domain.access_detail import redacted
from domain.codes import Role
from domain.facts import RejectionReason
from domain.london_time import london_date

log = logging.getLogger("api.pages.routes.referral_answers")

router = APIRouter(include_in_schema=False, prefix="/referral-answers/{token}")

REFUSED: Final = (
    "This link does not open with this code, or not any more. Check the code, or ask whoever sent "
    "the link for a new one"
)
TOO_MANY: Final = 429
LONGEST_CODE: Final = 40
_ANSWERED: Final = "answered"


class Answer(StrEnum):
    """The two answers; the value is the kind of command."""

    ACCEPT = "accept_referral"
    REJECT = "reject_referral"


@router.get("")
async def show(token: str, _policy: Anybody, request: Request, services: Given) -> Response:
    """Ask for the code; to a browser that gave it, show the referral."""
    answered = visit_of(request).take(_ANSWERED)
    if answered is not None:
        return _private(page(request, "answer_done.html", title="Thank you", answer=answered))
    link = await opened_link(request, services, token)
    if link is None:
        return _ask_code(request)
    return await _show_referral(request, services, link)


@router.post("")
async def take(token: str, _policy: Anybody, request: Request, services: Given) -> Response:
    """Take the code, or the answer."""
    form = await read_form(request)
    if "asked" in form.typed:
        return await _answer(request, services, token, form)
    return await _open(request, services, token, form)


async def _open(request: Request, services: Services, token: str, form: FormReader) -> Response:
    code = form.line("code", "Enter the code", LONGEST_CODE)
    if code is None:
        return _ask_code(request, form, BAD_INPUT)
    address = request.client.host if request.client else ""
    try:
        link = await services.answer_links.open(token, code, address)
    except TooManyAttemptsError:
        return _refuse(request, form, TOO_MANY)
    if link is None or not await is_waiting(services, link):
        return _refuse(request, form)
    remember_opened(request, link)
    return see(request.url.path)


async def _answer(request: Request, services: Services, token: str, form: FormReader) -> Response:
    link = await opened_link(request, services, token)
    if link is None:
        return _refuse(request, FormReader({}))
    answer = form.choice("answer", Answer, "Select whether you accept the referral")
    reason = None
    if answer is Answer.REJECT:
        reason = form.choice("reason", RejectionReason, "Select why you do not accept it")
    on = london_date(services.now()).isoformat()
    command = {"kind": answer, "on": on, "reason": reason}
    again = await record(services, account_of(link, services), link.release_id, form, command)
    if again is not None:
        return await _show_referral(request, services, link, again, form)
    await services.answer_links.spend(link.id)
    visit_of(request).remember(_ANSWERED, answer)
    return see(request.url.path)


def _refuse(request: Request, form: FormReader, status: int = BAD_INPUT) -> Response:
    log.warning("answer link refused")
    form.refuse("code", REFUSED)
    return _ask_code(request, form, status)


def _ask_code(request: Request, form: FormReader | None = None, status: int = 200) -> Response:
    return _private(
        page(
            request,
            "answer_code.html",
            title="Answer a referral",
            status=status,
            errors=form.faults if form else (),
        )
    )


async def _show_referral(
    request: Request,
    services: Services,
    link: AnswerLink,
    view: FormView | None = None,
    form: FormReader | None = None,
) -> Response:
    detail = await detail_for(request, services, account_of(link, services), link.release_id)
    state = redacted(detail.state, Role.PROVIDER)
    return _private(
        page(
            request,
            "answer_referral.html",
            title="Do you accept this referral?",
            status=view.status if view else 200,
            errors=form.faults if form else (),
            form=view or opened(state.seq),
            person=banner_of(detail, services),
            service=services.place_names.service(link.service),
            area=services.place_names.local_authority(state.destination),
            sent_on=next(each.sent_on for each in state.referrals if each.id == link.referral),
            need=NEEDS[state.treatment.need] if state.treatment else None,
            on_medicine=state.has_opiate_treatment,
            reasons=REJECTIONS,
        )
    )


def _private(response: Response) -> Response:
    # The address opens nothing alone, and is still nobody else's business.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
