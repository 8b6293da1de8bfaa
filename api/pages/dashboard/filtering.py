"""What there is to choose on the dashboard, as the lists of its form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from api.pages.dashboard.choices import Choices
from api.pages.dashboard.group_names import choices_of, group_name
from api.pages.dashboard.groups import CUTS
from api.pages.places import Place, PlaceNames
from domain.codes import Nation
from domain.measures.cuts import NOT_RECORDED, Cut
from domain.measures.periods import PeriodKind, shift

VINTAGES: Final = 12
"""How many ends of months are offered to see figures as they were known then."""

NATIONS: Final = {Nation.ENGLAND: "England", Nation.WALES: "Wales"}
KINDS: Final = {
    PeriodKind.MONTH: "Month",
    PeriodKind.QUARTER: "Quarter",
    PeriodKind.YEAR: "Rolling year",
}
EVERY: Final = {
    Cut.PRISON: "All prisons",
    Cut.PROBATION_REGION: "All regions",
    Cut.SUBSTANCE_GROUP: "All groups",
    Cut.SEX: "Everybody",
    Cut.AGE_BAND: "All ages",
    Cut.ETHNICITY: "Everybody",
}
"""What stands for all groups of a cut in its list."""


class Option(NamedTuple):
    """One line of a list, as the macro of the design system wants it."""

    value: str
    text: str
    selected: bool


class Filters(NamedTuple):
    """Every list of the form; an empty one is not shown."""

    nation: tuple[Option, ...]
    per: tuple[Option, ...]
    by: tuple[Option, ...]
    area: tuple[Option, ...]
    prison: tuple[Option, ...]
    region: tuple[Option, ...]
    group: tuple[Option, ...]
    sex: tuple[Option, ...]
    age: tuple[Option, ...]
    ethnicity: tuple[Option, ...]
    known: tuple[Option, ...]


def filters_of(
    choices: Choices, places: PlaceNames, areas: frozenset[str] | None, today: date
) -> Filters:
    """Return the lists with what is chosen.

    Args:
        choices: What is chosen.
        places: What places are called.
        areas: The local authorities of a commissioner, None for all of them.
        today: The London day, for the vintages.
    """
    is_area = choices.area is not None
    kinds = {kind: text for kind, text in KINDS.items() if _is_published(kind, choices)}
    return Filters(
        nation=() if is_area else _options(NATIONS.items(), choices.nation),
        per=_options(kinds.items(), choices.line_by),
        by=_options(((each, CUTS[each]) for each in choices.cuts), choices.cut),
        area=_areas(choices, places.local_authorities(), areas),
        prison=() if is_area else _one(Cut.PRISON, places.prisons(), choices),
        region=() if is_area else _one(Cut.PROBATION_REGION, _regions(places), choices),
        group=_one(Cut.SUBSTANCE_GROUP, choices_of(Cut.SUBSTANCE_GROUP), choices),
        sex=_one(Cut.SEX, choices_of(Cut.SEX), choices),
        age=_one(Cut.AGE_BAND, choices_of(Cut.AGE_BAND), choices),
        ethnicity=_one(Cut.ETHNICITY, choices_of(Cut.ETHNICITY), choices),
        known=_or_all(
            "Now", _vintages(today), choices.known.isoformat() if choices.known else None
        ),
    )


def _is_published(kind: PeriodKind, choices: Choices) -> bool:
    """Months are published of a whole nation only, quarters not of a group of an area."""
    if choices.area and choices.narrowed:
        return kind is PeriodKind.YEAR
    return kind is not PeriodKind.MONTH or choices.is_whole


def chosen_in_words(choices: Choices, places: PlaceNames) -> tuple[str, ...]:
    """Return what figures are narrowed to besides a nation and an area, as people read it."""
    named = {
        Cut.PRISON: lambda code: f"released from {places.prison(code)}",
        Cut.PROBATION_REGION: lambda code: f"probation region {_region(places, code)}",
    }
    return tuple(
        named[cut](key) if cut in named else f"{CUTS[cut].lower()}: {group_name(cut, key).lower()}"
        for cut, key in choices.narrowed.items()
    )


def _region(places: PlaceNames, code: str) -> str:
    return "not recorded" if code == NOT_RECORDED else places.probation_region(code)


def _regions(places: PlaceNames) -> list[tuple[str, str]]:
    return [*places.probation_regions(), (NOT_RECORDED, "Not recorded")]


def _one(cut: Cut, groups: Iterable[tuple[str, str]], choices: Choices) -> tuple[Option, ...]:
    return _or_all(EVERY[cut], groups, choices.narrowed.get(cut))


def _areas(
    choices: Choices, every: Iterable[Place], own: frozenset[str] | None
) -> tuple[Option, ...]:
    is_welsh = choices.nation is Nation.WALES
    found = [
        each
        for each in every
        if each.code.startswith("W") == is_welsh and (own is None or each.code in own)
    ]
    whole = "All of Wales" if is_welsh else "All of England"
    return _or_all(whole, found, choices.area) if found else ()


def _vintages(today: date) -> list[tuple[str, str]]:
    ends = [shift(today.replace(day=1), -n) - timedelta(days=1) for n in range(VINTAGES)]
    return [(each.isoformat(), f"End of {each:%B} {each.year}") for each in ends]


def _options(pairs: Iterable[tuple[str, str]], chosen: str | None) -> tuple[Option, ...]:
    return tuple(Option(str(value), text, value == chosen) for value, text in pairs)


def _or_all(every: str, pairs: Iterable[tuple[str, str]], chosen: str | None) -> tuple[Option, ...]:
    return (Option("", every, chosen is None), *_options(pairs, chosen))
