"""Restricted records: whom a record is open to when scope and role alone are not enough (ADR 6).

A record may be of a colleague's relative, or of somebody who is in danger if the wrong person reads
it. Prisons and probation call such records "limited access". A restriction is of the person, so it
holds for every release of theirs, and opens nothing by itself: whoever is named must have the
release in scope as well, and sees it in the detail of their role.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.access import Subject, may_read
from domain.access_denials import Denial, NotPermitted
from domain.access_table import team_of
from domain.journey import Step
from domain.state import LadderStatus, Release


class RestrictionReason(StrEnum):
    """Why a record is restricted; never shown to those it is closed to."""

    RELATIVE_OF_STAFF = "relative_of_staff"
    MEMBER_OF_STAFF = "member_of_staff"
    PERSON_AT_RISK = "person_at_risk"
    WIDELY_KNOWN = "widely_known"


class RestrictionChange(StrEnum):
    """What is done to a restriction, as the audit trail names it."""

    RESTRICTED = "access_restricted"
    LIFTED = "access_restriction_lifted"


@dataclass(frozen=True, slots=True)
class Restriction:
    """Closes the records of one person to everybody but its readers.

    Attributes:
        readers: The ids of the accounts named that are switched on.
    """

    reason: RestrictionReason
    readers: frozenset[str]


class RecordRestricted(NotPermitted):
    """The record is in scope and closed to the subject.

    Attributes:
        readers: The ids of the accounts to ask; empty when the service owner has to name some.
    """

    def __init__(self, readers: frozenset[str]) -> None:
        """Keep whom to ask."""
        super().__init__(Denial.RESTRICTED)
        self.readers = readers


def may_open(account: str, restriction: Restriction | None) -> None:
    """Let an account through to a record in its scope, or say whom to ask.

    Args:
        account: Its id; a token's or an answer link's is never among the readers.
        restriction: Of the person, None without one.

    Raises:
        RecordRestricted: The restriction does not name the account.
    """
    if restriction is not None and account not in restriction.readers:
        raise RecordRestricted(restriction.readers)


def out_of_reach(release: Release, readers: Iterable[Subject], today: date) -> tuple[Step, ...]:
    """Return the steps with an open escalation that no reader can act on, in the order raised.

    Args:
        release: Restricted.
        readers: The accounts named that are switched on.
        today: The London day, which ends a prison's aftercare.
    """
    roles = {each.role for each in readers if may_read(each, release, today)}
    released = release.released is not None
    return tuple(
        ladder.step
        for ladder in release.escalations.values()
        if ladder.status is not LadderStatus.CLOSED
        and roles.isdisjoint(team_of(ladder.step, released=released))
    )
