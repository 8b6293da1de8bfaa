"""What staff record: malformed supplies are refused by field, good ones travel unchanged."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.cover import PrescriptionForm, Supply
from tests.domain.cover_builders import (
    WEDNESDAY,
    a_form,
    after,
    daily,
)


def _described(**changes: object) -> dict[str, Any]:
    form = a_form((WEDNESDAY, 1), (after(WEDNESDAY, 1), 1)).model_dump(mode="json")
    return form | changes


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"collections": []}, "collections"),
        ({"collections": [{"collect_on": "2026-05-13", "covers_days": 0}]}, "covers_days"),
        (
            {"collections": [{"collect_on": "2026-05-13", "covers_days": 1}] * 2},
            "collections",
        ),
        ({"schedule": "1"}, "schedule"),
        ({"pharmacy_id": "Boots, High Street"}, "pharmacy_id"),
        ({"dose": "10"}, "dose"),
    ],
)
def test_a_malformed_form_is_refused_by_field_without_repeating_it(
    changes: dict[str, object],
    field: str,
) -> None:
    with pytest.raises(ValidationError) as refusal:
        PrescriptionForm.model_validate(_described(**changes))

    assert field in refusal.value.errors()[0]["loc"]
    assert "Boots" not in str(refusal.value)


@pytest.mark.parametrize("field", ["next_due_on", "next_booked_on"])
def test_the_next_injection_cannot_come_before_this_one(field: str) -> None:
    described = {
        "kind": "depot",
        "formulation": "weekly",
        "given_on": "2026-05-13",
        field: "2026-05-13",
    }

    with pytest.raises(ValidationError) as refusal:
        TypeAdapter(Supply).validate_python(described)

    assert field in refusal.value.errors()[0]["loc"]


def test_a_form_travels_as_one_of_the_kinds_of_supply() -> None:
    adapter: TypeAdapter[Supply] = TypeAdapter(Supply)
    form = daily(WEDNESDAY, 3)

    back = adapter.validate_json(adapter.dump_json(form))

    assert isinstance(back, PrescriptionForm)
    assert back == form
