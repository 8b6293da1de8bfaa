"""What the dates of one row must say about one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from domain.identifiers import FieldError

ADULT: Final = 18  # The service is for adults (R11).
OLDEST: Final = 110


def date_faults(values: Mapping[str, object], today: date) -> Iterator[FieldError]:
    """Yield what is wrong with the dates; one that could not be read is left out.

    Args:
        values: Attributes of an `ImportRow`, perhaps not all of them.
        today: The London date by which the future is judged.
    """
    born_on, reception_on, scheduled_on = (
        value if isinstance(value := values.get(name), date) else None
        for name in ("born_on", "reception_on", "scheduled_on")
    )
    if reception_on and reception_on > today:
        yield FieldError("reception_date", "The reception date is in the future")
    if reception_on and scheduled_on and scheduled_on < reception_on:
        yield FieldError("release_date", "The release date is before the reception date")
    if born_on and born_on > today:
        yield FieldError("date_of_birth", "The date of birth is in the future")
    elif born_on and scheduled_on:
        age = _age(born_on, scheduled_on)
        if age < ADULT:
            reason = f"The person would be under {ADULT} on release. Only adults can be loaded"
            yield FieldError("date_of_birth", reason)
        if age > OLDEST:
            reason = f"The person would be over {OLDEST} on release. Check the year"
            yield FieldError("date_of_birth", reason)


def _age(born_on: date, on: date) -> int:
    # Somebody born on 29 February turns a year older on 1 March, as the law in England has it.
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
