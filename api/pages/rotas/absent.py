"""Absences of a team as its page lists them, and what is typed about one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.duty_ports import AbsenceChangedError
from api.duty_records import AwayRecord
from api.pages.forms import FormReader
from api.pages.rotas.moments import is_given, read_moment, stamp
from api.pages.rotas.words import address_of, short_moment, team_title, until
from api.ports import NotAcceptableError, Services
from api.teams import NOBODY
from domain.duty.posts import Team
from domain.duty.revising import AbsenceRevision, version_of_absence
from domain.duty.rota import Absence

_THERE_ALREADY: Final = (
    "An absence of theirs that starts then is recorded already. Change that one on the page of "
    "the team instead"
)
_FIELDS: Final = {"starts_at": "starts", "ends_at": "ends", "cover": "cover"}


@dataclass(frozen=True, slots=True)
class AwayView:
    """One absence.

    Attributes:
        cover: Who covers; empty when nobody does.
        is_running: It has begun, so that it can be ended and no longer be taken back.
        href: Where it is changed, without the last part; empty when the reader may not.
        version: What taking it back is sent with.
    """

    name: str
    starts: str
    until: str
    cover: str
    is_running: bool
    href: str
    version: str


def away_of(record: AwayRecord, team: Team, services: Services, *, may_change: bool) -> AwayView:
    """Return an absence as a line of its team's page."""
    href = f"{address_of(team)}/absence/{record.staff.id}/{stamp(record.starts_at)}"
    return AwayView(
        name=record.staff.name,
        starts=short_moment(record.starts_at),
        until=until(record.ends_at),
        cover=_cover(record, team, services),
        is_running=record.starts_at <= services.now(),
        href=href if may_change else "",
        version=version_of_record(record),
    )


def _cover(record: AwayRecord, team: Team, services: Services) -> str:
    if record.cover is None:
        return ""
    if record.cover.team == team:
        return record.cover.name
    return f"{record.cover.name}, {team_title(record.cover.team, services.place_names)}"


async def read_absence(
    services: Services, form: FormReader, team: Collection[str], known: AwayRecord | None = None
) -> Absence | None:
    """Return the absence that was typed; None, with what to correct, when there is none.

    Args:
        services: The ports.
        form: As it was sent.
        team: The ids of who works in the team.
        known: The absence that is being changed: who and from when stay.
    """
    if known is None:
        who = form.option("staff", team, "Select who is away")
        starts_at = read_moment(form, "starts", "the absence starts")
    else:
        who, starts_at = known.staff.id, known.starts_at
    given = is_given(form, "ends")
    ends_at = read_moment(form, "ends", "the absence ends") if given else None
    cover = await _read_cover(services, form, team)
    if form.faults or who is None or starts_at is None:
        return None
    return Absence(who, starts_at, ends_at, cover)


async def _read_cover(services: Services, form: FormReader, team: Collection[str]) -> str | None:
    """Return who covers: somebody of the team or, by reference, of any other."""
    chosen = form.option("cover", team)
    reference = form.line("cover_reference")
    if reference is None:
        return chosen
    found = await services.duty.staff.known_as(reference)
    if found is None or found.left_at is not None:
        form.refuse("cover_reference", NOBODY.replace("id", "reference"))
        return None
    return found.id


async def put_absence(
    services: Services, absence: Absence, by: str, form: FormReader, known: AwayRecord | None
) -> bool:
    """Record an absence; false, with what to correct, when it changed or the rules refuse it."""
    seen = form.typed.get("seen", "") if known else ""
    revision = AbsenceRevision(absence.staff_id, absence.starts_at, absence, seen)
    try:
        await services.duty.staff.revise_absence(revision, by)
    except AbsenceChangedError as error:
        if known:
            form.refuse("", error.message)
        else:
            form.refuse("starts", _THERE_ALREADY, "day")
        return False
    except NotAcceptableError as error:
        for each in error.faults:
            field = _FIELDS.get(each.field.rpartition(".")[2], "")
            is_day = field in ("starts", "ends")
            form.refuse(field if is_typed(field, form) else "", each.message, *_parts(is_day))
        return False
    return True


def tell_change(form: FormReader, known: AwayRecord) -> str:
    """Return what the form about a recorded absence is to be sent with.

    A form that was filled in over another state of it gets the fault that says so.
    """
    version = version_of_record(known)
    message = AbsenceChangedError().message
    is_told = any(each.text == message for each in form.faults)
    if form.typed.get("seen", version) != version and not is_told:
        form.refuse("", message)
    return version


def version_of_record(record: AwayRecord) -> str:
    """Return what a form about a recorded absence is to be sent with."""
    cover = record.cover.id if record.cover else None
    return version_of_absence(Absence(record.staff.id, record.starts_at, record.ends_at, cover))


def told(record: AwayRecord, team: Team, services: Services) -> str:
    """Return a recorded absence as a sentence without its stop."""
    cover = _cover(record, team, services)
    covered = f"covered by {cover}" if cover else "and nobody covers"
    times = f"{short_moment(record.starts_at)} {ends_in_words(record.ends_at)}"
    return f"{record.staff.name} is away from {times}, {covered}"


def is_typed(field: str, form: FormReader) -> bool:
    """Return whether the form has a field."""
    return field in form.typed or f"{field}-day" in form.typed


def _parts(is_day: bool) -> tuple[str, ...]:  # noqa: FBT001 - of one field
    return ("day",) if is_day else ()


def ends_in_words(ends_at: datetime | None) -> str:
    """Return until when somebody is away, to go on a sentence with."""
    return f"until {short_moment(ends_at)}" if ends_at else "until further notice"
