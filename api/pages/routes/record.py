"""The record of a release: what is next, its steps, the answers so far, and what happened last."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.filters import EscalationFilter, PageOf
from api.pages.accounts import Account
from api.pages.answers import Link, page
from api.pages.record.cards import cards_of
from api.pages.record.opening import CASES, Opened, open_record, sections
from api.pages.record.standing import Standing, standing
from api.pages.record.steps import AFTER, Reading, next_of, steps_of
from api.pages.record.story import Told, told
from api.pages.record.strip import strip_of
from api.pages.security import Caseworker
from api.ports import ReleaseUnknownError, Services
from api.security import Given
from domain.access import scope_of
from domain.access_detail import CLINICAL_ROLES
from domain.continuity import cover_report
from domain.london_time import london_date

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}")

LAST: Final = 5
LOOKED_AT: Final = 30
"""Of the newest events; what follows from them by itself is left out of the short history."""


@router.get("")
async def record(
    release_id: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show the record."""
    opened = await open_record(request, services, account, release_id)
    steps = steps_of(
        Reading(
            state=opened.state,
            shown=opened.shown,
            care=opened.care,
            rules=opened.rules,
            role=account.role,
            now=services.now(),
        )
    )
    person = opened.heading.person
    return page(
        request,
        "record.html",
        title=person.name,
        crumbs=[CASES, Link(person.name, f"/cases/{release_id}")],
        heading=opened.heading,
        sections=sections(release_id, "Steps"),
        next=next_of(steps),
        before=[each for each in steps if each.step not in AFTER],
        after=[each for each in steps if each.step in AFTER],
        standing=await _standing(services, account, release_id),
        cards=cards_of(opened.shown, services.place_names),
        strip=_strip(opened, account),
        care=opened.care,
        covered_until=opened.detail.covered_until,
        is_clinical=account.role in CLINICAL_ROLES,
        last=await _last(services, account, opened),
    )


def _strip(opened: Opened, account: Account) -> object:
    if account.role not in CLINICAL_ROLES:
        return None
    report = cover_report(opened.shown, opened.rules)
    return strip_of(report) if report else None


async def _standing(services: Services, account: Account, release_id: str) -> tuple[Standing, ...]:
    scope = scope_of(account.subject, london_date(services.now()))
    wanted = EscalationFilter(release_id=release_id, is_open=True)
    found = (await services.reads.escalations(wanted, scope, PageOf())).rows
    takers = {each.acknowledged_by for each in found if each.acknowledged_by}
    return standing(found, await services.accounts.names(takers) if takers else {})


async def _last(services: Services, account: Account, opened: Opened) -> list[Told]:
    scope = scope_of(account.subject, london_date(services.now()))
    release_id, seq = opened.state.release_id, opened.state.seq
    after = max(seq - LOOKED_AT, 0)
    events = await services.reads.events(release_id, scope, after, LOOKED_AT)
    if events is None:
        raise ReleaseUnknownError
    stated = [each for each in reversed(events) if each.event.actor is not None]
    shown = [each for each in stated if not each.event.kind.startswith("step_")] or stated
    return await told(services, shown[:LAST], account.role)
