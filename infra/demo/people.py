"""The invented people with their dates moved to the present."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from domain.errors import ThroughcareError
from infra.demo.lives import ANCHOR
from infra.demo.make_people import PEOPLE_FILE
from infra.imports.releases import parse_releases
from infra.imports.rows import ImportRow
from infra.reference_data.reference import ReferenceData

_ONE_WEEK: Final = timedelta(weeks=1)


class UnusablePeopleError(ThroughcareError):
    """The file of invented people does not fit the reference data that is installed."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "The invented people do not fit the installed reference data. Use the lists that ship."
        )


def present_people(reference: ReferenceData, today: date) -> tuple[ImportRow, ...]:
    """Return everybody in the file, in its order, with custody moved by whole weeks.

    The day the file is laid around becomes the last such weekday up to `today`, so that weekends
    stay weekends and nobody is received in the future. Birthdays stay where they are.

    Raises:
        UnusablePeopleError: A row does not fit the lists.
    """
    shift = (today - ANCHOR) // _ONE_WEEK * _ONE_WEEK
    with PEOPLE_FILE.open("rb") as stream:
        result = parse_releases(stream, reference, today=ANCHOR)
    if result.problems:
        raise UnusablePeopleError
    return tuple(_moved(row, shift) for row in result.rows)


def _moved(row: ImportRow, shift: timedelta) -> ImportRow:
    custody = {
        "reception_on": row.reception_on + shift,
        "scheduled_on": row.scheduled_on + shift,
    }
    return row.model_copy(update=custody)
