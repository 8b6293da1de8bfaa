from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any, Literal

import pytest
import structlog
from pydantic import BaseModel

from domain.errors import ThroughcareError
from infra.logging import ALLOWED, WITHHELD, configure_logging
from infra.settings import LogSettings

PERSONAL_FIELDS = ("forename", "surname", "mobile", "prison_number", "note", "input", "payload")


class Person(BaseModel):
    prison_number: int


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def logged(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(capsys.readouterr().err)
    return line


def configure(output: Literal["json", "console"] = "json") -> None:
    configure_logging(LogSettings(format=output), process="web")


def test_codes_and_ids_are_logged_with_the_process_that_speaks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure()

    structlog.get_logger("api").info("release_started", release_id="r1", step="screening")

    line = logged(capsys)
    assert line["event"] == "release_started"
    assert (line["release_id"], line["step"], line["process"]) == ("r1", "screening", "web")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("field", PERSONAL_FIELDS)
@pytest.mark.parametrize("output", ["json", "console"])
def test_whatever_is_not_allowed_is_withheld(
    field: str, output: Literal["json", "console"], capsys: pytest.CaptureFixture[str]
) -> None:
    configure(output)

    structlog.get_logger("api").warning("odd", **{field: "Ann Other"})

    line = capsys.readouterr().err
    assert WITHHELD in line
    assert "Ann Other" not in line


def test_no_personal_field_is_allowed() -> None:
    assert not ALLOWED & {*PERSONAL_FIELDS, "name", "date_of_birth", "body", "args", "value", "crn"}


def test_the_text_of_a_foreign_exception_is_withheld(capsys: pytest.CaptureFixture[str]) -> None:
    configure()

    try:
        Person.model_validate({"prison_number": "A1234BC"})
    except ValueError:
        logging.getLogger("some.library").exception("It failed:\n%s", "A1234BC")

    line = logged(capsys)
    assert line["event"] == "It failed:"
    assert line["error"] == "ValidationError"
    assert any("test_logging.py" in place for place in line["traceback"])
    assert "A1234BC" not in json.dumps(line)


def test_our_own_errors_keep_their_words(capsys: pytest.CaptureFixture[str]) -> None:
    configure()

    error = ThroughcareError("Install a newer list of bank holidays.")
    structlog.get_logger("worker").error("calendar", exc_info=error)

    assert logged(capsys)["error"] == "ThroughcareError: Install a newer list of bank holidays."


def test_temporal_ids_become_fields_and_its_inputs_do_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure()

    logging.getLogger("temporalio.activity").warning(
        "Completing activity as failed",
        extra={"temporal_activity": {"workflow_id": "release/r1", "attempt": 2, "args": "Ann"}},
    )

    line = logged(capsys)
    assert (line["workflow_id"], line["attempt"]) == ("release/r1", 2)
    assert "Ann" not in json.dumps(line)


@pytest.mark.parametrize("name", ["uvicorn.access", "sqlalchemy.engine.Engine", "httpx2"])
def test_lines_with_queries_and_parameters_are_not_logged(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure()

    logging.getLogger(name).info("GET /releases?surname=Other")

    assert capsys.readouterr().err == ""
