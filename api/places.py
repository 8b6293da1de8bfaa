"""Which fields of a command name a place on a public list, and how they are checked."""

from __future__ import annotations

from typing import Final

from api.ports import Places
from api.refusals import FieldFault, InvalidInputError
from domain.commands import (
    BookAppointment,
    ChangeDestination,
    Command,
    RecordTreatmentStart,
    SendReferral,
    Transfer,
)
from domain.facts import Fact
from domain.identifiers import UnknownCodeError

_SERVICE: Final = {"service": "service"}

_LISTS: Final[dict[type[Fact], dict[str, str]]] = {
    Transfer: {"prison": "prison"},
    ChangeDestination: {
        "destination": "local_authority",
        "probation_unit": "probation_unit",
        **_SERVICE,
    },
    SendReferral: _SERVICE,
    BookAppointment: _SERVICE,
    RecordTreatmentStart: _SERVICE,
}
"""The list of each such field, by the name of its method on `Places`."""


def with_current_codes(command: Command, places: Places, *, under: str = "") -> Command:
    """Return `command` with every place by its current code.

    Raises:
        InvalidInputError: Naming each field whose code is on no list.
    """
    current: dict[str, str] = {}
    faults: list[FieldFault] = []
    for field, known in _LISTS.get(type(command), {}).items():
        code = getattr(command, field)
        if code is None:
            continue
        try:
            current[field] = getattr(places, known)(code)
        except UnknownCodeError as error:
            faults.append(FieldFault(".".join(filter(None, (under, field))), error.message))
    if faults:
        raise InvalidInputError(faults)
    return command.model_copy(update=current) if current else command
