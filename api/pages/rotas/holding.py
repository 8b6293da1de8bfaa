"""One stretch of a rota in words: who is there, for whom, from when and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.duty_records import Outlook, StaffRecord
from api.pages.places import PlaceNames
from api.pages.rotas.words import WHY_EMPTY, short_day_before, short_moment, team_title, until
from domain.duty.outlook import Stretch
from domain.duty.posts import Team
from domain.duty.rota import OnDuty, Unfilled

NOW: Final = "Now"
"""When what is there already began, for whoever looks ahead."""


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a post through a stretch.

    Attributes:
        who: Their name; empty when nobody is there.
        note: For whom they cover, from which other team they are, or why nobody is there.
        staff: None when nobody is there.
        starts: When that begins, in words.
        until: When it ends.
        reason: Why nobody is there.
    """

    who: str
    note: str
    staff: StaffRecord | None
    starts: str
    until: str
    reason: Unfilled | None


def held_by(stretch: Stretch, looked: Outlook, team: Team, places: PlaceNames) -> Held:
    """Return who holds a post of a team through a stretch of what was looked at."""
    is_now = stretch.starts_at == looked.starts_at
    starts = NOW if is_now else short_moment(stretch.starts_at)
    ends = _until(stretch, looked.ends_at)
    if isinstance(stretch.held, Unfilled):
        note = WHY_EMPTY[stretch.held]
        return Held("", note, None, starts, ends, stretch.held)
    found = looked.staff[stretch.held.staff_id]
    note = ", ".join(_notes(stretch.held, looked, team, places))
    return Held(found.name, note, found, starts, ends, None)


def _notes(held: OnDuty, looked: Outlook, team: Team, places: PlaceNames) -> list[str]:
    notes = []
    if held.covers_for is not None:
        notes.append(f"covers for {looked.staff[held.covers_for].name}")
    if looked.staff[held.staff_id].team != team:
        notes.append(f"of {team_title(looked.staff[held.staff_id].team, places)}")
    return notes


def _until(stretch: Stretch, looked_until: datetime) -> str:
    """Return the end in words; a shift that runs on after what was looked at has its own."""
    if stretch.ends_at is not None and stretch.ends_at < looked_until:
        return until(stretch.ends_at)
    if stretch.shift is not None and stretch.held == OnDuty(stretch.shift.staff_id, None):
        return until(stretch.shift.ends_at)
    return f"at least the end of {short_day_before(looked_until)}"
