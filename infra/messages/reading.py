"""Messages and their trail in SQL, for whoever wants to see what was sent and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select

from api.filters import MessageFilter, PageOf
from api.message_records import DecisionRecord, MessagePage, MessageRecord, RecipientRecord
from domain.access_messages import MessageScope
from domain.policy import Channel
from infra.database.engine import Database
from infra.database.scope import in_scope
from infra.database.tables import MessageRow, MessageTrailRow, ReleaseRow, StaffRow, TextingRow
from infra.database.withholding import is_withheld
from infra.messages.recipients import recipient_of
from notifications.catalogue import Language
from notifications.console import NOWHERE
from notifications.copies import copy_of
from notifications.messages import MessageStatus, RecipientKind
from notifications.wires import Outgoing

_WAITING: Final = (MessageStatus.HELD, MessageStatus.QUEUED)
_MOST_DECISIONS: Final = 5000
"""More than any release has; a page must end."""


class SqlOutbox:
    """What was sent and waits to be sent."""

    def __init__(self, database: Database) -> None:
        """Read from `database`."""
        self._database = database

    def page(self, wanted: MessageFilter, scope: MessageScope, page: PageOf) -> MessagePage:
        """Return one page of the messages in scope, the newest first."""
        lines = message_lines(scope).where(
            visible(MessageRow.release_id, scope), *_wanted(wanted, scope)
        )
        count = select(func.count()).select_from(lines.with_only_columns(MessageRow.id).subquery())
        ordered = lines.order_by(MessageRow.created_at.desc(), MessageRow.id.desc())
        with self._database.read() as session:
            total = session.execute(count).scalar_one()
            found = session.execute(ordered.limit(page.size).offset(page.offset))
            return MessagePage(tuple(message_record(*each) for each in found), total)

    def trail(self, release_id: str, message_ids: Sequence[str]) -> tuple[DecisionRecord, ...]:
        """Return the decisions about these messages, and those about none, in their order."""
        row = MessageTrailRow
        owner = select(ReleaseRow.person_id).where(ReleaseRow.id == release_id).scalar_subquery()
        beside = and_(
            row.message_id.is_(None),
            or_(
                row.release_id == release_id, and_(row.release_id.is_(None), row.recipient == owner)
            ),
        )
        query = (
            select(row, StaffRow, row.recipient == owner)
            .outerjoin(StaffRow, StaffRow.id == row.recipient)
            .where(or_(row.message_id.in_(message_ids), beside))
            .order_by(row.seq)
            .limit(_MOST_DECISIONS)
        )
        with self._database.read() as session:
            return tuple(decision_record(*each) for each in session.execute(query))


def visible(release_id: Any, scope: MessageScope) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Return the condition on rows, outer joined to `ReleaseRow`, that a message scope shows."""
    within = and_(ReleaseRow.id.is_not(None), in_scope(scope.releases))
    return or_(within, release_id.is_(None)) if scope.unattached else within


def message_lines(scope: MessageScope) -> Select[*tuple[Any, ...]]:
    """Return the query of messages with what `message_record` makes a record of."""
    withheld = is_withheld(scope.releases)
    return (
        select(MessageRow, ReleaseRow.reference, StaffRow, TextingRow.language, withheld)
        .outerjoin(ReleaseRow, ReleaseRow.id == MessageRow.release_id)
        .outerjoin(StaffRow, StaffRow.id == MessageRow.recipient)
        .outerjoin(TextingRow, TextingRow.person_id == MessageRow.recipient)
    )


def _wanted(wanted: MessageFilter, scope: MessageScope) -> list[ColumnElement[bool]]:
    row = MessageRow
    conditions: list[ColumnElement[bool] | None] = [
        row.release_id == wanted.release_id if wanted.release_id else None,
        row.channel == wanted.channel if wanted.channel else None,
        row.status == wanted.status if wanted.status else None,
        row.created_at >= wanted.since if wanted.since else None,
        row.created_at < wanted.until if wanted.until else None,
        ReleaseRow.reference == wanted.reference if wanted.reference else None,
        row.severity == wanted.severity if wanted.severity else None,
        row.fault == wanted.fault if wanted.fault else None,
        row.kind == wanted.kind if wanted.kind else None,
        # Whoever asks by a release must not learn that a closed one has messages.
        not_(is_withheld(scope.releases)) if wanted.release_id or wanted.reference else None,
    ]
    return [each for each in conditions if each is not None]


def message_record(*line: Any) -> MessageRecord:  # noqa: ANN401 - the columns of a line
    """Return a line of `message_lines` as whoever asked may know it."""
    *columns, withheld = line
    found = _record(*columns)
    if not withheld:
        return found
    # The id of a message begins with that of its release.
    unlinked = sha256(found.id.encode()).hexdigest()[:32]
    bare = found._replace(release_id=None, reference=None, address=None, body=None)
    return bare._replace(id=unlinked, restricted=True)


def _record(
    row: MessageRow, reference: str | None, staff: StaffRow | None, language: str | None
) -> MessageRecord:
    return MessageRecord(
        id=row.id,
        release_id=row.release_id,
        reference=reference,
        wording=row.wording,
        channel=row.channel,
        recipient=recipient_of(row.kind, staff),
        severity=row.severity,
        address=row.address,
        body=row.body or _as_it_would_be(row, language),
        status=row.status,
        reason=row.reason,
        fault=row.fault,
        provider_status=row.provider_status,
        created_at=row.created_at,
        due_at=row.due_at,
        sent_at=row.sent_at,
        moved_at=row.moved_at,
        over_at=row.over_at,
        attempt=row.attempt,
        tries=row.tries,
        only_here=(row.provider_id or "").startswith(NOWHERE),
    )


def _as_it_would_be(row: MessageRow, language: str | None) -> str | None:
    if row.status not in _WAITING or row.channel is Channel.WORKLIST:
        return None
    return copy_of(
        Outgoing(
            id=row.id,
            channel=row.channel,
            to="",
            wording=row.wording,
            fields=row.fields,
            language=language or Language.ENGLISH,
            valid_for=timedelta(),
        )
    )


def decision_record(
    row: MessageTrailRow,
    staff: StaffRow | None,
    is_owner: bool | None,  # noqa: FBT001 - a column
) -> DecisionRecord:
    """Return a row of the trail as the API may know it."""
    kind = RecipientKind.PERSON if is_owner else None
    recipient: RecipientRecord | None = recipient_of(kind, staff) if row.recipient else None
    return DecisionRecord(
        at=row.at,
        message_id=row.message_id,
        what=row.what,
        why=row.why,
        recipient=recipient,
        channel=Channel(row.channel) if row.channel else None,
        policy_version=row.policy_version,
    )
