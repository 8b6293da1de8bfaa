"""A release as somebody of a role has it in front of them."""

from __future__ import annotations

from api.pages.casework.form import Case
from domain.access_detail import redacted
from domain.codes import Role
from domain.state import Release
from infra.web.place_names import PublicPlaceNames
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import REFERENCE
from tests.api.visitors import an_account
from tests.builders import the_rules


def a_case(state: Release, role: Role) -> Case:
    return Case(
        state=redacted(state, role),
        seq=state.seq,
        account=an_account(SUBJECTS[role]),
        today=NOW.date(),
        rules=the_rules(),
        places=PublicPlaceNames(REFERENCE),
    )
