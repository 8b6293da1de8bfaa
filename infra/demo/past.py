"""Invented past releases, as many as asked for and the same each time.

Their rates rise over the years roughly as the published ones did and differ between areas, so that
charts and comparisons have something to show. Nobody in them exists.
"""

from __future__ import annotations

import csv
import random
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from operator import attrgetter
from typing import Any, Final, TextIO

from domain.codes import EthnicityGroup, Nation, Sex, SubstanceGroup, TreatmentNeed
from domain.facts import RetentionOutcome
from infra.measures.backfill.columns import COLUMNS, parsers_for
from infra.measures.backfill.rows import PastRelease
from infra.reference_data.reference import ReferenceData

# Shares of people in prison treatment, 2019-20: 52, 19, 19 and 10 of 100 (S-001 1.2).
_GROUPS: Final = (
    *(SubstanceGroup.OPIATE,) * 52,
    *(SubstanceGroup.NON_OPIATE_ONLY,) * 19,
    *(SubstanceGroup.NON_OPIATE_AND_ALCOHOL,) * 19,
    *(SubstanceGroup.ALCOHOL_ONLY,) * 10,
)
_ETHNICITIES: Final = (
    *(EthnicityGroup.WHITE,) * 72,
    *(EthnicityGroup.BLACK,) * 12,
    *(EthnicityGroup.ASIAN,) * 8,
    *(EthnicityGroup.MIXED,) * 5,
    *(EthnicityGroup.OTHER, EthnicityGroup.NOT_STATED, EthnicityGroup.NOT_STATED),
)
_OUTCOMES: Final = (
    *(RetentionOutcome.IN_TREATMENT,) * 29,
    *(RetentionOutcome.LEFT_TREATMENT_COMPLETE,) * 6,
    *(RetentionOutcome.LEFT_EARLY,) * 65,
)
"""Of those who start, about 35 in 100 are retained (S-001 5.4: 12 of 34)."""

_FIRST_RATE, _LAST_RATE = 0.30, 0.54
"""The published rates of 2015-16 and of June 2025 (rules R1, PQ-70853)."""

_WOMEN: Final = 0.09
_REFERRED: Final = 0.82
_START_LATE: Final = 0.08
_RETURN: Final = 0.07
_DIE: Final = 0.01


@dataclass(frozen=True)
class _Place:
    """A local authority, the prisons its people come from and how well it picks them up."""

    authority: str
    units: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    difference: float


class PastReleases:
    """A source of invented past releases between two days, of the areas given."""

    def __init__(
        self,
        reference: ReferenceData,
        first: date,
        last: date,
        areas: Sequence[str] = (),
        seed: int = 2026,
    ) -> None:
        """Draw from `seed`; without `areas` from every local authority, large ones more often."""
        self._random = random.Random(seed)
        self._first, self._days = first, (last - first).days + 1
        self._last = last
        wanted = [*areas] or sorted(reference.local_authorities.entries)
        self._places = [_place(reference, each, self._random) for each in wanted]
        sizes = (self._random.paretovariate(1.6) for _ in wanted)
        self._weights = list(accumulate(min(each, 12.0) for each in sizes))

    def draw(self, count: int) -> Iterator[PastRelease]:
        """Yield `count` releases in no order; each of another person."""
        for number in range(count):
            yield PastRelease.model_construct(line=number + 2, **self._facts(number))

    def _facts(self, number: int) -> dict[str, Any]:
        rng = self._random
        place = self._places[bisect(self._weights, rng.random() * self._weights[-1])]
        sex = Sex.FEMALE if rng.random() < _WOMEN else Sex.MALE
        left_on = self._first + timedelta(days=rng.randrange(self._days))
        return {
            "prison_number": _prison_number(number),
            "reception_on": left_on - timedelta(days=rng.randint(14, 900)),
            "left_on": left_on,
            "prison": rng.choice(place.women if sex is Sex.FEMALE else place.men),
            "local_authority": place.authority,
            "probation_unit": rng.choice(place.units),
            "treatment_need": TreatmentNeed.NEEDED,
            "treatment_group": rng.choice(_GROUPS),
            "sex": sex,
            "ethnicity": rng.choice(_ETHNICITIES),
            "born_on": left_on - timedelta(days=round(rng.triangular(18.5, 68, 35) * 365.25)),
            **self._outcome(left_on, place),
        }

    def _outcome(self, left_on: date, place: _Place) -> dict[str, Any]:
        rng = self._random
        after: dict[str, Any] = dict.fromkeys(
            ("referred_on", "treatment_started_on", "retention_outcome", "died_on", "returned_on")
        )
        if rng.random() < _REFERRED:
            after["referred_on"] = left_on - timedelta(days=rng.randint(3, 13))
        share = (left_on - self._first).days / self._days
        rate = _FIRST_RATE + (_LAST_RATE - _FIRST_RATE) * share + place.difference
        chance = rng.random()
        if chance < rate:
            self._start(after, left_on + timedelta(days=int(rng.triangular(0, 21, 4))))
        elif chance < rate + _START_LATE:
            self._start(after, left_on + timedelta(days=rng.randint(22, 120)))
        elif chance > 1 - _RETURN:
            after["returned_on"] = self._past(left_on + timedelta(days=rng.randint(1, 60)))
        elif chance > 1 - _RETURN - _DIE:
            after["died_on"] = self._past(left_on + timedelta(days=rng.randint(1, 60)))
        return after

    def _start(self, after: dict[str, Any], on: date) -> None:
        if on > self._last:
            return
        after["treatment_started_on"] = on
        if on + timedelta(days=84) <= self._last:
            after["retention_outcome"] = self._random.choice(_OUTCOMES)

    def _past(self, on: date) -> date | None:
        return on if on <= self._last else None


def write_csv(releases: Iterable[PastRelease], stream: TextIO, reference: ReferenceData) -> None:
    """Write releases as the documented CSV file."""
    for _each in written(releases, stream, reference):
        pass


def written(
    releases: Iterable[PastRelease], stream: TextIO, reference: ReferenceData
) -> Iterator[PastRelease]:
    """Yield the releases, each once it is a line of the documented CSV file."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    attributes = {column: name for name, (column, _) in parsers_for(reference).items()}
    cells = attrgetter(*(attributes[column] for column in COLUMNS))
    for each in releases:
        writer.writerow(cells(each))  # what is None is an empty cell
        yield each


def _place(reference: ReferenceData, authority: str, rng: random.Random) -> _Place:
    known = reference.local_authority(authority)
    prisons = [
        each for each in reference.releasing_prisons.entries.values() if each.nation is known.nation
    ]
    near = [each for each in prisons if each.region == known.region] or prisons
    region = known.probation_region
    units = reference.probation_units.entries.values()
    # Wales has no women's prison: women come from England.
    everywhere = reference.releasing_prisons.entries.values()
    women = [each.code for each in near if Sex.FEMALE in each.holds]
    return _Place(
        authority=known.code,
        units=tuple(each.code for each in units if each.probation_region == region),
        men=tuple(each.code for each in near if Sex.MALE in each.holds),
        women=tuple(women or (each.code for each in everywhere if Sex.FEMALE in each.holds)),
        difference=rng.uniform(-0.12, 0.12) if known.nation is Nation.ENGLAND else 0.05,
    )


def _prison_number(number: int) -> str:
    """A number of the right form, another for each number."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    high, digits = divmod(number, 10_000)
    high, last = divmod(high, len(letters))
    return f"{letters[high % len(letters)]}{digits:04}Z{letters[last]}"
