"""What is typed about one shift, read into a change of a rota that somebody has looked at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from api.duty_ports import RotaChangedError
from api.pages.forms import FormReader
from api.pages.rotas.moments import is_given, read_moment, typed_moment
from api.pages.rotas.words import short_moment
from api.ports import NotAcceptableError, Services
from domain.duty.posts import Post, Team
from domain.duty.revising import Revision, version_of
from domain.duty.rota import Shift

NOBODY: Final = "nobody"
"""Who comes next when a post is filled no more."""

_FIELDS: Final = {"starts_at": "starts", "ends_at": "ends", "staff": "staff"}
"""The form's field for each of a shift's."""


class Place(NamedTuple):
    """One post of one team.

    Attributes:
        rota: As it stands.
        staff: The ids of who may be put on it.
    """

    team: Team
    post: Post
    rota: Sequence[Shift]
    staff: Collection[str]


def read_shift(form: FormReader, place: Place) -> Shift | None:
    """Return the shift that was typed; None, with what to correct, when there is none."""
    who = form.option("staff", place.staff, "Select who has the shift")
    starts_at = read_moment(form, "starts", "the shift starts")
    given = is_given(form, "ends")
    ends_at = read_moment(form, "ends", "the shift ends") if given else None
    if form.faults or who is None or starts_at is None:
        return None
    return Shift(place.post, place.team, who, starts_at, ends_at)


def read_end(form: FormReader, old: Shift, place: Place) -> Revision | None:
    """Return the end of a shift as a change of the rota: cut short, or gone on by somebody else.

    Whoever takes over stays until the shift was to end anyway.
    """
    ends_at = read_moment(form, "ends", "the shift ends")
    if ends_at is not None:
        _refuse_wrong_end(form, old, ends_at)
    who = form.option("next", (*place.staff, NOBODY), "Select who takes over")
    if form.faults or ends_at is None or who is None:
        return None
    seen = form.typed.get("seen", "")
    if who == NOBODY:
        return Revision(old._replace(ends_at=ends_at), old, seen)
    taken_over = old._replace(staff_id=who, starts_at=ends_at)
    if ends_at == old.ends_at:  # sent twice: it stands there already
        there = (e for e in place.rota if (e.starts_at, e.staff_id) == (ends_at, who))
        taken_over = next(there, taken_over)
    return Revision(taken_over, None, seen)


def _refuse_wrong_end(form: FormReader, old: Shift, ends_at: datetime) -> None:
    if ends_at <= old.starts_at:
        started = short_moment(old.starts_at)
        form.refuse("ends", f"The end must be later than the start, {started}", "day")
    elif old.ends_at is not None and ends_at > old.ends_at:
        planned = short_moment(old.ends_at)
        form.refuse("ends", f"The shift ends before that, {planned}. Enter an earlier time", "day")


async def revise(services: Services, revision: Revision, by: str, form: FormReader) -> bool:
    """Put the change in place; false, with what to correct, when the rules refuse it."""
    try:
        await services.duty.rotas.revise(revision, by)
    except NotAcceptableError as error:
        for each in error.faults:
            field = _FIELDS.get(each.field.rpartition(".")[2], "")
            parts = ("day",) if field in ("starts", "ends") else ()
            form.refuse(field, each.message, *parts)
        return False
    except RotaChangedError:
        return False
    return True


def tell_changes(form: FormReader, rota: Sequence[Shift]) -> str:
    """Return the version of a rota that a form is to be sent with.

    A form that was filled in over another version gets the fault that says so, so that nobody
    saves over what they have not seen.
    """
    version = version_of(rota)
    if form.typed.get("seen", version) != version:
        form.refuse("", RotaChangedError().message)
    return version


def typed_shift(shift: Shift) -> Mapping[str, str]:
    """Return what stands in the form for a shift that is there."""
    return {
        "staff": shift.staff_id,
        **typed_moment("starts", shift.starts_at),
        **typed_moment("ends", shift.ends_at),
    }


def told(shift: Shift, name: str) -> str:
    """Return a shift in a sentence's words: who, from when, until when."""
    ends = short_moment(shift.ends_at) if shift.ends_at else "further notice"
    return f"{name} from {short_moment(shift.starts_at)} until {ends}"
