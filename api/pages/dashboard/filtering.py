"""What there is to choose on the dashboard, as the lists of its form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from api.pages.dashboard.choices import Choices
from api.pages.dashboard.groups import CUTS
from api.pages.places import Place, PlaceNames
from domain.codes import Nation, SubstanceGroup
from domain.measures.periods import PeriodKind, shift

VINTAGES: Final = 12
"""How many ends of months are offered to see figures as they were known then."""

NATIONS: Final = {Nation.ENGLAND: "England", Nation.WALES: "Wales"}
KINDS: Final = {
    PeriodKind.MONTH: "Month",
    PeriodKind.QUARTER: "Quarter",
    PeriodKind.YEAR: "Rolling year",
}
SUBSTANCES: Final = {
    SubstanceGroup.OPIATE: "Opiate",
    SubstanceGroup.NON_OPIATE_ONLY: "Non-opiate only",
    SubstanceGroup.NON_OPIATE_AND_ALCOHOL: "Non-opiate and alcohol",
    SubstanceGroup.ALCOHOL_ONLY: "Alcohol only",
}


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
    group: tuple[Option, ...]
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
        per=_options(kinds.items(), choices.per),
        by=_options(((each, CUTS[each]) for each in choices.cuts), choices.cut),
        area=_areas(choices, places.local_authorities(), areas),
        prison=() if is_area else _or_all("All prisons", places.prisons(), choices.prison),
        group=() if is_area else _or_all("All groups", SUBSTANCES.items(), choices.group),
        known=_or_all(
            "Now", _vintages(today), choices.known.isoformat() if choices.known else None
        ),
    )


def _is_published(kind: PeriodKind, choices: Choices) -> bool:
    """Months are published of a whole nation only."""
    return kind is not PeriodKind.MONTH or not (choices.area or choices.prison or choices.group)


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
