"""Every error has a status and a code, and none shows what is inside."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import httpx2
import pytest

import api
import domain
from api.errors import INTERNAL, KINDS, kind_of, respond
from api.ports import EscalationUnknownError, NotAcceptableError, ReleaseUnknownError
from api.refusals import FieldFault, InvalidInputError
from domain.access_denials import Denial, NotPermitted
from domain.errors import Refusal, Refused, ThroughcareError
from domain.identifiers import FieldError


def subclasses(kind: type[ThroughcareError]) -> Iterator[type[ThroughcareError]]:
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def reachable() -> list[type[ThroughcareError]]:
    for package in (api, domain):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found = set(subclasses(ThroughcareError))
    own = {each for each in found if each.__module__.partition(".")[0] in {"api", "domain"}}
    return sorted(own, key=lambda each: each.__qualname__)


@pytest.mark.parametrize("kind", reachable(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_line_in_the_table(kind: type[ThroughcareError]) -> None:
    assert any(each in KINDS for each in kind.__mro__), f"say in api/errors.py what {kind} is"


def test_an_error_that_is_not_in_the_table_shows_nothing() -> None:
    class StrayError(ThroughcareError):
        """Of another layer."""

    response = respond(StrayError("the surname is Zaphod"))

    assert response.status_code == 500
    assert b"Zaphod" not in bytes(response.body)
    assert kind_of(StrayError("")) is INTERNAL


@pytest.mark.parametrize("code", list(Refusal))
def test_a_refusal_keeps_its_code_and_names_its_field(code: Refusal) -> None:
    response = respond(Refused(code, "Say it.", "on"))

    assert response.status_code == 409
    assert f'"code":"{code}"'.encode() in bytes(response.body)
    assert b'"errors":[{"field":"on","message":"Say it."}]' in bytes(response.body)


@pytest.mark.parametrize("code", list(Denial))
def test_every_denial_but_scope_says_so(code: Denial) -> None:
    response = respond(NotPermitted(code))

    expected = 404 if code is Denial.OUT_OF_SCOPE else 403
    assert response.status_code == expected


def test_out_of_scope_and_unknown_are_the_same_bytes() -> None:
    denied = respond(NotPermitted(Denial.OUT_OF_SCOPE))
    unknown = respond(ReleaseUnknownError())

    assert denied.body == unknown.body
    assert denied.headers == unknown.headers


def test_an_unknown_escalation_is_not_called_a_release() -> None:
    assert b"escalation_unknown" in bytes(respond(EscalationUnknownError()).body)


def test_every_fault_is_listed() -> None:
    faults = [FieldError("prison", "Not this."), FieldError("crn", "Nor this.")]

    for error in (
        NotAcceptableError(faults),
        InvalidInputError([FieldFault(each.field, each.message) for each in faults]),
    ):
        response = respond(error)
        assert response.status_code == 422
        assert b'"field":"prison"' in bytes(response.body)
        assert b'"field":"crn"' in bytes(response.body)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nowhere", 404, "not_found"),
        ("GET", "/api/docs", 404, "not_found"),
        ("GET", "/api/v1/releases/", 404, "not_found"),
        ("DELETE", "/api/v1/releases", 405, "method_not_allowed"),
    ],
)
async def test_addresses_and_methods_that_do_not_exist_are_problems_too(
    client: httpx2.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    answered = await client.request(method, path)

    assert (answered.status_code, answered.json()["code"]) == (status, code)
    assert answered.headers["content-type"] == "application/problem+json"
