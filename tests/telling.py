"""Notices, people and hours, for tests of who is told what and when."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from domain.codes import Role
from domain.duty.posts import Team
from domain.journey import Step
from domain.policy import Channel, Delivery, Severity
from domain.state import LadderStatus
from notifications.hours import Hours
from notifications.notices import Template
from notifications.recipients import Found, Staff
from notifications.routing import Facts
from notifications.standing import Ladder, Noted, Standing
from notifications.telling import worded
from tests.builders import the_rules

# A Tuesday, in the middle of office hours; London keeps winter time.
TUESDAY = datetime(2026, 11, 24, 11, tzinfo=UTC)
TEAM = Team("LEI", Role.RESETTLEMENT)
DELIVERY: Delivery = the_rules().policy.delivery
HOURS = Hours(DELIVERY, the_rules().counting)
LINK = "https://handover.example.org"


def a_worker(staff_id: str = "s-ann", **changes: Any) -> Staff:  # noqa: ANN401
    """A member of staff who can be reached in every way."""
    known: dict[str, Any] = {
        "id": staff_id,
        "email": f"{staff_id}@example.org",
        "mobile": "+447700900123",
        "team": TEAM,
    }
    return Staff(**known | changes)


def a_page(severity: Severity = Severity.S1, **changes: Any) -> Noted:  # noqa: ANN401
    """The page of the first rung of a ladder, by the channels of that severity's policy."""
    level = the_rules().policy.chains[severity].levels[0]
    known: dict[str, Any] = {
        "id": "rel-1.7.step_lapsed",
        "release_id": "rel-1",
        "reference": "7K2M9Q",
        "prison": "LEI",
        "template": Template.STEP_LAPSED,
        "audience": level.target,
        "severity": severity,
        "channels": level.channels,
        "step": Step.REFERRAL,
        "ladder": 1,
        "level": 1,
        "about": None,
        "created_at": TUESDAY,
        "policy_version": "2026-11-default",
    }
    return Noted(**known | changes)


def standing(**changes: Any) -> Standing:  # noqa: ANN401
    """A release that is open, with the first rung of its ladder just paged."""
    known: dict[str, Any] = {
        "is_closed": False,
        "died": False,
        "leaves_on": date(2026, 12, 15),
        "is_step_open": True,
        "due_at": TUESDAY,
        "ladder": Ladder(1, 1, LadderStatus.OPEN),
    }
    return Standing(**known | changes)


def facts(noted: Noted | None = None, *staff: Staff, **changes: Any) -> Facts:  # noqa: ANN401
    """Everything routing depends on, for one notice to one reachable worker on a Tuesday."""
    noted = noted or a_page()
    stands = changes.pop("standing", standing())
    now = changes.get("now", TUESDAY)
    known: dict[str, Any] = {
        "noted": noted,
        "standing": stands,
        "worded": worded(noted, stands, DELIVERY, LINK, now),
        "found": Found(staff or (a_worker(),), None, TEAM),
        "also": None,
        "storm": None,
        "loads": {},
        "now": now,
        "hours": HOURS,
    }
    return Facts(**known | changes)


EVERY_CHANNEL = (Channel.WORKLIST, Channel.EMAIL, Channel.SMS, Channel.VOICE)
