"""Every way an invented journey goes, in tables by how near the release is."""

from typing import Final

from infra.demo.plots.early import EARLY
from infra.demo.plots.final_weeks import FINAL_WEEKS
from infra.demo.plots.first_weeks import FIRST_WEEKS
from infra.demo.plots.later import LATER
from infra.demo.plots.life import LIFE
from infra.demo.plots.referral import REFERRAL

PLOTS: Final = (*EARLY, *LIFE, *REFERRAL, *FINAL_WEEKS, *FIRST_WEEKS, *LATER)
"""Of plots that have been told equally often, the earlier one here is told first."""

__all__ = ["PLOTS"]
