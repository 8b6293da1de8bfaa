"""The body that starts a release: the columns of an imported file, as JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
)
from pydantic_core import PydanticCustomError

from api.records import NewRelease
from domain.codes import EthnicityGroup, ReleaseType, Sex, SubstanceGroup, TreatmentNeed
from domain.facts import Code, Day
from domain.identifiers import (
    FieldError,
    parse_crn,
    parse_mobile,
    parse_name,
    parse_prison_number,
)

_ABBREVIATIONS: Final = {each.abbreviation: each.value for each in ReleaseType if each.abbreviation}

Born = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 1, 1))]


def _by(parse: Callable[[str], str]) -> AfterValidator:
    def check(text: str) -> str:
        try:
            return parse(text)
        except FieldError as error:
            # The sentence may hold braces one day; as a context value it is never a template.
            raise PydanticCustomError("field", "{reason}", {"reason": error.message}) from None

    return AfterValidator(check)


def _spelt_out(value: Any) -> Any:  # noqa: ANN401
    return _ABBREVIATIONS.get(value, value) if isinstance(value, str) else value


class NewReleaseBody(BaseModel):
    """A person and the release to start. Names and numbers are kept apart from the journey."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, title="NewRelease")

    prison_number: Annotated[str, _by(parse_prison_number), Field(max_length=40)]
    crn: Annotated[str, _by(parse_crn), Field(max_length=40)] | None = None
    forename: Annotated[str, _by(partial(parse_name, field="forename")), Field(max_length=200)]
    surname: Annotated[str, _by(partial(parse_name, field="surname")), Field(max_length=200)]
    date_of_birth: Born
    sex: Sex
    ethnicity: EthnicityGroup = EthnicityGroup.NOT_STATED
    prison: Annotated[Code, Field(description="Code of an open prison, as BXI.")]
    release_date: Annotated[Day, Field(description="As the prison calculates it.")]
    release_type: Annotated[ReleaseType, BeforeValidator(_spelt_out)]
    reception_date: Day
    local_authority: Annotated[Code, Field(description="Where the person goes; its ONS code.")]
    probation_unit: Code
    treatment_group: Annotated[
        SubstanceGroup | Literal["none"] | None,
        Field(description="`none` is no treatment need; leave it out while it is not known."),
    ] = None
    mobile: Annotated[str, _by(parse_mobile), Field(max_length=40)] | None = None
    service: Annotated[
        Code | None, Field(description="The drug service; the authority's own when left out.")
    ] = None
    release_date_as_given: Annotated[
        bool, Field(description="Leave the date alone, whatever the day-of-release rule says.")
    ] = False
    started_at: Annotated[
        AwareDatetime | None, Field(description="When work began, for a journey under way.")
    ] = None

    def details(self) -> NewRelease:
        """Return what the engine is asked to start; its codes are not checked yet."""
        need, group = _need(self.treatment_group)
        return NewRelease(
            prison_number=self.prison_number,
            crn=self.crn,
            forename=self.forename,
            surname=self.surname,
            born_on=self.date_of_birth,
            sex=self.sex,
            ethnicity=self.ethnicity,
            prison=self.prison,
            scheduled_on=self.release_date,
            release_type=self.release_type,
            reception_on=self.reception_date,
            local_authority=self.local_authority,
            probation_unit=self.probation_unit,
            treatment_need=need,
            treatment_group=group,
            mobile=self.mobile,
            service=self.service,
            as_given=self.release_date_as_given,
            started_at=self.started_at,
        )


FIELD_OF: Final = {"scheduled_on": "release_date", "reception_on": "reception_date"}
"""The body's name for what the rules call otherwise."""

NEW_RELEASE: Final = TypeAdapter(NewReleaseBody)


def _need(
    group: SubstanceGroup | Literal["none"] | None,
) -> tuple[TreatmentNeed, SubstanceGroup | None]:
    if group is None:
        return TreatmentNeed.NOT_YET_KNOWN, None
    if group == "none":
        return TreatmentNeed.NOT_NEEDED, None
    return TreatmentNeed.NEEDED, group
