"""Whether medicine continues, day by day, from the gate to the first community prescriber.

Read `supplies` for what staff record, `check` for the question and `report` for the answer. Dates
and codes only, in and out: there is no field for a medicine or an amount anywhere below.
"""

from domain.cover.check import check_cover
from domain.cover.limits import DEFAULT_LIMITS, CoverLimits
from domain.cover.problems import CoverProblem, CoverProblemCode
from domain.cover.report import CoverDay, CoverReport, Source
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
    "DEFAULT_LIMITS",
    "Collection",
    "CoverDay",
    "CoverLimits",
    "CoverProblem",
    "CoverProblemCode",
    "CoverReport",
    "Depot",
    "FormType",
    "Formulation",
    "Pharmacy",
    "PrescriptionForm",
    "ReleasedDose",
    "Schedule",
    "Source",
    "Supply",
    "TakeHome",
    "check_cover",
]
