"""Releases that lapse at a chosen instant, and people enough to be told of it.

Their policy is the default but for one due time, an hour after the work began, and for hours,
bundles and caps so wide that every lapse is one text at once, at any time of day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import insert

from domain.codes import Role
from domain.deciding import NewRelease
from domain.duty.posts import Post
from domain.journey import Step
from domain.london_time import london_date
from domain.policy import Anchor, Channel, Clock, Delivery, Policy, Severity
from domain.policy.chains import Chain
from domain.rules import Rules
from infra.database.engine import Database
from infra.database.tables import AssignmentRow, ShiftRow, StaffRow, table_of
from tests.builders import a_new_release, the_rules

WITHIN: Final = timedelta(hours=1)
"""From the start of the work to the lapse; the policy counts whole hours."""

PRISONS: Final = tuple(f"X{number:02d}" for number in range(40))
"""So many that no number has to take every text, and nothing counts as a storm of one prison."""

_EVER: Final = datetime(2020, 1, 1, tzinfo=UTC)
_CHANGED: Final = {"changed_at": _EVER, "changed_by": "bench"}
_WIDE: Final = {
    "staff_opens": time(0),
    "staff_closes": time(23, 59),
    "texts_an_hour": 60,
    "texts_a_day": 200,
    "storm_pages": 500,
    "storm_minutes": 1,
    "bundle_minutes": 1,
    "next_channel_minutes": 60,
    "unconfirmed_minutes": 60,
    "reconcile_seconds": 10,
}


def lapsing_rules(severity: Severity) -> Rules:
    """Return rules by which a screening lapses an hour after the start, as badly as asked."""
    rules = the_rules()
    policy = rules.policy
    screening = policy.steps[Step.SCREENING]
    due = {"anchor": Anchor.START, "clock": Clock.HOURS, "count": 1}
    lapsing = screening.model_copy(
        update={
            "late_start": screening.due.model_copy(update=due),
            "severity": severity,
            "raised": (),
        }
    )
    changes = {
        "version": f"bench-{severity.lower()}",
        "steps": {**policy.steps, Step.SCREENING: lapsing},
        "chains": {**policy.chains, severity: _by_text(policy.chains[severity])},
        "delivery": Delivery.model_validate({**policy.delivery.model_dump(), **_WIDE}),
    }
    # Read back as from a database, so that an impossible figure fails here.
    changed = Policy.model_validate(policy.model_copy(update=changes).model_dump(mode="json"))
    return Rules(policy=changed, calendar=rules.calendar)


def _by_text(chain: Chain) -> Chain:
    """Page the first rung by text alone, and wait for an answer longer than the run lasts."""
    first = chain.levels[0]
    wait = first.wait.model_copy(update={"count": 50 * first.wait.count})
    channels = (Channel.WORKLIST, Channel.SMS)
    first = first.model_copy(update={"channels": channels, "wait": wait})
    return chain.model_copy(update={"levels": (first, *chain.levels[1:])})


def a_lapsing_release(release_id: str, number: int, lapses_at: datetime) -> NewRelease:
    """Return a release that leaves tomorrow and whose screening lapses at `lapses_at`."""
    today = london_date(lapses_at)
    return a_new_release(
        release_id=release_id,
        prison=PRISONS[number % len(PRISONS)],
        reception_on=today - timedelta(days=90),
        scheduled_on=today + timedelta(days=1),
        started_at=lapses_at - WITHIN,
        as_given=True,
    )


def staff_everything(database: Database) -> None:
    """Put somebody on duty in every prison."""
    on_duty = [_member(f"duty-{prison}", prison, number) for number, prison in enumerate(PRISONS)]
    shifts = [
        {
            "organisation": each["organisation"],
            "role": each["role"],
            "post": Post.DUTY,
            "starts_at": _EVER,
            "staff_id": each["id"],
            **_CHANGED,
        }
        for each in on_duty
    ]
    with database.write() as session:
        session.execute(insert(table_of(StaffRow)), on_duty)
        session.execute(insert(table_of(ShiftRow)), shifts)


def name_workers(database: Database, releases: Sequence[NewRelease]) -> None:
    """Give every release a worker of its own, because one person is not texted twice a minute."""
    workers = [
        _member(f"named-{each.release_id}", each.prison, number)
        for number, each in enumerate(releases)
    ]
    named = [
        {"release_id": each.release_id, "role": who["role"], "staff_id": who["id"], **_CHANGED}
        for each, who in zip(releases, workers, strict=True)
    ]
    with database.write() as session:
        session.execute(insert(table_of(StaffRow)), workers)
        session.execute(insert(table_of(AssignmentRow)), named)


def _member(staff_id: str, prison: str, number: int) -> dict[str, Any]:
    return {
        "id": staff_id,
        "reference": staff_id,
        "name": "Invented",
        "organisation": prison,
        "role": Role.RESETTLEMENT,
        "email": None,
        "mobile": f"+447700900{number % 1_000:03d}",
        "texts_stopped": False,
        **_CHANGED,
    }
