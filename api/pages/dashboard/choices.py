"""What somebody chose on the dashboard, as it stands in the address."""

from __future__ import annotations

from typing import Annotated, Any, Final, Self
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict

from api.measures.query import AgeKey, EthnicityKey, GroupKey, SexKey
from api.narrowing import FILTERS, narrowed_to
from api.queries import QueryDay
from domain.codes import Nation
from domain.facts import Code
from domain.measures.cuts import Cut
from domain.measures.periods import PeriodKind

HOME: Final = "/dashboard"

OF_A_NATION: Final = (
    Cut.DESTINATION,
    Cut.PROBATION_REGION,
    Cut.PRISON,
    Cut.SUBSTANCE_GROUP,
    Cut.SEX,
    Cut.AGE_BAND,
    Cut.ETHNICITY,
)
OF_AN_AREA: Final = (Cut.SUBSTANCE_GROUP, Cut.SEX, Cut.AGE_BAND, Cut.ETHNICITY)
"""What figures are broken down by, the first one unless another is chosen."""


def _blank_is_not_given(value: Any) -> Any:  # noqa: ANN401
    return None if value == "" else value


_Blank: Final = BeforeValidator(_blank_is_not_given)


class Choices(BaseModel):
    """Everything that is chosen; an unknown name is refused, so that none is read as no filter.

    Attributes:
        known: As known at the end of this day, None for now.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    nation: Nation = Nation.ENGLAND
    per: PeriodKind = PeriodKind.QUARTER
    by: Annotated[Cut | None, _Blank] = None
    area: Annotated[Code | None, _Blank] = None
    prison: Annotated[Code | None, _Blank] = None
    region: Annotated[Code | None, _Blank] = None
    group: Annotated[GroupKey | None, _Blank] = None
    sex: Annotated[SexKey | None, _Blank] = None
    age: Annotated[AgeKey | None, _Blank] = None
    ethnicity: Annotated[EthnicityKey | None, _Blank] = None
    known: Annotated[QueryDay | None, _Blank] = None

    @property
    def narrowed(self) -> dict[Cut, str]:
        """What is chosen besides a nation and an area."""
        found = narrowed_to(self)
        found.pop(Cut.DESTINATION, None)
        return found

    @property
    def is_whole(self) -> bool:
        """Whether a whole nation is shown."""
        return not narrowed_to(self)

    @property
    def everybody(self) -> Self:
        """The same choices for everybody who went to the nation or the area."""
        return self.model_copy(update={FILTERS[cut]: None for cut in self.narrowed})

    @property
    def line_by(self) -> PeriodKind:
        """How long the periods of the line over time are; a group of an area has years alone."""
        return PeriodKind.YEAR if self.area and self.narrowed else self.per

    @property
    def other_nation(self) -> Nation:
        """The nation whose figures are never added to these."""
        return Nation.WALES if self.nation is Nation.ENGLAND else Nation.ENGLAND

    def only(self, cut: Cut) -> Self:
        """Return the choices narrowed by one of the cuts that are chosen, and by no other."""
        others = {FILTERS[each]: None for each in self.narrowed if each is not cut}
        return self.model_copy(update=others)

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """What the figures can be broken down by."""
        return OF_AN_AREA if self.area else OF_A_NATION

    @property
    def cut(self) -> Cut:
        """What they are broken down by."""
        return self.by if self.by in self.cuts else self.cuts[0]

    @property
    def href(self) -> str:
        """The address of this very page."""
        path = f"{HOME}/areas/{self.area}" if self.area else HOME
        left_out = {"area", "nation"} if self.area else {"area"}
        told = self.model_dump(mode="json", exclude_defaults=True, exclude=left_out)
        query = urlencode({name: value for name, value in told.items() if value is not None})
        return f"{path}?{query}" if query else path

    def of_area(self, code: str) -> Self:
        """Return the choices for one area, which lies in one nation."""
        nation = Nation.WALES if code.startswith("W") else Nation.ENGLAND
        narrower = {"area": code, "nation": nation, "prison": None, "region": None}
        return self.model_copy(update=narrower)

    def of_nation(self, nation: Nation) -> Self:
        """Return the same choices for the whole of a nation."""
        return self.model_copy(update={"nation": nation, "area": None})
