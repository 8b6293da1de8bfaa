"""One text that is about to be sent, for tests of sending itself."""

from __future__ import annotations

from domain.policy import Channel, Severity
from infra.messages import planning
from notifications.catalogue import Wording
from notifications.messages import MessageStatus, Planned, RecipientKind, message_id
from tests.office import PROVIDER, Office


def a_text_to_staff(office: Office, staff_id: str = "nurse") -> str:
    """Write a text to a new member of staff that is due now; returns its id."""
    office.employ(staff_id, PROVIDER)
    planned = Planned(
        id=message_id("reply.SM1", staff_id, Channel.SMS),
        notice_id=None,
        release_id=None,
        kind=RecipientKind.STAFF,
        recipient=staff_id,
        channel=Channel.SMS,
        attempt=1,
        wording=Wording.TAKEN,
        fields={"reference": "7K2M9Q"},
        severity=Severity.S1,
        status=MessageStatus.QUEUED,
        due_at=office.now,
    )
    with office.database.write() as session:
        planning.write(session, [planned], office.now, None)
    return planned.id
