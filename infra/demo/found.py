"""What the screening of an invented person finds, which the file only hints at."""

from __future__ import annotations

from typing import Final

from domain.codes import Substance, SubstanceGroup, TreatmentNeed
from domain.facts import TreatmentPicture
from infra.demo.case import chosen
from infra.imports.rows import ImportRow

_SUBSTANCES: Final = {
    SubstanceGroup.OPIATE: (
        (Substance.HEROIN,),
        (Substance.HEROIN, Substance.CRACK),
        (Substance.PRESCRIBED_OPIOIDS, Substance.BENZODIAZEPINES),
        (Substance.HEROIN, Substance.CRACK, Substance.ALCOHOL),
    ),
    SubstanceGroup.NON_OPIATE_ONLY: (
        (Substance.CRACK,),
        (Substance.CANNABIS, Substance.SPICE),
        (Substance.COCAINE,),
    ),
    SubstanceGroup.NON_OPIATE_AND_ALCOHOL: (
        (Substance.COCAINE, Substance.ALCOHOL),
        (Substance.CANNABIS, Substance.ALCOHOL),
    ),
    SubstanceGroup.ALCOHOL_ONLY: ((Substance.ALCOHOL,),),
}


def found_by_screening(row: ImportRow) -> TreatmentPicture:
    """Return what the screening finds; where the file does not know, a third need nothing."""
    seed = row.prison_number
    if row.treatment_need is TreatmentNeed.NOT_NEEDED:
        return TreatmentPicture(need=TreatmentNeed.NOT_NEEDED)
    group = row.treatment_group or chosen(
        seed, (None, SubstanceGroup.OPIATE, SubstanceGroup.NON_OPIATE_ONLY), "group"
    )
    if group is None:
        return TreatmentPicture(need=TreatmentNeed.NOT_NEEDED)
    opiate = group is SubstanceGroup.OPIATE
    on_medicine = opiate and chosen(seed, (True, True, True, False), "on medicine")
    return TreatmentPicture(
        need=TreatmentNeed.NEEDED,
        substances=chosen(seed, _SUBSTANCES[group], "substances"),
        opiate_treatment=on_medicine,
        opiate_history=opiate,
        believed_drug_free=opiate and not on_medicine,
    )
