"""Whether medicine continues, day by day, from the gate to the first community prescriber."""

from domain.cover.limits import CoverLimits
from domain.cover.supplies import (
    Collection,
    Depot,
    FormType,
    Formulation,
    Pharmacy,
    PrescriptionForm,
    ReleasedDose,
    Schedule,
    Supply,
    TakeHome,
)

__all__ = [
    "Collection",
    "CoverLimits",
    "Depot",
    "FormType",
    "Formulation",
    "Pharmacy",
    "PrescriptionForm",
    "ReleasedDose",
    "Schedule",
    "Supply",
    "TakeHome",
]
