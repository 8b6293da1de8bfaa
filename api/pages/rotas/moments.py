"""Times of rotas as forms have them: a day and a London clock in, one UTC instant out.

A time that the clocks skip that night is refused; one that happens twice is told apart by BST or
GMT after it, as in the files (docs/rotas.md).
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from api.pages.dates import clock
from api.pages.forms import PARTS, FormReader
from api.pages.rotas.words import is_repeated
from domain.london_time import LONDON, LondonClock, LondonTimeError, london_moment

_CLOCK: Final = re.compile(r"(?P<time>.*?)\s*(?P<clock>bst|gmt)?", re.IGNORECASE | re.DOTALL)


def is_given(form: FormReader, field: str) -> bool:
    """Return whether any part of a time was typed."""
    names = (*(f"{field}-{part}" for part in PARTS), f"{field}_time")
    return any(form.typed.get(each, "").strip() for each in names)


def read_moment(form: FormReader, field: str, what: str) -> datetime | None:
    """Return the instant that was typed; None, with what to correct, when there is none.

    Args:
        form: As it was sent.
        field: The inputs are those of a date called `field`, and `field_time`.
        what: What happens then, within a sentence: "the shift starts".
    """
    on = form.day(field, f"Day on which {what}")
    found = _CLOCK.fullmatch(form.typed.get(f"{field}_time", "").strip())
    told = FormReader({f"{field}_time": found["time"] if found else ""})
    at = told.clock(f"{field}_time", f"Time at which {what}")
    for each in told.faults:
        form.refuse(each.field, each.text)
    if on is None or at is None:
        return None
    told_apart = LondonClock(found["clock"].upper()) if found and found["clock"] else None
    try:
        return london_moment(datetime.combine(on, at), told_apart)
    except LondonTimeError as error:
        form.refuse(f"{field}_time", error.message.removesuffix("."))
        return None


def typed_moment(field: str, at: datetime | None) -> dict[str, str]:
    """Return what stands in the inputs of a time when a form is opened; nothing for None."""
    if at is None:
        return {}
    shown = at.astimezone(LONDON)
    time = clock(shown.time())
    return {
        f"{field}-day": str(shown.day),
        f"{field}-month": str(shown.month),
        f"{field}-year": str(shown.year),
        f"{field}_time": f"{time} {shown.tzname()}" if is_repeated(at) else time,
    }


_STAMP: Final = "%Y%m%dT%H%M%SZ"


def stamp(at: datetime) -> str:
    """Return an instant as addresses hold it: `20261126T080000Z`."""
    return at.strftime(_STAMP)


def read_stamp(text: str) -> datetime | None:
    """Return the UTC instant of an address; None when it is none."""
    try:
        return datetime.strptime(f"{text}+0000", f"{_STAMP}%z")
    except ValueError:
        return None
