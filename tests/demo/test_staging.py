"""The demonstration as something to load: the very same, as of the day it was first loaded."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from infra.demo.staging import FILE_NAME, demonstration, first_day, remember
from infra.release_ids import release_id_for
from tests.demo.staged import REFERENCE, RULES

AS_OF = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
KEY = b"k" * 32


def test_loading_it_again_asks_for_the_very_same() -> None:
    assert demonstration(AS_OF, KEY, REFERENCE, RULES) == demonstration(
        AS_OF, KEY, REFERENCE, RULES
    )


def test_everybody_arrives_under_the_id_of_their_own_reception() -> None:
    arrivals = demonstration(AS_OF, KEY, REFERENCE, RULES)

    assert len({each.new.release_id for each in arrivals}) == 500
    for each in arrivals:
        number, received_on = each.who.person.prison_number, each.who.reception_on
        assert each.new.release_id == each.who.release_id
        assert each.new.release_id == release_id_for(KEY, number, received_on)


def test_the_day_it_was_first_loaded_is_remembered(tmp_path: Path) -> None:
    assert first_day(tmp_path) is None

    remember(tmp_path, AS_OF)

    assert first_day(tmp_path) == AS_OF


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"as_of": "soon"}', '{"as_of": 3}'])
def test_a_damaged_memory_counts_as_none(content: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(content)

    assert first_day(tmp_path) is None
