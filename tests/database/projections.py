"""Journeys as the projections that their workflow would send."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from activities.contracts import Projection
from domain.commands import Command
from infra.database.engine import Database
from infra.database.read_model import SqlReadModel
from notifications.notices import Notice, notices
from tests.builders import Journey, sittings, the_rules
from workflows.due_list import due_list

AUDIT_KEY = b"an audit key for tests, 32 bytes"
LEAVES_ON = date(2026, 12, 1)


class Ticking:
    """A clock that moves on by a second whenever it is read."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def a_read_model(database: Database) -> SqlReadModel:
    """A read model with the test key and a clock of its own."""
    return SqlReadModel(database, AUDIT_KEY, Ticking())


def a_projection(journey: Journey, after: int = 0, run: int = 1) -> Projection:
    """What the workflow would write now, with every event after number `after`."""
    return Projection(
        release=journey.state,
        events=tuple(each for each in journey.events if each.seq > after),
        due=due_list(journey.state, journey.rules),
        run=run,
    )


def notices_of(projection: Projection) -> tuple[Notice, ...]:
    """The notices that the projection's events give reason to."""
    return notices(projection.release, projection.events, the_rules().policy)


def project(read_model: SqlReadModel, journey: Journey, after: int = 0) -> tuple[str, ...]:
    """Write where the journey stands, as the projector does."""
    projection = a_projection(journey, after)
    return read_model.project(projection, notices_of(projection))


def drive(journey: Journey, sitting: int | None = None) -> list[Projection]:
    """Hold the first sittings of the journey in which nothing lapses; one projection for each."""
    found = [a_projection(journey)]
    for when, commands in sittings(LEAVES_ON)[:sitting]:
        seq = journey.state.seq
        journey.wait_until(when)
        journey.submit(*commands)
        found.append(a_projection(journey, seq))
    return found


def submit(journey: Journey, *commands: Command) -> Projection:
    """Submit, and return the projection of what came of it."""
    seq = journey.state.seq
    journey.submit(*commands)
    return a_projection(journey, seq)
