"""The tables, one module per subject; a migration in `infra/migrations` goes with every change."""

from __future__ import annotations

from infra.database.tables.access import TokenRow
from infra.database.tables.accounts import AttemptRow, SessionRow, UserRow
from infra.database.tables.answer_links import AnswerLinkRow
from infra.database.tables.audit import EventRow, NotificationRow, PageViewRow, PolicyRow
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
    "AnswerLinkRow",
    "AppointmentRow",
    "AttemptRow",
    "ContactRow",
    "EpisodeRow",
    "EscalationRow",
    "EventRow",
    "NeedRow",
    "NoteRow",
    "NotificationRow",
    "PageViewRow",
    "PersonRow",
    "PolicyRow",
    "PrescriptionRow",
    "Record",
    "ReferralRow",
    "ReleaseRow",
    "SessionRow",
    "StepRow",
    "TokenRow",
    "UserRow",
    "table_of",
]
