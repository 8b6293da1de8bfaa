"""Invent the 500 people of `people.csv`: `python -m infra.demo.make_people` writes it again.

Their prisons, authorities and probation units are real; everything else is drawn by chance from
a fixed seed. Prison numbers and CRNs start with Z so that nobody takes them for issued ones, and
mobiles are numbers that Ofcom keeps for drama.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from domain.codes import EthnicityGroup, Nation, ReleaseType, Sex
from infra.demo.draw import Draw
from infra.demo.lives import birthday, reception_day, release_day
from infra.demo.names import FORENAMES, SURNAMES, WELSH_SURNAMES
from infra.imports.columns import COLUMNS
from infra.reference_data.loading import load_reference_data
from infra.reference_data.records import Estate, LocalAuthority, Prison
from infra.reference_data.reference import ReferenceData

PEOPLE_FILE: Final = Path(__file__).with_name("people.csv")
_SEED: Final = 20261121
_SEXES: Final = {Sex.MALE: 420, Sex.FEMALE: 80}
_ETHNICITIES: Final = {
    EthnicityGroup.WHITE: 350,
    EthnicityGroup.BLACK: 58,
    EthnicityGroup.ASIAN: 42,
    EthnicityGroup.MIXED: 26,
    EthnicityGroup.OTHER: 10,
    EthnicityGroup.NOT_STATED: 14,
}
# Of the 400 with a need, the shares seen in prison treatment in 2019-20: 52, 10, 19 and 19%.
_TREATMENT: Final = {
    "opiate": 208,
    "non_opiate_only": 40,
    "non_opiate_and_alcohol": 76,
    "alcohol_only": 76,
    "none": 60,
    "": 40,
}
_RELEASE_TYPES: Final = {
    ReleaseType.CONDITIONAL: 290,
    ReleaseType.AUTOMATIC: 90,
    ReleaseType.POST_RECALL: 40,
    ReleaseType.FIXED_TERM_RECALL: 20,
    ReleaseType.HOME_DETENTION_CURFEW: 30,
    ReleaseType.PAROLE: 14,
    ReleaseType.INDETERMINATE: 4,
    ReleaseType.COURT: 6,
    ReleaseType.REMAND_END: 6,
}
# Open in the register, and without anybody in it since July 2024.
_EMPTIED_PRISONS: Final = frozenset({"DAI"})


@dataclass(frozen=True, slots=True)
class _Deck:
    """What is dealt out exactly, so that the shares above hold in the file."""

    sexes: list[Sex]
    ethnicities: list[EthnicityGroup]
    treatments: list[str]
    release_types: list[ReleaseType]
    numbers: list[int]
    mobiles: list[str]


def make_people(reference: ReferenceData) -> str:
    """Return the text of `people.csv`."""
    draw = Draw(_SEED)
    deck = _Deck(
        sexes=draw.deal(_SEXES),
        ethnicities=draw.deal(_ETHNICITIES),
        treatments=draw.deal(_TREATMENT),
        release_types=draw.deal(_RELEASE_TYPES),
        numbers=draw.shuffled(range(1000, 10_000)),
        mobiles=[f"07700 {number}" for number in draw.shuffled(range(900_000, 901_000))],
    )
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for place in range(len(deck.sexes)):
        writer.writerow(_person(place, deck, draw, reference))
    return text.getvalue()


def _person(place: int, deck: _Deck, draw: Draw, reference: ReferenceData) -> dict[str, str]:
    sex, ethnicity = deck.sexes[place], deck.ethnicities[place]
    kind, number = deck.release_types[place], deck.numbers[place]
    prison = draw.pick(_prisons_for(sex, reference))
    destination = _destination(prison, draw, reference)
    is_welsh = destination.nation is Nation.WALES and ethnicity is EthnicityGroup.WHITE
    release_on = release_day(kind, draw)
    reception_on = reception_day(kind, release_on, draw)
    return {
        "prison_number": f"Z{number:04}{draw.pick('ABCDEFGHJKLMNPRSTUVWXY')}Z",
        "crn": "" if kind is ReleaseType.REMAND_END else f"Z{100_000 + number * 7}",
        "forename": draw.pick(FORENAMES[sex][ethnicity]),
        "surname": draw.pick(WELSH_SURNAMES if is_welsh else SURNAMES[ethnicity]),
        "date_of_birth": birthday(reception_on, draw).isoformat(),
        "sex": sex,
        "ethnicity": ethnicity,
        "prison": prison.code,
        "release_date": release_on.isoformat(),
        "release_type": kind,
        "reception_date": reception_on.isoformat(),
        "local_authority": destination.code,
        "probation_unit": draw.pick(_units_for(destination, reference)),
        "treatment_group": deck.treatments[place],
        "mobile": _mobile(place, deck, draw),
    }


def _prisons_for(sex: Sex, reference: ReferenceData) -> list[Prison]:
    return [
        prison
        for code, prison in reference.releasing_prisons.entries.items()
        if prison.holds == {sex}
        and prison.estate is not Estate.YOUTH
        and code not in _EMPTIED_PRISONS
    ]


def _destination(prison: Prison, draw: Draw, reference: ReferenceData) -> LocalAuthority:
    """Most people go home near the prison; no prison for women is in Wales, so some go far."""
    everywhere = list(reference.local_authorities.entries.values())
    near = [place for place in everywhere if place.region == prison.region]
    welsh = [place for place in everywhere if place.nation is Nation.WALES]
    if draw.happens(70):
        return draw.pick(near)
    return draw.pick(welsh if draw.happens(25) else everywhere)


def _units_for(destination: LocalAuthority, reference: ReferenceData) -> list[str]:
    region = [
        unit
        for unit in reference.probation_units.entries.values()
        if unit.probation_region == destination.probation_region
    ]
    name = re.compile(rf"\b{re.escape(destination.name.split(',')[0])}\b")
    named = [unit for unit in region if name.search(f"{unit.name} {unit.coverage}")]
    return [unit.code for unit in named or region]


def _mobile(place: int, deck: _Deck, draw: Draw) -> str:
    if draw.happens(15):
        return ""
    # A number can be a hostel's, or a partner's who is inside as well.
    return deck.mobiles[place - 1 if draw.happens(4) and place else place]


def main() -> None:
    """Write the file."""
    PEOPLE_FILE.write_text(make_people(load_reference_data()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
