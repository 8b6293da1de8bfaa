"""Escalations as staff read them: what happened, since when, by whom it is to be acted on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from api.pages.accounts import Account
from api.pages.dates import days_away
from api.pages.people import RESTRICTED
from api.pages.roles import ROLES
from api.records import EscalationRow
from domain.access_table import team_of
from domain.codes import Role
from domain.journey import Step
from domain.london_time import london_date
from domain.policy import Severity
from domain.state import LadderStatus

HAPPENED: Final = {
    Step.SCREENING: "The screening is not complete",
    Step.PLAN: "The plan has no action for some needs",
    Step.REFERRAL: "No community service has accepted the referral",
    Step.PRESCRIPTION: "Medicine is not arranged for every day, or the last dose is not confirmed",
    Step.NALOXONE: "Naloxone is not settled",
    Step.APPOINTMENT: "There is no first appointment that the person knows of",
    Step.ESSENTIALS: "Not every essential is settled",
    Step.LICENCE: "A drug condition is not evidenced",
    Step.HANDOVER: "Not every party has acknowledged the handover pack",
    Step.RELEASE: "The release is not recorded",
    Step.FIRST_CONTACT: "Nobody has seen the person since the release",
    Step.ENGAGEMENT: "Treatment has not started",
    Step.RETENTION: "It is not known how treatment stands after twelve weeks",
    Step.REVIEW: "The near-miss review is not complete",
    Step.SAFEGUARDING: "There is no safeguarding referral after repeated signs",
}
"""What a lapsed step means to the person; nothing clinical is in it."""


@dataclass(frozen=True)
class Tag:
    """A tag as the design system colours it."""

    text: str
    colour: str


@dataclass(frozen=True)
class Line:
    """One escalation in a list.

    Attributes:
        row: Of a record that is closed to the account only what is about urgency may be shown.
        owner: Who has taken it, or whose it is.
        can_take: Whether it is the account's to take now.
        is_theirs: Whether the account has taken it.
        key: Makes a button that is pressed twice count once.
    """

    row: EscalationRow
    name: str
    happened: str
    tag: Tag
    owner: str
    can_take: bool
    is_theirs: bool
    key: str


def line_of(row: EscalationRow, account: Account, names: Mapping[str, str], now: datetime) -> Line:
    """Return one escalation as `account` sees it."""
    team = team_of(row.step, released=row.is_released)
    taken = row.acknowledged_by is not None
    is_open = row.status is not LadderStatus.CLOSED
    return Line(
        row=row,
        name=name_of(row),
        happened="" if row.restricted else HAPPENED[row.step],
        tag=tag_of(row, account, now),
        owner=owner_of(row, account, names),
        can_take=is_open and not taken and account.role in team and not row.restricted,
        is_theirs=is_open and row.acknowledged_by == account.subject.id,
        key=uuid4().hex,
    )


def name_of(row: EscalationRow) -> str:
    """Return whom it is about, as lists have it."""
    if row.restricted:
        return RESTRICTED
    return f"{row.surname}, {row.forename}" if row.surname else f"Record {row.reference}"


def tag_of(row: EscalationRow, account: Account, now: datetime) -> Tag:
    """Return how urgent it is for `account`: what is not theirs waits, however late it is."""
    if row.status is LadderStatus.CLOSED:
        return Tag("Closed", "grey")
    team = team_of(row.step, released=row.is_released)
    if account.role not in team:
        return Tag(f"Waiting for {_of(team)}", "yellow")
    if row.acknowledged_by not in (None, account.subject.id):
        return Tag("Waiting for a colleague", "yellow")
    return _urgency(row, now)


def _urgency(row: EscalationRow, now: datetime) -> Tag:
    if row.status is LadderStatus.EXHAUSTED or row.next_at <= now:
        return Tag("Overdue", "red")
    if row.severity is Severity.S1:
        return Tag("Act now", "red")
    if row.acknowledged_by is None and london_date(row.opened_at) == london_date(now):
        return Tag("New", "purple")
    return Tag(f"Act {days_away(london_date(row.next_at), london_date(now))}", "orange")


def owner_of(row: EscalationRow, account: Account, names: Mapping[str, str]) -> str:
    """Return who has it: the account itself, a colleague, or the team that answers for the step."""
    if row.acknowledged_by == account.subject.id:
        return "You"
    if row.acknowledged_by is not None:
        return names.get(row.acknowledged_by, "Somebody by another system")
    return f"Nobody yet ({_of(team_of(row.step, released=row.is_released))})"


def _of(team: frozenset[Role]) -> str:
    """Return a team's roles as they stand within a sentence."""
    names = (ROLES[role] for role in Role if role in team)
    return " or ".join(f"{name[:1].lower()}{name[1:]}" for name in names)
