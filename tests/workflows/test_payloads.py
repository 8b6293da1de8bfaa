"""What Temporal keeps of a journey: codes, dates and ids, never a name, a number or free text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from google.protobuf.message import Message
from pydantic import BaseModel
from temporalio.api.common.v1 import Payload

from activities.contracts import Projection
from domain.commands import Submission
from domain.policy import Delivery
from tests.builders import sittings
from tests.driving import Bench
from workflows.messages import Again, Input, Outcome, Problem

WIRE: tuple[type[BaseModel], ...] = (Input, Submission, Projection, Outcome, Problem, Again)

IN_EVENTS = frozenset(
    {
        *("severity", "due_at", "number", "closure", "party", "from", "why", "was", "start"),
        *("items", "parties", "notifiable", "covers_until", "service", "expected_on"),
    }
)
"""Keys that events hold beside the facts themselves."""

OF_PEOPLE = re.compile(r"name|birth|phone|mobile|email|postcode|nhs|nomis|crn|prison_number|text")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+/-]{0,99}")


def payloads(message: Message) -> Iterator[Payload]:
    """Yield every payload anywhere in a message."""
    if isinstance(message, Payload):
        yield message
        return
    for field, value in message.ListFields():
        if field.type != field.TYPE_MESSAGE:
            continue
        parts = value if field.is_repeated else [value]
        for part in parts.values() if hasattr(parts, "values") else parts:
            if isinstance(part, Message):
                yield from payloads(part)


def known(keyword: str) -> set[str]:
    """Return what the schemas of all wire types say under a keyword, at any depth."""

    def said(schema: object) -> Iterator[str]:
        if isinstance(schema, dict):
            yield from (str(each) for each in schema.get(keyword, ()))
            for each in schema.values():
                yield from said(each)
        elif isinstance(schema, list):
            for each in schema:
                yield from said(each)

    return {each for wire in WIRE for each in said(wire.model_json_schema())}


def pairs(document: object, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every key with the plain values below it; the policy's own words are left out."""
    if isinstance(document, dict):
        for name, value in document.items():
            if name != "policy":
                yield name, None
                yield from pairs(value, name)
    elif isinstance(document, list):
        for value in document:
            yield from pairs(value, key)
    else:
        yield key, document


async def told(bench: Bench) -> list[Any]:
    """Return every payload that a whole journey left in its history."""
    release = await bench.begin()
    await release.live_through(sittings(release.leaves_on))
    await release.handle.result()
    found = [each for event in await release.history() for each in payloads(event)]
    return [json.loads(each.data) for each in found if each.data]


async def test_no_field_is_there_that_no_wire_type_has(bench: Bench) -> None:
    allowed = known("properties") | known("enum") | IN_EVENTS
    of_the_worker = {"seq", "attempt", "activity_id", "activity_type", "complete_time", "backoff"}
    of_the_worker |= {"original_schedule_time", "activation_index", "seconds", "nanos"}

    keys = {key for document in await told(bench) for key, _ in pairs(document) if key}

    idempotency_keys = {key for key in keys if key.startswith("key-")}
    assert keys - allowed - of_the_worker - idempotency_keys == set()


def test_no_wire_type_has_a_field_for_who_somebody_is() -> None:
    # The policy travels with a journey, and its figures count texts; they say nothing of anybody.
    fields = known("properties") - set(Delivery.model_fields)
    assert {each for each in fields if OF_PEOPLE.search(each)} == set()


async def test_every_text_is_a_code_a_date_or_an_id(bench: Bench) -> None:
    texts = {
        value
        for document in await told(bench)
        for key, value in pairs(document)
        if isinstance(value, str) and key != "source"
    }

    assert texts
    assert {each for each in texts if not CODE.fullmatch(each)} == set()
