"""What the stores of rotas refuse."""

from __future__ import annotations

from collections.abc import Sequence

from domain.duty.checking import EntryFault
from domain.errors import ThroughcareError


class FlawedRotaError(ThroughcareError):
    """A rota, or absences, with a flaw; nothing was stored.

    Attributes:
        faults: At least one, by the places of what was given.
    """

    def __init__(self, faults: Sequence[EntryFault]) -> None:
        """Keep every fault, so that they are corrected in one go."""
        super().__init__("The rota cannot be used as it is. Correct the entries named.")
        self.faults = tuple(faults)
