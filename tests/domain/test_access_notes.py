from __future__ import annotations

import pytest

from domain.access_notes import sees_note
from domain.codes import Role

CLINICAL = {Role.HEALTHCARE, Role.PROVIDER}
JUSTICE = {Role.RESETTLEMENT, Role.PROBATION}


@pytest.mark.parametrize("reader", Role)
@pytest.mark.parametrize("author", [*Role, None])
def test_what_clinicians_wrote_stays_with_them_and_the_rest_is_for_casework(
    reader: Role, author: Role | None
) -> None:
    expected = reader in CLINICAL or (reader in JUSTICE and author in JUSTICE)

    assert sees_note(reader, author) is expected
