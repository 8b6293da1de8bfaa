"""Escalations: what to act on, what waits for others, and one of them with all that was tried."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.filters import EscalationFilter, PageOf, Turn
from api.pages import escalating
from api.pages.accounts import Account
from api.pages.answers import Link, page, see
from api.pages.escalation_detail import detail_of
from api.pages.forms import FormReader, read_form
from api.pages.paging import pagination
from api.pages.people import detail_for
from api.pages.recording import BAD_INPUT, FormView, opened, record
from api.pages.security import Caseworker
from api.pages.visit import visit_of
from api.ports import EscalationUnknownError, Services
from api.records import EscalationRow
from api.security import Given
from domain.access import scope_of
from domain.access_denials import Denial, NotPermitted
from domain.journey import DEFINITIONS, Step
from domain.london_time import london_date

router = APIRouter(include_in_schema=False, prefix="/escalations")

PER_PAGE: Final = 25
TABS: Final = {"act": "To act on", "others": "Waiting for others", "closed": "Closed"}
_LIST: Final = "/escalations"


@router.get("")
async def list_escalations(account: Caseworker, request: Request, services: Given) -> Response:
    """List the escalations of a tab, narrowed by step, the most severe first."""
    asked = request.query_params
    tab = asked.get("tab") if asked.get("tab") in TABS else "act"
    step = next((each for each in Step if each.value == asked.get("step")), None)
    number = int(asked["page"]) if asked.get("page", "").isdecimal() else 1
    scope = scope_of(account.subject, london_date(services.now()))
    part = PageOf(max(1, min(number, 10_000)), PER_PAGE)
    found = await services.reads.escalations(_wanted(str(tab), account, step), scope, part)
    to_act_on = await services.reads.escalations(
        _wanted("act", account, None), scope, PageOf(size=1)
    )
    return page(
        request,
        "escalations.html",
        title="Escalations",
        tabs=_tabs(str(tab), to_act_on.total),
        tab=tab,
        lines=await _lines(services, account, found.rows),
        total=found.total,
        first=part.offset + 1,
        step=step,
        steps={each.value: DEFINITIONS[each].title for each in Step},
        pages=pagination(
            part.number,
            -(-found.total // PER_PAGE),
            lambda to: _address(str(tab), step, to),
        ),
    )


@router.get("/{escalation_id}")
async def open_escalation(
    escalation_id: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show why it was raised, what was tried, and what can be done."""
    row = await _row(services, account, escalation_id)
    return await _show(request, services, account, row)


@router.post("/{escalation_id}/take")
async def take(
    escalation_id: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Take it on; it stays due, and is passed on by itself when nothing happens."""
    said = "You have taken this. It stays due: record what you did as soon as it is done."
    return await _act(request, services, account, escalation_id, "acknowledge_escalation", said)


@router.post("/{escalation_id}/pass-on")
async def pass_on(
    escalation_id: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Say that one cannot act, so that the next person is told at once."""
    said = "It is passed on. The next person is told now."
    return await _act(request, services, account, escalation_id, "pass_on_escalation", said)


async def _act(  # noqa: PLR0917 - the request, and what is asked of which escalation
    request: Request,
    services: Services,
    account: Account,
    escalation_id: str,
    kind: str,
    said: str,
) -> Response:
    row = await _row(services, account, escalation_id)
    detail = await detail_for(request, services, account, row.release_id)
    # Taking or passing on overwrites nobody's answer, so nothing that changed is in its way.
    sent = await read_form(request)
    form = FormReader({**sent.typed, "seq": str(detail.state.seq)})
    try:
        again = await record(
            services, account, row.release_id, form, {"kind": kind, "step": row.step.value}
        )
    except NotPermitted as error:
        if error.code is Denial.OUT_OF_SCOPE:
            raise EscalationUnknownError from None
        form.refuse("", error.message)
        again = replace(opened(detail.state.seq), status=BAD_INPUT)
    if again is not None:
        return await _show(request, services, account, row, again, form)
    visit_of(request).say(said)
    return see(f"{_LIST}/{escalation_id}")


async def _show(  # noqa: PLR0917 - the request and what it is about
    request: Request,
    services: Services,
    account: Account,
    row: EscalationRow,
    view: FormView | None = None,
    form: FormReader | None = None,
) -> Response:
    detail = await detail_for(request, services, account, row.release_id)
    return page(
        request,
        "escalation.html",
        title=escalating.HAPPENED[row.step],
        status=view.status if view else 200,
        errors=form.faults if form else (),
        back=Link("Escalations", _LIST),
        form=view or opened(detail.state.seq),
        line=(await _lines(services, account, (row,)))[0],
        **await detail_of(services, account, detail, row),
    )


async def _row(services: Services, account: Account, escalation_id: str) -> EscalationRow:
    scope = scope_of(account.subject, london_date(services.now()))
    row = await services.reads.escalation(escalation_id, scope)
    if row is None:
        raise EscalationUnknownError
    return row


async def _lines(
    services: Services, account: Account, rows: tuple[EscalationRow, ...]
) -> list[escalating.Line]:
    owners = {each.acknowledged_by for each in rows if each.acknowledged_by}
    names = await services.accounts.names(owners) if owners else {}
    return [escalating.line_of(each, account, names, services.now()) for each in rows]


def _wanted(tab: str, account: Account, step: Step | None) -> EscalationFilter:
    if tab == "closed":
        return EscalationFilter(step=step, is_open=False)
    turn = Turn(account.role, account.subject.id, is_theirs=tab == "act")
    return EscalationFilter(step=step, turn=turn)


def _tabs(open_tab: str, to_act_on: int) -> list[dict[str, object]]:
    return [
        {
            "text": text,
            "href": _LIST if tab == "act" else f"{_LIST}?tab={tab}",
            "active": tab == open_tab,
            "count": to_act_on if tab == "act" else None,
        }
        for tab, text in TABS.items()
    ]


def _address(tab: str, step: Step | None, number: int) -> str:
    asked = {"tab": tab, "step": step.value if step else "", "page": str(number)}
    return f"{_LIST}?{urlencode({name: each for name, each in asked.items() if each})}"
