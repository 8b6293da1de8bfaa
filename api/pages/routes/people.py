"""Whom to ask about a release: the teams, the places, and the person's own contact details."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import Link, page
from api.pages.record.contacts import contacts_of
from api.pages.record.opening import CASES, open_record, sections
from api.pages.record.professionals import cards_of, seen_by
from api.pages.record.reaching import person_card
from api.pages.security import AGREEING, Caseworker
from api.security import Given

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/people")


@router.get("")
async def people(
    release_id: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show who works with the person, and how to reach the person."""
    opened = await open_record(request, services, account, release_id)
    person = opened.heading.person
    entries = seen_by(await services.professionals.of(release_id), account.role)
    texting = await services.desk.agreements.of(release_id)
    asked_by = {texting.recorded_by} if texting and texting.recorded_by else set()
    names = await services.accounts.names({each.by for each in entries} | asked_by)
    may_ask = account.role in AGREEING.roles
    return page(
        request,
        "record_people.html",
        title=f"People and contacts: {person.name}",
        crumbs=[
            CASES,
            Link(person.name, f"/cases/{release_id}"),
            Link("People and contacts", f"/cases/{release_id}/people"),
        ],
        heading=opened.heading,
        sections=sections(release_id, "People and contacts"),
        contacts=(
            person_card(opened.detail.person, opened.shown, texting, names, may_ask=may_ask),
            *contacts_of(opened.shown, services.place_names, opened.leads, account.role),
            *cards_of(release_id, entries, names, account.role),
        ),
    )
