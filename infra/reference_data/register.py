"""A list that is looked up by code, and the refusal that helps a person to find the right one."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Mapping
from typing import Final, Generic, Protocol, TypeVar

from domain.identifiers import UnknownCodeError

_MOST_MATCHES: Final = 3
_LONGEST_COMPARED: Final = 80


class Named(Protocol):
    """Anything with a name to show beside its code."""

    @property
    def name(self) -> str:
        """The name for people."""
        ...


Entry_co = TypeVar("Entry_co", bound=Named, covariant=True)


@dataclasses.dataclass(frozen=True, slots=True)
class Register(Generic[Entry_co]):
    """Entries by code; capitals and outer spaces in a code given do not matter.

    Attributes:
        field: The field a refusal names.
        accepted: What a right value is, to end "Give ...".
        entries: The current entries by code.
        aliases: Codes that stand for another one: replaced codes, districts of a county.
        withdrawn: Codes that stand for nothing now, each with a sentence that says why.
    """

    field: str
    accepted: str
    entries: Mapping[str, Entry_co]
    aliases: Mapping[str, str] = dataclasses.field(default_factory=dict)
    withdrawn: Mapping[str, str] = dataclasses.field(default_factory=dict)
    _codes: Mapping[str, str] = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index every accepted code without its capitals."""
        codes = {code.casefold(): code for code in self.entries}
        codes |= {alias.casefold(): code for alias, code in self.aliases.items()}
        object.__setattr__(self, "_codes", codes)

    def current_code(self, code: str) -> str | None:
        """Return the code in use today for the entry that `code` stands for, or None."""
        return self._codes.get(code.strip().casefold())

    def get(self, code: str) -> Entry_co | None:
        """Return the entry that `code` stands for, or None."""
        current = self.current_code(code)
        return None if current is None else self.entries[current]

    def find(self, code: str) -> Entry_co:
        """Return the entry that `code` stands for.

        Raises:
            UnknownCodeError: No such code; it says why, or names the closest codes.
        """
        entry = self.get(code)
        if entry is None:
            raise UnknownCodeError(self.field, self.explain(code))
        return entry

    def explain(self, code: str) -> str:
        """Return why `code` is not accepted and what is, without repeating it."""
        withdrawn = self.withdrawn.get(code.strip().upper())
        if withdrawn:
            return withdrawn
        closest = self.closest(code)
        hint = f". Did you mean {' or '.join(closest)}?" if closest else ""
        return f"{self.refusal}{hint}"

    @property
    def refusal(self) -> str:
        """The refusal without suggestions, for when many values are wrong at once."""
        return f"This is not in the list. Give {self.accepted}"

    def closest(self, code: str) -> tuple[str, ...]:
        """Return up to three `CODE (Name)` whose code or name is like `code`, the best first."""
        wanted = code.strip().casefold()[:_LONGEST_COMPARED]
        known = {entry.name.casefold(): current for current, entry in self.entries.items()}
        known |= {current.casefold(): current for current in self.entries}
        matches = difflib.get_close_matches(wanted, known, n=_MOST_MATCHES)
        unique = dict.fromkeys(known[match] for match in matches)
        return tuple(f"{current} ({self.entries[current].name})" for current in unique)
