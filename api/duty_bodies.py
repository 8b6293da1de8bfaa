"""Bodies that change staff, rotas, absences, named workers and tasks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, WithJsonSchema
from pydantic_core import PydanticCustomError

from domain.codes import Role
from domain.duty.quality import TaskOutcome
from domain.duty.wall_time import PATTERN, parse_moment
from domain.facts import Code
from domain.identifiers import FieldError

MOST_SHIFTS: Final = 2000
MOST_ABSENCES: Final = 100


def _moment(value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, str):
        raise PydanticCustomError("moment", "Give London time as 2026-11-23 08:00")
    try:
        return parse_moment(value, field="")
    except FieldError as error:
        raise PydanticCustomError("moment", "{reason}", {"reason": error.message}) from None


Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{PATTERN}$",
            "description": "London wall time, as 2026-11-23 08:00, or an instant with its offset.",
        }
    ),
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class NewStaffMember(_Body):
    """One member of staff; the reference decides whether it is a new one."""

    reference: Annotated[Code, Field(description="What you call them; not their name.")]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    role: Role
    organisation: Annotated[
        str, Field(min_length=1, max_length=80, description="A code; * for the service's own.")
    ]
    email: Annotated[str, Field(max_length=254)] | None = None
    mobile: Annotated[str, Field(max_length=40, description="A UK mobile.")] | None = None
    account: (
        Annotated[
            str,
            Field(
                max_length=200,
                description="The name they sign in with; empty for none. Left out, it stays.",
            ),
        ]
        | None
    ) = None


class ShiftEntry(_Body):
    """One shift, of a member of staff by id."""

    staff: Code
    starts_at: Moment
    ends_at: Annotated[Moment | None, Field(description="Null is until further notice.")] = None


class ShiftEntries(_Body):
    """The whole rota of one post for the period that the shifts span."""

    shifts: Annotated[list[ShiftEntry], Field(min_length=1, max_length=MOST_SHIFTS)]


class AbsenceEntry(_Body):
    """One absence, and who covers."""

    starts_at: Moment
    ends_at: Annotated[Moment | None, Field(description="Null is until further notice.")] = None
    cover: Annotated[Code | None, Field(description="The id of whoever stands in.")] = None


class AbsenceEntries(_Body):
    """All of a person's absences that are not over yet."""

    absences: Annotated[list[AbsenceEntry], Field(max_length=MOST_ABSENCES)]


class WorkerChoice(_Body):
    """Who works with the release; null names nobody."""

    staff: Code | None


class TaskClosing(_Body):
    """What was done about a task."""

    outcome: TaskOutcome


NEW_STAFF_MEMBER: Final = TypeAdapter(NewStaffMember)
SHIFTS: Final = TypeAdapter(ShiftEntries)
ABSENCES: Final = TypeAdapter(AbsenceEntries)
WORKER: Final = TypeAdapter(WorkerChoice)
CLOSING: Final = TypeAdapter(TaskClosing)

EXAMPLES: Final[dict[str, dict[str, Any]]] = {
    "NewStaffMember": {
        "reference": "lei-1",
        "name": "Ada Example",
        "role": "resettlement",
        "organisation": "LEI",
        "email": "ada@example.org",
        "mobile": "07700 900101",
        "account": "ada.example",
    },
    "ShiftEntries": {
        "shifts": [
            {
                "staff": "s0123456789abcdef",
                "starts_at": "2026-12-24 20:00",
                "ends_at": "2026-12-25 08:00",
            },
            {"staff": "sfedcba9876543210", "starts_at": "2026-12-25 08:00"},
        ]
    },
    "AbsenceEntries": {
        "absences": [
            {
                "starts_at": "2026-12-24 09:00",
                "ends_at": "2026-12-28 09:00",
                "cover": "sfedcba9876543210",
            }
        ]
    },
    "WorkerChoice": {"staff": "s0123456789abcdef"},
    "TaskClosing": {"outcome": "rota_filled"},
}
"""One example of each body, by its name."""

_MODELS: Final[tuple[type[_Body], ...]] = (
    NewStaffMember,
    ShiftEntries,
    AbsenceEntries,
    WorkerChoice,
    TaskClosing,
)
_PREFIX: Final = "#/components/schemas/"


def duty_schemas() -> dict[str, Any]:
    """Return the schema of every body of this module by its name."""
    found: dict[str, Any] = {}
    for model in _MODELS:
        schema = model.model_json_schema(ref_template=_PREFIX + "{model}")
        found |= schema.pop("$defs", {})
        found[model.__name__] = schema
    return found


def described_body(name: str) -> dict[str, Any]:
    """Return the description of a request body by the name of its model."""
    content = {"schema": {"$ref": _PREFIX + name}, "example": EXAMPLES[name]}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}
