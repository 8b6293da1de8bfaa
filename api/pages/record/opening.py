"""What every page of a record begins with: the release in scope, redacted, with its heading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request

from api.pages.accounts import Account
from api.pages.answers import Link
from api.pages.people import detail_for
from api.pages.record.heading import Heading, heading_of
from api.ports import Services
from api.records import ReleaseDetail
from domain.access_detail import CareSummary, redacted, summary_of
from domain.codes import Role
from domain.rules import Rules
from domain.state import Release

CASES = Link("Cases", "/cases")


@dataclass(frozen=True)
class Opened:
    """A record that somebody opened.

    Attributes:
        shown: The state as they may see it.
        care: The yes and no of care, that everybody may see.
        leads: The named worker of each team, by name.
    """

    detail: ReleaseDetail
    shown: Release
    care: CareSummary
    rules: Rules
    heading: Heading
    leads: Mapping[Role, str]

    @property
    def state(self) -> Release:
        """The whole state; nothing of it is shown but when work is due."""
        return self.detail.state


async def open_record(
    request: Request, services: Services, account: Account, release_id: str
) -> Opened:
    """Return a record, and note that the account saw it.

    Raises:
        ReleaseUnknownError: There is none, or it is not theirs to see.
        RecordUnavailableError: It cannot be read, or the viewing cannot be noted.
    """
    detail = await detail_for(request, services, account, release_id)
    shown = redacted(detail.state, account.role)
    rules = await services.rules.of(detail.state)
    workers = await services.duty.workers.of(release_id)
    leads = {each.role: each.staff.name for each in workers}
    return Opened(
        detail=detail,
        shown=shown,
        care=summary_of(detail.state),
        rules=rules,
        heading=heading_of(detail, shown, services, rules.calendar, leads.get(account.role)),
        leads=leads,
    )


def sections(release_id: str, active: str) -> list[dict[str, object]]:
    """Return the pages of a record as its sub navigation."""
    pages = {
        "Steps": "",
        "People and contacts": "/people",
        "Notes": "/notes",
        "Handover pack": "/pack",
        "History": "/history",
    }
    return [
        {"text": text, "href": f"/cases/{release_id}{path}", "active": text == active}
        for text, path in pages.items()
    ]
