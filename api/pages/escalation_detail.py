"""One escalation in full: the rule behind it, the ladder so far, and everything about its step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from api.pages.accounts import Account
from api.pages.casework.words import OBSTACLES
from api.pages.happenings import happenings
from api.pages.people import banner_of
from api.pages.roles import ROLES
from api.ports import Services
from api.records import EscalationRow, RecordedEvent, ReleaseDetail
from domain.access import scope_of
from domain.access_detail import redacted_event
from domain.access_table import team_of
from domain.codes import Role
from domain.commands import Obstacle
from domain.due import due
from domain.events import EventKind
from domain.journey import DEFINITIONS
from domain.ladder import rungs
from domain.london_time import london_date
from domain.state import LadderStatus
from domain.wording import SEVERITIES, rule_in_words

MOST_EVENTS: Final = 2000


async def detail_of(
    services: Services, account: Account, detail: ReleaseDetail, row: EscalationRow
) -> dict[str, Any]:
    """Return what the page of an escalation shows beside its line."""
    rules = await services.rules.of(detail.state)
    falls = next((each for each in due(detail.state, rules) if each.step is row.step), None)
    chain = rules.policy.chains[row.severity]
    definition = DEFINITIONS[row.step]
    team = team_of(row.step, released=row.is_released)
    events = await _tried(services, account, row)
    return {
        "person": banner_of(detail, services),
        "step": definition,
        "href": f"/cases/{row.release_id}/steps/{row.step.value}",
        "team": " or ".join(ROLES[role] for role in Role if role in team),
        "is_open": row.status is not LadderStatus.CLOSED,
        "rule": rule_in_words(falls.rule) if falls else None,
        "source": falls.rule.cite.source if falls else None,
        "due_at": falls.at if falls else None,
        "in_the_way": _in_the_way(detail, row, events),
        "severity": f"{row.severity.value}, {SEVERITIES[row.severity]}",
        "rung": min(row.level, rungs(chain)),
        "rungs": rungs(chain),
        "tried": await happenings(services, events),
    }


def _in_the_way(
    detail: ReleaseDetail, row: EscalationRow, events: Sequence[RecordedEvent]
) -> str | None:
    """Return what somebody said is in the way, while the step is escalated but not late."""
    known = detail.state.steps.get(row.step)
    if known is None or known.lapsed_at is not None or row.status is LadderStatus.CLOSED:
        return None
    said = (each.event for each in events if each.event.kind is EventKind.OBSTACLE_REPORTED)
    last = next(said, None)
    return OBSTACLES[Obstacle(last.data["reason"])] if last else None


async def _tried(services: Services, account: Account, row: EscalationRow) -> list[RecordedEvent]:
    """Return everything recorded about the step, and every page of the ladder, newest first."""
    scope = scope_of(account.subject, london_date(services.now()))
    events = await services.reads.events(row.release_id, scope, 0, MOST_EVENTS) or ()
    about = [each for each in events if each.event.step is row.step]
    return [
        RecordedEvent(redacted_event(each.event, account.role), each.recorded_at)
        for each in reversed(about)
    ]
