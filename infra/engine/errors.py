"""What can go wrong between a request and a workflow, beyond what the web's ports name."""

from __future__ import annotations

from domain.errors import ThroughcareError


class EngineFaultError(ThroughcareError):
    """The workflow answered with something that is no refusal: a fault of ours."""

    def __init__(self) -> None:
        """Say so without repeating what it said."""
        super().__init__("The engine could not decide this request. Tell the service owner.")


class ReleaseClosedError(ThroughcareError):
    """The release's workflow has ended."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("This release is closed.")
