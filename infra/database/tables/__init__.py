"""The tables, one module per subject; a migration in `infra/migrations` goes with every change."""

from __future__ import annotations

from infra.database.tables.access import TokenRow
from infra.database.tables.accounts import AttemptRow, KeptFormRow, SessionRow, UserRow
from infra.database.tables.answer_links import AnswerLinkRow
from infra.database.tables.audit import EventRow, PageViewRow, PolicyRow
from infra.database.tables.duty import (
    AbsenceRow,
    AssignmentRow,
    DataQualityTaskRow,
    ShiftRow,
    StaffRow,
)
from infra.database.tables.measures import (
    BadLineRow,
    CountedByRow,
    MeasureChangesRow,
    MeasuredRow,
    PatternCountRow,
    PatternRow,
    SupersededRow,
)
from infra.database.tables.messages import (
    BundleRow,
    MessageRow,
    MessageTrailRow,
    NoticeRow,
    OptOutRow,
    ReceiptRow,
    ReplyRow,
    TextingRow,
    WireStopRow,
)
from infra.database.tables.people import ContactRow, EpisodeRow, NoteRow, PersonRow
from infra.database.tables.policy_changes import PolicyChangeRow
from infra.database.tables.professionals import ProfessionalRow
from infra.database.tables.record import Record, table_of
from infra.database.tables.releases import EscalationRow, ReleaseRow, StepRow
from infra.database.tables.restrictions import (
    RestrictionChangeRow,
    RestrictionReaderRow,
    RestrictionRow,
)
from infra.database.tables.work import (
    ActionRow,
    AppointmentRow,
    NeedRow,
    PrescriptionRow,
    ReferralRow,
)

__all__ = [
    "AbsenceRow",
    "ActionRow",
    "AnswerLinkRow",
    "AppointmentRow",
    "AssignmentRow",
    "AttemptRow",
    "BadLineRow",
    "BundleRow",
    "ContactRow",
    "CountedByRow",
    "DataQualityTaskRow",
    "EpisodeRow",
    "EscalationRow",
    "EventRow",
    "KeptFormRow",
    "MeasureChangesRow",
    "MeasuredRow",
    "MessageRow",
    "MessageTrailRow",
    "NeedRow",
    "NoteRow",
    "NoticeRow",
    "OptOutRow",
    "PageViewRow",
    "PatternCountRow",
    "PatternRow",
    "PersonRow",
    "PolicyChangeRow",
    "PolicyRow",
    "PrescriptionRow",
    "ProfessionalRow",
    "ReceiptRow",
    "Record",
    "ReferralRow",
    "ReleaseRow",
    "ReplyRow",
    "RestrictionChangeRow",
    "RestrictionReaderRow",
    "RestrictionRow",
    "SessionRow",
    "ShiftRow",
    "StaffRow",
    "StepRow",
    "SupersededRow",
    "TextingRow",
    "TokenRow",
    "UserRow",
    "WireStopRow",
    "table_of",
]
