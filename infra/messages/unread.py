"""Replies that a person must read, in SQL: whose they are to read, and who has."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update

from api.filters import PageOf
from api.message_records import ReplyPage, ReplyRecord
from domain.access_messages import MessageScope
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.scope import in_scope
from infra.database.tables import ReleaseRow, ReplyRow, StaffRow, table_of
from infra.database.withholding import is_withheld
from infra.messages.recipients import recipient_of
from notifications.messages import RecipientKind

_REPLIES: Final = table_of(ReplyRow)


class SqlUnread:
    """Replies that no rule could answer."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the replies in `database`."""
        self._database = database
        self._clock = clock

    def page(self, scope: MessageScope, page: PageOf, *, is_open: bool) -> ReplyPage:
        """Return one page of the replies in scope, the oldest first."""
        open_ = ReplyRow.read_at.is_(None) if is_open else ReplyRow.read_at.is_not(None)
        lines = _lines(scope).where(open_)
        count = select(func.count()).select_from(lines.with_only_columns(ReplyRow.id).subquery())
        ordered = lines.order_by(ReplyRow.received_at, ReplyRow.id)
        with self._database.read() as session:
            total = session.execute(count).scalar_one()
            found = session.execute(ordered.limit(page.size).offset(page.offset))
            return ReplyPage(tuple(_shown(*each) for each in found), total)

    def one(self, reply_id: str, scope: MessageScope) -> ReplyRecord | None:
        """Return a reply in scope that wants reading or was read; None for any other."""
        if "\0" in reply_id:
            return None  # PostgreSQL cannot even compare with it
        with self._database.read() as session:
            found = session.execute(_lines(scope).where(ReplyRow.id == reply_id)).one_or_none()
            return _shown(*found) if found else None

    def read(self, reply_id: str, by: str) -> None:
        """Keep who read it; whoever was first stays."""
        first = (
            update(_REPLIES)
            .where(_REPLIES.c.id == reply_id, _REPLIES.c.read_at.is_(None))
            .values(read_at=self._clock(), read_by=by)
        )
        with self._database.write() as session:
            session.execute(first)


def _lines(scope: MessageScope) -> Select[*tuple[Any, ...]]:
    return (
        select(ReplyRow, ReleaseRow.reference, StaffRow, _withheld(scope))
        .outerjoin(ReleaseRow, ReleaseRow.id == ReplyRow.release_id)
        .outerjoin(StaffRow, StaffRow.id == ReplyRow.sender)
        .where(ReplyRow.wants_reading, _visible(scope))
    )


def _withheld(scope: MessageScope) -> ColumnElement[bool]:
    """A person's reply is theirs also when it belongs to none of their releases."""
    by_release = is_withheld(scope.releases)
    by_sender = is_withheld(scope.releases, ReplyRow.sender)
    return or_(by_release, and_(ReplyRow.sender_kind == RecipientKind.PERSON, by_sender))


def _visible(scope: MessageScope) -> ColumnElement[bool]:
    """Known senders go to whoever works with the release, or with any release of the person."""
    known = ReplyRow.sender.is_not(None)
    theirs = and_(
        ReplyRow.sender_kind == RecipientKind.PERSON, ReleaseRow.person_id == ReplyRow.sender
    )
    about = or_(ReleaseRow.id == ReplyRow.release_id, and_(ReplyRow.release_id.is_(None), theirs))
    # A query of its own: the release that the line is joined to may be none.
    releases = select(ReleaseRow.id).where(about)
    mine = and_(known, exists(releases.where(in_scope(scope.releases)).correlate(ReplyRow)))
    if not scope.unattached:
        return mine
    return or_(mine, ~known, ~exists(releases.correlate(ReplyRow)))


def _shown(*line: Any) -> ReplyRecord:  # noqa: ANN401 - the columns of a line
    *columns, withheld = line
    found = _record(*columns)
    if not withheld:
        return found
    return found._replace(release_id=None, reference=None, address="", text="", restricted=True)


def _record(row: ReplyRow, reference: str | None, staff: StaffRow | None) -> ReplyRecord:
    return ReplyRecord(
        id=row.id,
        release_id=row.release_id,
        reference=reference,
        channel=row.channel,
        sender=recipient_of(row.sender_kind, staff),
        address=row.address,
        text=row.text,
        reading=row.reading,
        outcome=row.outcome,
        received_at=row.received_at,
        read_at=row.read_at,
        read_by=row.read_by,
    )
