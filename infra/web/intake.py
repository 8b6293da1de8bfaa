"""What the API is given to start, checked as a line of an imported file is."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from api.ports import Clock, NotAcceptableError, Places
from api.records import NewRelease
from domain.identifiers import FieldError, UnknownCodeError
from domain.london_time import london_date
from infra.imports.checks import date_faults
from infra.reference_data.reference import ReferenceData


@dataclass(frozen=True, slots=True)
class CheckedIntake:
    """Implements `api.ports.Intake`.

    Attributes:
        places: The lists that codes are looked up in.
        reference: Tells which service an authority has.
        now: Tells the instant by whose London day the future is judged.
    """

    places: Places
    reference: ReferenceData
    now: Clock

    def checked(self, details: NewRelease) -> NewRelease:
        """Return the details with current codes and, unless one was given, the area's service.

        Raises:
            NotAcceptableError: With every fault: unknown codes, and dates that cannot be.
        """
        codes, faults = self._current_codes(details)
        faults.extend(date_faults(asdict(details), london_date(self.now())))
        if faults:
            raise NotAcceptableError(faults)
        checked = replace(details, **codes)
        if checked.service is None:
            service = self.reference.service_for(checked.local_authority)
            checked = replace(checked, service=service.service_id)
        return checked

    def _current_codes(self, details: NewRelease) -> tuple[dict[str, Any], list[FieldError]]:
        given = {
            "prison": (details.prison, self.places.prison),
            "local_authority": (details.local_authority, self.places.local_authority),
            "probation_unit": (details.probation_unit, self.places.probation_unit),
        }
        if details.service is not None:
            given["service"] = (details.service, self.places.service)
        current: dict[str, Any] = {}
        faults: list[FieldError] = []
        for field, (code, find) in given.items():
            try:
                current[field] = find(code)
            except UnknownCodeError as fault:
                faults.append(fault)
        return current, faults
