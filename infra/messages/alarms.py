"""The service owner told that a channel stands still, by the channels that do not."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.delivery_ports import Due
from domain.duty.posts import SERVICE_TEAM, Post
from domain.policy import Channel, Severity
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import WireStopRow
from infra.duty.store import SqlDuty
from infra.messages import planning
from notifications.catalogue import Wording, link_to_list
from notifications.messages import MessageStatus, Planned, RecipientKind, message_id
from notifications.recipients import Staff


class Alarms:
    """Writes an alarm for each stop, once for each channel that still works."""

    def __init__(
        self, database: Database, duty: SqlDuty, link_base: str, clock: Clock = utc_now
    ) -> None:
        """Look for stops in `database`; `duty` knows the service owner."""
        self._database = database
        self._duty = duty
        self._link_base = link_base
        self._clock = clock

    def raise_all(self) -> tuple[Due, ...]:
        """Write the alarms that are not written yet; returns those still to be sent."""
        now = self._clock()
        with self._database.read() as session:
            stops = _standing(session)
        if not stops:
            return ()
        owners = self._duty.holding(SERVICE_TEAM, Post.SERVICE_OWNER, now).staff
        stopped = {each.channel for each in stops}
        planned = [
            self._planned(stop, owner, channel)
            for stop in stops
            for owner in owners
            for channel in (Channel.EMAIL, Channel.SMS)
            if channel not in stopped
        ]
        with self._database.write() as session:
            planning.write(session, planned, now, None)
        return planning.due(planned)

    def _planned(self, stop: WireStopRow, owner: Staff, channel: Channel) -> Planned:
        cause = f"stop.{stop.channel}.{stop.since:%Y%m%dT%H%M%S}"
        return Planned(
            id=message_id(cause, owner.id, channel),
            notice_id=None,
            release_id=None,
            kind=RecipientKind.STAFF,
            recipient=owner.id,
            channel=channel,
            attempt=1,
            wording=Wording.SENDING_STOPPED,
            fields={"code": stop.code[:24], "link": link_to_list(self._link_base)},
            severity=Severity.S1,
            status=MessageStatus.QUEUED,
            due_at=stop.since,
        )


def _standing(session: Session) -> list[WireStopRow]:
    query = select(WireStopRow).where(WireStopRow.ended_at.is_(None))
    return list(session.execute(query).scalars())
