"""Random requests, fitting and broken, made from the API's own description: never a surprise.

Also checked here: unknown methods, ignored authentication, undocumented statuses and headers,
bodies that do not fit the description, and what follows from one request to the next.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    missing_required_header,
    positive_data_acceptance,
)

from api.app import create_app
from domain.codes import Role
from domain.commands import SendReferral
from infra.database.engine import Database
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World

NOT_ASKED = [
    # A request can fit the description and yet name a prison that is on no list: 422.
    positive_data_acceptance,
    # The missing key is answered with 428, which this check does not know.
    missing_required_header,
    # FastAPI lists the methods of one route, not of the address.
    allow_header_conformance,
]


COMMANDS = "/api/v1/releases/{release_id}/commands"
ROTAS = Path(tempfile.mkdtemp()) / "rotas.db"
WORLD = World(NOW, Database(f"sqlite:///{ROTAS}"))
APP = create_app(WORLD.services())
ROUTES = schemathesis.openapi.from_asgi("/openapi.json", APP).exclude(path=COMMANDS)
# Every limit of every kind is thousands of cases; a random few of them will do each time.
RECORDING = schemathesis.openapi.from_asgi("/openapi.json", APP).include(path=COMMANDS)
RECORDING.config.phases.coverage.enabled = False

Request = schemathesis.Case[Any]

few = settings(max_examples=12, suppress_health_check=list(HealthCheck))
some = settings(max_examples=80, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module", autouse=True)
def _a_few_releases(migrated_sqlite_file: Path) -> Iterator[None]:
    shutil.copyfile(migrated_sqlite_file, ROTAS)
    for number in range(3):
        WORLD.has(f"rel-{number}")
    sent = SendReferral(on=NOW.date(), service="cds-hartlepool")
    WORLD.records("rel-0", sent)
    yield
    WORLD.database.close()
    shutil.rmtree(ROTAS.parent)


@ROUTES.parametrize()
@few
def test_a_random_request_gets_what_the_description_says(case: Request) -> None:
    response = case.call(headers=WORLD.token(SUBJECTS[Role.RESETTLEMENT]))

    case.validate_response(response, excluded_checks=NOT_ASKED)


@RECORDING.parametrize()
@some
def test_a_random_command_is_accepted_or_refused_in_so_many_words(case: Request) -> None:
    for role in (Role.RESETTLEMENT, Role.HEALTHCARE, Role.PROBATION, Role.PROVIDER):
        case.path_parameters = {"release_id": "rel-0"}

        response = case.call(headers=WORLD.token(SUBJECTS[role]))

        assert response.status_code in {200, 401, 403, 409, 415, 422, 428}, response.text
