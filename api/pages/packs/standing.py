"""Where the pack stands: who has acknowledged it, what is missing, what changed since it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.pages.accounts import Account
from api.pages.happenings import Happening, happenings
from api.pages.packs.papers import TITLES, Document
from api.pages.roles import ROLES
from api.ports import Services
from api.records import RecordedEvent
from domain.access import may_command, scope_of
from domain.access_denials import NotPermitted
from domain.access_detail import redacted_event
from domain.access_table import PARTIES as PARTY_OF
from domain.codes import HandoverParty
from domain.commands import AcknowledgeHandover, Command, SendHandover
from domain.events import EventKind
from domain.handover_pack import PARTY_EDITIONS, makes_pack_old, missing_from
from domain.journey import DEFINITIONS
from domain.london_time import london_date
from domain.state import Release

PARTIES: Final = {
    HandoverParty.PRISON_DRUG_SERVICE: "Prison drug service",
    HandoverParty.PRISON_RESETTLEMENT: "Prison resettlement",
    HandoverParty.COMMUNITY_DRUG_SERVICE: "Community drug service",
    HandoverParty.PROBATION: "Probation",
}
"""The four parties in words, in the order of the journey."""

MOST_EVENTS: Final = 2000
"""Far more than a whole journey has; the pack is sent in the middle of one."""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One of the four parties; `acknowledged_on` is None while nobody there has answered."""

    name: str
    document: str
    acknowledged_on: date | None


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A step that the pack waits for, and who works it."""

    code: str
    title: str
    owner: str


def party_rows(release: Release) -> list[PartyRow]:
    """Return the four parties, each with the version it receives."""
    acknowledged = release.handover.acknowledged if release.handover else {}
    return [
        PartyRow(
            name=name,
            document=TITLES[Document(PARTY_EDITIONS[party].value)].partition(": ")[2].capitalize(),
            acknowledged_on=acknowledged.get(party),
        )
        for party, name in PARTIES.items()
    ]


def missing_rows(release: Release) -> list[MissingRow]:
    """Return what the pack waits for, in the order of the journey."""
    return [
        MissingRow(step.value, DEFINITIONS[step].title, ROLES[DEFINITIONS[step].owner])
        for step in missing_from(release)
    ]


async def changed_since(
    services: Services, account: Account, release: Release
) -> Sequence[Happening]:
    """Return what was recorded since the pack was last sent that may make it old."""
    if release.handover is None:
        return ()
    scope = scope_of(account.subject, london_date(services.now()))
    events = await services.reads.events(release.release_id, scope, 0, MOST_EVENTS) or ()
    later = [each for each in _since_sending(events) if makes_pack_old(each.event.kind)]
    return await happenings(
        services,
        [
            RecordedEvent(redacted_event(each.event, account.role), each.recorded_at)
            for each in later
        ],
    )


def _since_sending(events: Sequence[RecordedEvent]) -> Sequence[RecordedEvent]:
    sent = [n for n, each in enumerate(events) if each.event.kind is EventKind.HANDOVER_SENT]
    return events[sent[-1] + 1 :] if sent else ()


def may_send(account: Account, release: Release, today: date) -> bool:
    """Return whether the account may send the pack of this release now."""
    return release.is_open and _may(account, sending(release, today), release, today)


def party_to_answer(account: Account, release: Release, today: date) -> HandoverParty | None:
    """Return the party that the account can acknowledge for; None when there is nothing to."""
    party = PARTY_OF.get(account.role)
    handover = release.handover
    if party is None or handover is None or party in handover.acknowledged or not release.is_open:
        return None
    asked = AcknowledgeHandover(on=today, party=party)
    return party if _may(account, asked, release, today) else None


def sending(release: Release, on: date) -> SendHandover:
    """Return the command that sends the pack as it stands; its code is the record's version."""
    return SendHandover(on=on, pack=f"v{release.seq}")


def _may(account: Account, command: Command, release: Release, today: date) -> bool:
    try:
        may_command(account.subject, command, release, today)
    except NotPermitted:
        return False
    return True
