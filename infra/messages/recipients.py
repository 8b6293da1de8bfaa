"""Whom messages were for and who replied: staff by id and team, persons by kind only."""

from __future__ import annotations

from api.message_records import RecipientRecord
from infra.database.tables import StaffRow
from notifications.messages import RecipientKind


def recipient_of(kind: RecipientKind | None, staff: StaffRow | None) -> RecipientRecord:
    """Return a recipient as the API may know them."""
    if staff is None:
        return RecipientRecord(kind, None, None, None)
    return RecipientRecord(RecipientKind.STAFF, staff.id, staff.role, staff.organisation)
