"""What falls due while offices are closed, told on the last working day before (R64, R97).

No timer of a release is moved: the steps stay due when they are due. Those who own them are told
at midday, while whoever they need can still be reached.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.delivery_ports import Due
from activities.ports import Duty
from domain.journey import Step
from domain.london_time import london_date, london_instant
from domain.policy import Channel, Severity
from domain.state import Phase, StepStatus
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import ReleaseRow, StepRow
from infra.messages import planning
from notifications.catalogue import Wording, by_fields, link_to_list
from notifications.hours import MIDNIGHT, ONE_DAY, Hours
from notifications.messages import MessageStatus, Planned, RecipientKind, message_id
from notifications.notices import Audience
from notifications.recipients import Staff

_AT_MOST: Final = 10_000


class SqlLookAhead:
    """Writes one message for each person whose steps fall due before offices open again."""

    def __init__(
        self,
        database: Database,
        duty: Duty,
        hours: Callable[[], Hours],
        link_base: str,
        clock: Clock = utc_now,
    ) -> None:
        """Look in `database`, and ask `duty` whom a step belongs to."""
        self._database = database
        self._duty = duty
        self._hours = hours
        self._link_base = link_base
        self._clock = clock

    def look(self, at: datetime) -> tuple[Due, ...]:
        """Write what is to be told at `at`, once; returns those still to be sent."""
        on = london_date(at)
        opens_on = self._hours().calendar.next_working_day(on + ONE_DAY)
        with self._database.read() as session:
            found = _due_between(session, at, london_instant(opens_on, MIDNIGHT))
        counts: Counter[Staff] = Counter()
        for release_id, step in found:
            owners = self._duty.recipients(Audience.STEP_OWNER, release_id, step, at)
            counts.update(owners.staff)
        planned = [self._planned(staff, count, at) for staff, count in sorted(counts.items())]
        with self._database.write() as session:
            planning.write(session, planned, self._clock(), None)
        return planning.due(planned)

    def _planned(self, staff: Staff, count: int, at: datetime) -> Planned:
        on = london_date(at)
        channel = Channel.EMAIL if staff.email else Channel.SMS
        closes_at = london_instant(on, self._hours().delivery.staff_closes)
        link = link_to_list(self._link_base)
        return Planned(
            id=message_id(f"ahead.{on:%Y%m%d}", staff.id, channel),
            notice_id=None,
            release_id=None,
            kind=RecipientKind.STAFF,
            recipient=staff.id,
            channel=channel,
            attempt=1,
            wording=Wording.LOOK_AHEAD,
            fields={"count": str(count), "link": link, **by_fields(closes_at)},
            severity=Severity.S2,
            status=MessageStatus.QUEUED,
            due_at=at,
        )


def _due_between(session: Session, after: datetime, before: datetime) -> list[tuple[str, Step]]:
    query = (
        select(StepRow.release_id, StepRow.step)
        .join(ReleaseRow, ReleaseRow.id == StepRow.release_id)
        .where(
            StepRow.status == StepStatus.OPEN,
            StepRow.due_at > after,
            StepRow.due_at <= before,
            ReleaseRow.phase != Phase.CLOSED,
        )
        .order_by(StepRow.due_at, StepRow.release_id)
        .limit(_AT_MOST)
    )
    return [(release_id, step) for release_id, step in session.execute(query)]
