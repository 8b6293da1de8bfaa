"""The tables, one module per subject; a migration in `infra/migrations` goes with every change."""

from __future__ import annotations

from infra.database.tables.access import TokenRow
from infra.database.tables.audit import EventRow, NotificationRow, PolicyRow
from infra.database.tables.measures import (
    BadLineRow,
    CountedByRow,
    MeasureChangesRow,
    MeasuredRow,
    PatternCountRow,
    PatternRow,
    SupersededRow,
)
from infra.database.tables.people import ContactRow, EpisodeRow, NoteRow, PersonRow
from infra.database.tables.record import Record, table_of
from infra.database.tables.releases import EscalationRow, ReleaseRow, StepRow
from infra.database.tables.work import (
    ActionRow,
    AppointmentRow,
    NeedRow,
    PrescriptionRow,
    ReferralRow,
)

__all__ = [
    "ActionRow",
    "AppointmentRow",
    "BadLineRow",
    "ContactRow",
    "CountedByRow",
    "EpisodeRow",
    "EscalationRow",
    "EventRow",
    "MeasureChangesRow",
    "MeasuredRow",
    "NeedRow",
    "NoteRow",
    "NotificationRow",
    "PatternCountRow",
    "PatternRow",
    "PersonRow",
    "PolicyRow",
    "PrescriptionRow",
    "Record",
    "ReferralRow",
    "ReleaseRow",
    "StepRow",
    "SupersededRow",
    "TokenRow",
    "table_of",
]
