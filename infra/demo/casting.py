"""Who lives which plot: everybody one that fits, and every plot somebody, the same each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from domain.deciding import NewRelease, start
from domain.errors import Refused
from domain.evolve import replay
from domain.facts import TreatmentPicture
from domain.london_time import london_date, london_instant
from domain.rules import Rules
from infra.demo.case import IMPORTER, Case, chosen
from infra.demo.diary import Diary, Journey
from infra.demo.found import found_by_screening
from infra.demo.plots import PLOTS
from infra.demo.plots.plot import Plot, Prospect
from infra.imports.openings import opening
from infra.imports.rows import ImportRow
from infra.reference_data.reference import ReferenceData

Identify = Callable[[ImportRow], str]
"""Returns the opaque release id of a row."""

_BEGINS_AT: Final = time(9)
_NEWEST_WORK_DAYS: Final = range(13)


class Casting(NamedTuple):
    """One person's part: the row they come from, the plot, and what is asked of the engine."""

    row: ImportRow
    plot: Plot
    journey: Journey


class Stage(NamedTuple):
    """What every journey is told against.

    Attributes:
        now: The aware UTC instant of the demonstration.
        pin: Returns the rules that the engine will pin for a release.
    """

    now: datetime
    pin: Callable[[NewRelease], Rules]
    reference: ReferenceData
    identify: Identify


def cast(rows: Sequence[ImportRow], stage: Stage) -> Iterator[Casting]:
    """Yield everybody's part, in the order of the rows.

    Whoever is released so far ahead that the bank holidays are not published yet is left out.
    """
    told: Counter[str] = Counter()
    neighbour = stage.identify(rows[-1]) if rows else ""
    for row in rows:
        found = found_by_screening(row)
        try:
            plot = _next_plot(_prospect(row, found, stage), told)
            case = _case(row, found, plot.lead_days, stage, neighbour)
        except Refused:
            continue
        told[plot.name] += 1
        neighbour = case.new.release_id
        diary = Diary(case)
        plot.tell(diary)
        yield Casting(row, plot, diary.journey())


def _next_plot(who: Prospect, told: Counter[str]) -> Plot:
    """Return the plot told least often so far; of several, the one that fits the fewest weeks."""
    fitting = (plot for plot in PLOTS if plot.takes(who))
    return min(fitting, key=lambda each: (told[each.name] / each.weight, each.most - each.least))


def _prospect(row: ImportRow, found: TreatmentPicture, stage: Stage) -> Prospect:
    today = london_date(stage.now)
    expected_on = _case(row, found, 0, stage).expected_on
    return Prospect(
        found=found,
        release_type=row.release_type,
        days_left=(expected_on - today).days,
        held_days=(today - row.reception_on).days,
    )


def _case(
    row: ImportRow, found: TreatmentPicture, lead_days: int, stage: Stage, neighbour: str = ""
) -> Case:
    new = opening(row, stage.identify(row), stage.reference)
    began_on = _began_on(row, lead_days, london_date(stage.now))
    began_at = london_instant(began_on, _BEGINS_AT)
    if began_at < stage.now:
        new = new.model_copy(update={"started_at": began_at})
    rules = stage.pin(new)
    release = replay(start(new, IMPORTER, stage.now, rules))
    return Case(
        seed=row.prison_number,
        new=new,
        release=release,
        neighbour=neighbour,
        found=found,
        now=stage.now,
        rules=rules,
        reference=stage.reference,
    )


def _began_on(row: ImportRow, lead_days: int, today: date) -> date:
    """Return when the work began: `lead_days` before the release, or within the last fortnight."""
    began_on = row.scheduled_on - timedelta(days=lead_days)
    if began_on > today and lead_days:
        began_on = today - timedelta(days=chosen(row.prison_number, _NEWEST_WORK_DAYS, "began"))
    return min(max(began_on, row.reception_on + timedelta(days=1)), today)
