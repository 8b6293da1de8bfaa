"""What infra chooses for the pages."""

from __future__ import annotations

from typing import Final, NamedTuple


class PageSettings(NamedTuple):
    """How the pages are served.

    Attributes:
        is_demonstration: Whether they say that everybody is invented.
        is_secure: Whether people reach them by TLS, so that the cookie travels by nothing else.
        form_targets: Origins that a form may lead on to: the sign-in provider's, at signing out.
    """

    is_demonstration: bool = False
    is_secure: bool = True
    form_targets: tuple[str, ...] = ()


DEFAULT: Final = PageSettings()
"""As safe as can be: nothing is shown, and the cookie needs TLS."""
