"""Bodies of requests: invented people, leaving on days that suit the real clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

from tests.builders import at
from tests.web.service import RELEASES, Caller

_NUMBERS = count(1)


def today() -> date:
    """The day on which the test runs."""
    return datetime.now(UTC).date()


def days(number: int) -> date:
    """A day from today; negative before it."""
    return today() + timedelta(days=number)


def a_body(**changes: object) -> dict[str, object]:
    """The body that starts a release of a new person in twelve weeks."""
    body: dict[str, object] = {
        "prison_number": f"Z{next(_NUMBERS):04d}ZZ",
        "crn": "X123456",
        "forename": "Ada",
        "surname": "Example",
        "date_of_birth": "1990-02-03",
        "sex": "male",
        "ethnicity": "white",
        "prison": "LEI",
        "release_date": days(84).isoformat(),
        "release_type": "conditional",
        "reception_date": days(-1).isoformat(),
        "local_authority": "E06000001",
        "probation_unit": "N54STHA",
        "treatment_group": "opiate",
        "mobile": "07700 900123",
        "release_date_as_given": True,
    }
    return {name: value for name, value in (body | changes).items() if value is not None}


async def started(caller: Caller, **changes: object) -> str:
    """Start a release and return its id."""
    answer = await caller.post(RELEASES, a_body(**changes))
    assert answer.status_code == 201, answer.text
    release_id: str = answer.json()["id"]
    return release_id


def long_under_way(leaves_on: date) -> dict[str, object]:
    """A release whose work began twelve weeks before its day."""
    began_on = leaves_on - timedelta(days=84)
    return {
        "reception_date": began_on.isoformat(),
        "release_date": leaves_on.isoformat(),
        "started_at": at(began_on).isoformat(),
    }
