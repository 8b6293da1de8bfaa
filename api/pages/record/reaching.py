"""How the person themselves may be reached by phone, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from api.message_records import DecisionRecord, TextingRecord
from api.pages.dates import instant
from api.pages.happenings import ANOTHER_SYSTEM
from api.pages.messages.words import HAPPENED
from api.pages.phones import spaced
from api.pages.record.contacts import Contact, Naming
from api.pages.record.story import Told
from api.pages.viewing import PHONE_DEED
from api.ports import Services
from api.records import Person
from domain.state import Release
from notifications.catalogue import Language
from notifications.trail import RECORDED, Happened

NOT_ASKED: Final = "Not asked yet"
NOT_SAFE: Final = "Not safe to call or text: somebody who may see the phone is a danger to them"
LANGUAGES: Final = {Language.ENGLISH: "English", Language.WELSH: "Welsh"}
CHANGES: Final = {f"{PHONE_DEED}{each}": HAPPENED[each] for each in RECORDED}
"""What was recorded, as the audit search tells it."""

STOPPED: Final = (
    "They replied STOP. Nobody here can take that back: they text START from their own phone."
)


def person_card(
    person: Person | None,
    shown: Release,
    texting: TextingRecord | None,
    names: Mapping[str, str],
    *,
    may_ask: bool,
) -> Contact:
    """Return the card of the person a release is about.

    Args:
        person: None while nobody knows who it is.
        shown: The release as the reader may see it.
        texting: What the person said about their phone; None while nobody knows who it is.
        names: Of the accounts that recorded it.
        may_ask: Whether the reader records what the person says.
    """
    if person is None:
        return Contact("The person", (("Name", "Not yet known"),))
    rows = [
        ("Name", f"{person.forename} {person.surname}"),
        ("Mobile", spaced(person.mobile) if person.mobile else "No number is recorded"),
        *(choices_of(texting, names) if texting else ()),
        ("Case reference number", person.crn or "Not recorded"),
    ]
    if shown.in_hospital:
        rows.append(("Where", "In hospital"))
    href = f"/cases/{shown.release_id}/phone"
    naming = Naming(href, "Change", "what they said about their phone")
    return Contact("The person", tuple(rows), naming=naming if may_ask and texting else None)


def choices_of(texting: TextingRecord, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what the person said about texts and calls, and who recorded it."""
    yield "May we text?", _may_text(texting)
    yield "Safe to call?", _is_safe(texting)
    if texting.recorded_at is not None:
        who = names.get(texting.recorded_by or "", ANOTHER_SYSTEM)
        yield "Asked", f"By {who}, {instant(texting.recorded_at)}"


def _may_text(texting: TextingRecord) -> str:
    if texting.opted_out:
        return f"No. {STOPPED}"
    if texting.recorded_at is None:
        return NOT_ASKED
    if not texting.agreed:
        return "No"
    why_none = _sent_none(texting)
    return f"They agree, but {why_none}" if why_none else f"Yes, in {LANGUAGES[texting.language]}"


def _sent_none(texting: TextingRecord) -> str | None:
    """Return why somebody who agreed is not texted; None when they are."""
    if texting.at_risk:
        return "nothing is sent while the phone is not safe"
    if texting.mobile is None:
        return "no number is known"
    if texting.unusable_since is not None:
        return "texts do not reach this number. Ask for another one"
    return None


def _is_safe(texting: TextingRecord) -> str:
    if texting.at_risk:
        return NOT_SAFE
    return NOT_ASKED if texting.recorded_at is None else "Yes"


async def choices_about(services: Services, release_id: str) -> list[DecisionRecord]:
    """Return what anybody recorded of the person's phone on a release, the oldest first."""
    decisions = await services.desk.messages.trail(release_id, ())
    return [each for each in decisions if each.what in RECORDED]


def told_choices(decisions: Iterable[DecisionRecord], names: Mapping[str, str]) -> list[Told]:
    """Return what was recorded of the person's phone as entries of a history, in order.

    Args:
        decisions: Of the trail of messages, each recorded by somebody.
        names: Of the accounts that recorded them.
    """
    return [
        Told(
            what=HAPPENED[Happened(each.what)],
            step=None,
            who=names.get(each.why or "", ANOTHER_SYSTEM),
            at=each.at,
            on=None,
            lines=(),
        )
        for each in decisions
    ]
