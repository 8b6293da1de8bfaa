"""What can go wrong between a request and a release's workflow."""

from __future__ import annotations

from domain.errors import ThroughcareError


class EngineUnavailableError(ThroughcareError):
    """The engine cannot take the request now; nothing was changed."""

    def __init__(self) -> None:
        """Say so in one sentence, with what to do."""
        super().__init__("The engine is not available, so nothing was saved. Try again soon.")


class OutcomeUnknownError(ThroughcareError):
    """The request may or may not have been accepted; the same key gives the definite answer."""

    def __init__(self) -> None:
        """Say so in one sentence, with what to do."""
        super().__init__(
            "It is not known yet whether this was saved. Send the same request again, with the "
            "same key, until it is answered."
        )


class ReleaseUnknownError(ThroughcareError):
    """There is no such release."""

    def __init__(self) -> None:
        """Say so without naming it."""
        super().__init__("There is no such release.")


class EngineFaultError(ThroughcareError):
    """The workflow answered with something that is no refusal: a fault of ours."""

    def __init__(self) -> None:
        """Say so without repeating what it said."""
        super().__init__("The engine could not decide this request. Tell the service owner.")
