"""Plays invented journeys through the rules alone: no server, no database, a clock that stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from domain.deciding import decide, start
from domain.errors import Refused
from domain.events import Event
from domain.evolve import evolve, replay
from domain.falling_due import fall_due
from domain.london_time import london_date, london_instant
from domain.rules import Rules
from domain.state import Release
from infra.demo.case import IMPORTER
from infra.demo.casting import Casting, Stage, cast
from infra.demo.people import present_people
from infra.engine.pinning import pinned
from infra.imports.rows import ImportRow
from infra.policies.rules import default_rules
from infra.reference_data.loading import load_reference_data

REFERENCE = load_reference_data()
RULES = default_rules(REFERENCE)


AUTUMN_WEDNESDAY = london_instant(date(2027, 10, 27), time(11))


@dataclass(frozen=True)
class Played:
    """One journey as it came out."""

    casting: Casting
    release: Release
    events: tuple[Event, ...]
    rules: Rules


@dataclass(frozen=True)
class Show:
    """All journeys of one day; `refused` names the plots of those that were refused, and why."""

    now: datetime
    played: tuple[Played, ...]
    refused: tuple[str, ...]

    def of(self, plot: str) -> tuple[Played, ...]:
        return tuple(each for each in self.played if each.casting.plot.name == plot)


def stage(now: datetime) -> Stage:
    return Stage(now, lambda new: pinned(RULES, new), REFERENCE, opaque)


def opaque(row: ImportRow) -> str:
    return f"release-{row.line}"


def castings(now: datetime) -> list[Casting]:
    return list(cast(present_people(REFERENCE, london_date(now)), stage(now)))


@cache
def play(now: datetime) -> Show:
    played: list[Played] = []
    refused: list[str] = []
    for casting in castings(now):
        try:
            played.append(_play(casting, now))
        except Refused as refusal:
            refused.append(f"{casting.plot.name}: {refusal.code}")
    return Show(now, tuple(played), tuple(refused))


def _play(casting: Casting, now: datetime) -> Played:
    """Begin, let fall due, then submit the rest: the order in which a workflow does it."""
    journey = casting.journey
    rules = pinned(RULES, journey.new)
    events = [*start(journey.new, IMPORTER, now, rules)]
    release = replay(events)

    def tell(more: tuple[Event, ...]) -> None:
        nonlocal release
        for event in more:
            release = evolve(release, event)
        events.extend(more)

    if journey.with_start:
        tell(decide(release, journey.with_start, now, rules))
    tell(fall_due(release, now, rules))
    for each in journey.afterwards:
        tell(decide(release, each, now, rules))
    return Played(casting, release, tuple(events), rules)
