"""One thing to correct on a form, as the summary at the top and the field itself show it."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """One thing to correct.

    Attributes:
        field: The name of the form's field; empty for the form as a whole.
        text: What to do, in the words of the design system ("Enter…", "Select…").
        parts: Of a date, which of `day`, `month` and `year` are at fault.
    """

    field: str
    text: str
    parts: tuple[str, ...] = ()

    @property
    def href(self) -> str:
        """Where the summary leads: the first input of the field."""
        return f"#{self.field}-{self.parts[0]}" if self.parts else f"#{self.field}"
