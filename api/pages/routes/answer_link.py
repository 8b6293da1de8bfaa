"""Make a link by which a service without an account answers a referral."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.accounts import Account
from api.pages.answer_links import NewAnswerLink
from api.pages.answering import waiting_referral
from api.pages.answers import Link, page
from api.pages.people import banner_of, detail_for
from api.pages.security import Caseworker
from api.ports import Services
from api.records import ReleaseDetail
from api.security import Given
from domain.access import may_command
from domain.access_denials import Denial, NotPermitted
from domain.commands import SendReferral
from domain.facts import Referral
from domain.london_time import london_date

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/answer-link")


@router.get("")
async def ask(release_id: str, account: Caseworker, request: Request, services: Given) -> Response:
    """Say what a link does, before one is made."""
    detail, referral = await _waiting(request, services, account, release_id)
    return _show(request, services, detail, "answer_link.html", referral)


@router.post("")
async def make(release_id: str, account: Caseworker, request: Request, services: Given) -> Response:
    """Make a link and show what is to be passed on by hand, this once."""
    detail, referral = await _waiting(request, services, account, release_id)
    if referral is None:
        return _show(request, services, detail, "answer_link.html", None)
    new = NewAnswerLink(release_id, referral.id, referral.service, account.subject.id)
    issued = await services.answer_links.issue(new)
    passing = await services.link_post(referral.service, issued)
    return _show(
        request,
        services,
        detail,
        "answer_link_made.html",
        referral,
        issued=issued,
        passing=passing,
    )


async def _waiting(
    request: Request, services: Services, account: Account, release_id: str
) -> tuple[ReleaseDetail, Referral | None]:
    """Return the release and its unanswered referral, to whoever could send one themselves."""
    detail = await detail_for(request, services, account, release_id)
    state, today = detail.state, london_date(services.now())
    asked = SendReferral(on=today, service=state.service or "none")
    may_command(account.subject, asked, state, today)
    if await services.restrictions.of(release_id) is not None:
        # Nobody knows who holds a link, so it would not open the record.
        raise NotPermitted(Denial.RESTRICTED_LINK)
    return detail, waiting_referral(state)


def _show(
    request: Request,
    services: Services,
    detail: ReleaseDetail,
    template: str,
    referral: Referral | None,
    *,
    issued: object = None,
    passing: object = None,
) -> Response:
    release_id = detail.state.release_id
    return page(
        request,
        template,
        title="Pass these on by two ways" if issued else "Send an answer link",
        back=Link("Back to the referral", f"/cases/{release_id}/steps/referral"),
        person=banner_of(detail, services),
        service=services.place_names.service(referral.service) if referral else None,
        issued=issued,
        passing=passing,
    )
