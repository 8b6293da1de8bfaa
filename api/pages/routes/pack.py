"""The handover pack of a release: where it stands, sending it, acknowledging it."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.accounts import Account
from api.pages.answers import Link, page, see
from api.pages.forms import PARTS, FormReader, read_form
from api.pages.packs import standing
from api.pages.packs.gathering import documents_for
from api.pages.packs.papers import TITLES
from api.pages.packs.standing import PARTIES
from api.pages.people import banner_of, detail_for
from api.pages.record.opening import CASES, open_record, sections
from api.pages.recording import FormView, opened, record
from api.pages.security import Caseworker
from api.pages.visit import visit_of
from api.ports import Services
from api.records import ReleaseDetail
from api.security import Given
from domain.access import may_command
from domain.access_table import PARTIES as PARTY_OF
from domain.access_table import team_of
from domain.journey import Step
from domain.london_time import london_date

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/pack")


@router.get("")
async def show(release_id: str, account: Caseworker, request: Request, services: Given) -> Response:
    """Show what is in the pack, what is missing, and who has it."""
    opening = await open_record(request, services, account, release_id)
    detail, person = opening.detail, opening.heading.person
    today = london_date(services.now())
    party = standing.party_to_answer(account, detail.state, today)
    return page(
        request,
        "pack.html",
        title=f"Handover pack: {person.name}",
        crumbs=[
            CASES,
            Link(person.name, f"/cases/{release_id}"),
            Link("Handover pack", f"/cases/{release_id}/pack"),
        ],
        heading=opening.heading,
        sections=sections(release_id, "Handover pack"),
        person=person,
        handover=detail.state.handover,
        missing=standing.missing_rows(detail.state),
        parties=standing.party_rows(detail.state),
        changed=await standing.changed_since(services, account, detail.state),
        documents={each.value: TITLES[each] for each in documents_for(account.role)},
        may_send=standing.may_send(account, detail.state, today),
        to_answer=PARTIES[party] if party else None,
        is_theirs=_is_theirs(account, detail),
    )


def _is_theirs(account: Account, detail: ReleaseDetail) -> bool:
    """Return whether the account's team has still to get the pack to everybody."""
    team = team_of(Step.HANDOVER, released=detail.state.released is not None)
    return account.role in team and not detail.state.is_answered(Step.HANDOVER)


@router.get("/send")
async def check(
    release_id: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show what would be sent, and to whom, before it is."""
    detail = await _sendable(request, services, account, release_id)
    form = opened(detail.state.seq, _filled(london_date(services.now())))
    return await _ask(request, services, detail, "pack_send.html", form)


@router.post("/send")
async def send(release_id: str, account: Caseworker, request: Request, services: Given) -> Response:
    """Record that the pack was sent."""
    form = await read_form(request)
    detail = await _sendable(request, services, account, release_id)
    command = {
        "kind": "send_handover",
        "on": form.day("on", "Date you sent it"),
        "pack": f"v{form.whole('seq') or detail.state.seq}",
    }
    again = await record(services, account, release_id, form, command)
    if again is not None:
        return await _ask(request, services, detail, "pack_send.html", again, form)
    visit_of(request).say("The pack is sent. Each of the other parties has two working days.")
    return see(f"/cases/{release_id}/pack")


async def _sendable(
    request: Request, services: Services, account: Account, release_id: str
) -> ReleaseDetail:
    detail = await detail_for(request, services, account, release_id)
    today = london_date(services.now())
    may_command(account.subject, standing.sending(detail.state, today), detail.state, today)
    return detail


@router.get("/acknowledge")
async def ask(release_id: str, account: Caseworker, request: Request, services: Given) -> Response:
    """Ask when the pack arrived."""
    detail = await detail_for(request, services, account, release_id)
    form = opened(detail.state.seq, _filled(london_date(services.now())))
    return await _acknowledging(request, services, account, detail, form)


@router.post("/acknowledge")
async def acknowledge(
    release_id: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Record that the account's own party has the pack."""
    form = await read_form(request)
    command = {
        "kind": "acknowledge_handover",
        "on": form.day("on", "Date you received it"),
        "party": PARTY_OF[account.role].value,
    }
    if not form.ticked("read"):
        form.refuse("read", "Confirm that you have read the pack")
    again = await record(services, account, release_id, form, command)
    if again is not None:
        detail = await detail_for(request, services, account, release_id)
        return await _acknowledging(request, services, account, detail, again, form)
    visit_of(request).say(
        f"The pack is acknowledged for {PARTIES[PARTY_OF[account.role]].lower()}."
    )
    return see(f"/cases/{release_id}/pack")


async def _acknowledging(  # noqa: PLR0917 - the request and what it is about
    request: Request,
    services: Services,
    account: Account,
    detail: ReleaseDetail,
    view: FormView,
    form: FormReader | None = None,
) -> Response:
    party = PARTIES[PARTY_OF[account.role]]
    own = documents_for(account.role)[0]
    return await _ask(
        request, services, detail, "pack_acknowledge.html", view, form, party=party, own=own.value
    )


async def _ask(  # noqa: PLR0917 - the request and what it is about
    request: Request,
    services: Services,
    detail: ReleaseDetail,
    template: str,
    view: FormView,
    form: FormReader | None = None,
    *,
    party: str = "",
    own: str = "",
) -> Response:
    titles = {
        "pack_send.html": "Check before you send the pack",
        "pack_acknowledge.html": "Acknowledge the handover pack",
    }
    release_id = detail.state.release_id
    return page(
        request,
        template,
        title=titles[template],
        status=view.status,
        errors=form.faults if form else (),
        back=Link("Back to the handover pack", f"/cases/{release_id}/pack"),
        form=view,
        person=banner_of(detail, services),
        missing=standing.missing_rows(detail.state),
        parties=standing.party_rows(detail.state),
        handover=detail.state.handover,
        party=party,
        own=own,
    )


def _filled(today: date) -> dict[str, str]:
    return {f"on-{part}": str(getattr(today, part)) for part in PARTS}
