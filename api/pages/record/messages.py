"""The messages about a release as entries of its history; their words are on their own pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from api.filters import MessageFilter, PageOf
from api.message_records import MessageRecord
from api.pages.accounts import Account
from api.pages.messages.listing import line_of
from api.pages.places import PlaceNames
from api.pages.record.story import Told
from api.ports import Services
from domain.access_messages import message_scope_of
from domain.london_time import london_date

MOST: Final = 2_000
"""The newest; more than all but a few releases have."""


async def messages_of(
    services: Services, account: Account, release_id: str
) -> Sequence[MessageRecord]:
    """Return the messages about a release, the newest first."""
    scope = message_scope_of(account.subject, london_date(services.now()))
    wanted = MessageFilter(release_id=release_id)
    found = await services.desk.messages.page(wanted, scope, PageOf(size=MOST))
    return sorted(found.rows, key=moment_of, reverse=True)


def moment_of(message: MessageRecord) -> datetime:
    """Return when a message went or was decided against; until then when it was written."""
    return message.sent_at or message.over_at or message.created_at


def told_message(message: MessageRecord, places: PlaceNames) -> Told:
    """Return a message as an entry."""
    line = line_of(message, places)
    return Told(
        what=f"{line.channel}: {line.title[:1].lower()}{line.title[1:]}",
        step=None,
        who="the service",
        at=moment_of(message),
        on=None,
        lines=(("To", line.recipient), ("How it stands", line.stands)),
        href=line.href,
    )
