"""Scopes as operators write them: `prison:LEI`, `unit:N03CTM`, `service:...`, `area:...`, `all`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypedDict

from domain.access import Codes, Subject
from domain.codes import Role
from domain.errors import ThroughcareError
from infra.reference_data.reference import ReferenceData
from infra.reference_data.register import Named, Register


class ScopeError(ThroughcareError):
    """A scope is not written as one, names nothing that exists, or does not fit the role."""


class Places(TypedDict, total=False):
    """The places of a token, by the names that `NewToken` has for them."""

    prisons: Codes
    units: Codes
    services: Codes
    areas: Codes


class _Kind(NamedTuple):
    word: str
    places: str
    example: str


_PRISON: Final = _Kind("prison", "prisons", "prison:LEI")
_UNIT: Final = _Kind("unit", "units", "unit:N03CTM")
_SERVICE: Final = _Kind("service", "services", "service:cds-hartlepool")
_AREA: Final = _Kind("area", "areas", "area:E06000001")
_KINDS: Final = {
    Role.RESETTLEMENT: _PRISON,
    Role.HEALTHCARE: _PRISON,
    Role.PROBATION: _UNIT,
    Role.PROVIDER: _SERVICE,
    Role.COMMISSIONER: _AREA,
}
"""The one kind of place that opens anything to a role; the other roles have none."""

ALL: Final = "all"


def places_of(role: Role, scopes: Sequence[str], reference: ReferenceData) -> Places:
    """Return the places that the scopes of one token name.

    Raises:
        ScopeError: A scope cannot be used; it says what to write instead.
    """
    kind = _KINDS.get(role)
    if kind is None:
        if scopes:
            raise ScopeError(f"The role {role} has no places. Leave --scope out.")
        return {}
    if not scopes:
        raise ScopeError(
            f"Say where a {role} works, for example --scope {kind.example}, or --scope {ALL}."
        )
    codes = None if ALL in scopes else frozenset(_code(each, kind, reference) for each in scopes)
    return _PLACES[kind](codes)


def scope_in_words(subject: Subject) -> str:
    """Return the places of a token as an operator would write them."""
    kind = _KINDS.get(subject.role)
    if kind is None:
        return "none"
    codes: Codes = getattr(subject, kind.places)
    return ALL if codes is None else " ".join(f"{kind.word}:{each}" for each in sorted(codes))


def _code(scope: str, kind: _Kind, reference: ReferenceData) -> str:
    word, colon, code = scope.partition(":")
    if word != kind.word or not colon:
        raise ScopeError(f"Write the scope as {kind.example}, or {ALL}.")
    registers: dict[_Kind, Register[Named]] = {
        _PRISON: reference.prisons,
        _UNIT: reference.probation_units,
        _SERVICE: reference.services,
        _AREA: reference.local_authorities,
    }
    register = registers[kind]
    current = register.current_code(code)
    if current is None:
        raise ScopeError(f"{kind.word}: {register.explain(code)}.".replace("?.", "?"))
    return current


_PLACES: Final = {
    _PRISON: lambda codes: Places(prisons=codes),
    _UNIT: lambda codes: Places(units=codes),
    _SERVICE: lambda codes: Places(services=codes),
    _AREA: lambda codes: Places(areas=codes),
}
