"""Restrictions as the service owner reads them, and what keeps one from leaving work undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from api.pages.accounts import Account
from api.pages.forms import FormReader
from api.pages.roles import ROLES
from api.ports import Services
from api.restriction_ports import Reader, RestrictionRecord, RestrictionWanted
from domain.access import may_read
from domain.access_restriction import RestrictionChange, RestrictionReason, out_of_reach
from domain.journey import DEFINITIONS
from domain.london_time import london_date

REASONS: Final = {
    RestrictionReason.RELATIVE_OF_STAFF: "A relative or friend of a member of staff",
    RestrictionReason.MEMBER_OF_STAFF: "Works or worked in one of the services",
    RestrictionReason.PERSON_AT_RISK: "In danger if the wrong person learns of it",
    RestrictionReason.WIDELY_KNOWN: "Known to the public",
}
CHANGES: Final[dict[str, str]] = {
    RestrictionChange.RESTRICTED: "Access restricted",
    RestrictionChange.LIFTED: "Restriction of access lifted",
}


@dataclass(frozen=True)
class Line:
    """One restriction in the list.

    Attributes:
        alarm: Why work on it would lie undone, and what to do; None while somebody can do it.
    """

    release_id: str
    reference: str
    reason: str
    since: datetime
    readers: tuple[str, ...]
    alarm: str | None


async def lines_of(services: Services) -> list[Line]:
    """Return every restriction in force, those with an alarm first."""
    today = london_date(services.now())
    lines = [_line(each, today) for each in await services.restrictions.listed()]
    return sorted(lines, key=lambda each: each.alarm is None)


def _line(record: RestrictionRecord, today: date) -> Line:
    return Line(
        release_id=record.release_id,
        reference=record.reference,
        reason=REASONS[record.reason],
        since=record.since,
        readers=tuple(_reader(each) for each in record.readers),
        alarm=_alarm(record, today),
    )


def _reader(reader: Reader) -> str:
    words = f"{reader.account.name}, {ROLES[reader.account.role].lower()}"
    return f"{words} (switched off)" if reader.is_disabled else words


def _alarm(record: RestrictionRecord, today: date) -> str | None:
    """A release that is closed needs nobody."""
    active = [each.account.subject for each in record.readers if not each.is_disabled]
    for release in record.releases:
        if not any(may_read(each, release, today) for each in active):
            return "Nobody who is named can open it now. Name somebody of its teams today."
        if steps := out_of_reach(release, active, today):
            named = ", ".join(DEFINITIONS[each].title for each in steps)
            told = f"Nobody who is named can act on its escalation: {named}."
            return f"{told} Name somebody of that team today."
    return None


async def read_wanted(
    services: Services, form: FormReader, by: Account
) -> RestrictionWanted | None:
    """Return the restriction that a form asks for; None with its faults noted."""
    reference = form.line("reference", "Enter the reference of the record")
    reason = form.choice("reason", RestrictionReason, "Select why it is restricted")
    release_id = await _release(services, form, reference) if reference else None
    readers = await _readers(services, form, release_id)
    if form.faults or reason is None or release_id is None:
        return None
    return RestrictionWanted(release_id, reason, readers, by.subject.id)


async def _release(services: Services, form: FormReader, reference: str) -> str | None:
    found = await services.restrictions.release_of(reference)
    if found is None:
        form.refuse("reference", "There is no record with this reference. Check it with the team")
    return found


async def _readers(services: Services, form: FormReader, release_id: str | None) -> frozenset[str]:
    """Return the accounts that were named, each of which must be able to open the record."""
    text = form.text("readers", "Enter the username of at least one person who may open it") or ""
    names = {each.strip().casefold() for each in text.splitlines() if each.strip()}
    known = await services.restrictions.accounts(frozenset(names)) if names else {}
    if unknown := sorted(names - set(known)):
        form.refuse("readers", f"No account is switched on with the username {unknown[0]}")
    release = await services.reads.state(release_id) if release_id else None
    today = london_date(services.now())
    for name, account in sorted(known.items()):
        if release is not None and not may_read(account.subject, release, today):
            form.refuse("readers", f"{name} does not work with this record. Name somebody who does")
    return frozenset(each.subject.id for each in known.values())
