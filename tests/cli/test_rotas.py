"""Rotas from the command line: what docs/rotas.md shows works as it says, twice, or not at all."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.codes import Role
from domain.duty.posts import Post, Team
from domain.duty.quality import TaskReason
from domain.duty.rota import Unfilled
from infra.database.engine import Database
from infra.database.tables import StaffRow
from infra.database.users import NewAccount, UserStore
from infra.duty.raising import raise_contact
from infra.duty.rotas import SqlRotas
from infra.duty.store import SqlDuty
from tests.cli.conftest import Operator, Said

DOCUMENT = Path("docs/rotas.md").absolute()
LEEDS = Team("LEI", Role.RESETTLEMENT)
WHOLE = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
HEADINGS = {
    "staff": "staff,name,organisation,role,email,mobile,account",
    "import": "organisation,role,post,staff,starts_at,ends_at",
    "absences": "staff,starts_at,ends_at,cover",
}


def example(command: str) -> str:
    """The example file of the documentation that has the command's headings."""
    blocks: list[str] = re.findall(r"```csv\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    return next(each for each in blocks if each.startswith(HEADINGS[command]))


def load(operator: Operator, command: str, text: str | None = None) -> Said:
    file = operator.state_dir.parent / f"{command}.csv"
    file.write_text(example(command) if text is None else text)
    return operator.types("rota", command, str(file))


@pytest.fixture
def loaded(operator: Operator, database: Database) -> Operator:
    for command in HEADINGS:
        said = load(operator, command)
        assert said.code == 0, said.out
    return operator


def test_the_documented_files_are_loaded_and_shown(loaded: Operator) -> None:
    said = loaded.types("rota", "show", "--organisation", "LEI", "--at", "2026-12-26 03:00")

    words = " ".join(said.out.split())
    assert said.code == 0
    assert "duty Ben Example (covers for Ada Example) Sat 26 Dec 2026 08:00" in words
    assert "team_manager Cal Example" in words


def test_the_same_files_again_change_nothing(loaded: Operator) -> None:
    said = [load(loaded, command).out for command in HEADINGS]

    assert all(each.startswith("0 ") and " 0 changed" in each for each in said), said


def test_accounts_that_nobody_has_signed_in_with_are_told(
    operator: Operator, database: Database
) -> None:
    first = load(operator, "staff")
    UserStore(database).add(NewAccount("ada.example", "Ada", Role.RESETTLEMENT))
    again = load(operator, "staff")

    assert "Nobody has signed in yet with the account and role of: lei-1." in first.err
    assert again.err == ""


def test_a_night_shift_over_the_clock_change_is_read_as_the_wall_shows_it(
    loaded: Operator, database: Database
) -> None:
    line = "LEI,resettlement,{},lei-1,{}-{} 20:00,{}-{} 08:00\n"
    spring = line.format("deputy", "2027-03", 27, "2027-03", 28)
    autumn = line.format("on_call_manager", "2027-10", 30, "2027-10", 31)

    assert load(loaded, "import", f"{HEADINGS['import']}\n{spring}{autumn}").code == 0

    teams = SqlRotas(database).teams()
    found = {
        shift.post: shift.ends_at - shift.starts_at
        for team in teams
        for shift in SqlRotas(database).shifts(team, *WHOLE)
        if shift.ends_at is not None
    }
    hours = {post: length.total_seconds() / 3600 for post, length in found.items()}
    assert (hours[Post.DEPUTY], hours[Post.ON_CALL_MANAGER]) == (11, 13)


ROW = "LEI,healthcare,duty,lei-1,{},{}\n"
BAD_ROTA = [
    ("LEI,resettlement,duty,lei-9,2026-12-28 08:00,", "line 2, staff: Nobody who works here"),
    ("XXX,resettlement,duty,lei-1,2026-12-28 08:00,", "line 2, organisation: This is not in"),
    ("LEI,provider,duty,lei-1,2026-12-28 08:00,", "line 2, organisation: This is not in the"),
    ("LEI,governor,duty,lei-1,2026-12-28 08:00,", "line 2, role: Give one of"),
    ("LEI,auditor,duty,lei-1,2026-12-28 08:00,", "line 2, role: The role auditor has no rotas"),
    ("LEI,resettlement,porter,lei-1,2026-12-28 08:00,", "line 2, post: Give one of: duty"),
    ("*,admin,duty,lei-1,2026-12-28 08:00,", "line 2, post: The service's own team"),
    ("LEI,resettlement,duty,lei-1,2027-03-28 01:30,", "line 2, starts_at: The clocks go"),
    ("LEI,resettlement,duty,lei-1,2026-10-25 01:30,", "line 2, starts_at: The clocks go back"),
    ("LEI,resettlement,duty,lei-1,28/12/2026,", "line 2, starts_at: Give London time as"),
    ("LEI,resettlement,duty,lei-1,2026-12-28 08:00,2026-12-28 08:00", "line 2, ends_at: The end"),
    (
        ROW.format("2026-12-28 08:00", "2026-12-28 20:00") + ROW.format("2026-12-28 21:00", ""),
        "line 3, starts_at: Nobody is on duty from Mon 28 Dec 2026 20:00 to Mon 28 Dec 2026 21:00",
    ),
    ("LEI,resettlement,duty,lei-1", "line 2: This line has 4 cells where the headings are 6"),
    (
        ROW.format("2026-12-28 08:00", "2026-12-28 20:00") + ROW.format("2026-12-28 19:00", ""),
        "line 3, starts_at: This overlaps line 2 from Mon 28 Dec 2026 19:00",
    ),
]


@pytest.mark.parametrize(("lines", "reason"), BAD_ROTA, ids=[reason for _, reason in BAD_ROTA])
def test_a_rota_that_cannot_be_used_is_refused_whole_with_its_line(
    loaded: Operator, database: Database, lines: str, reason: str
) -> None:
    before = SqlRotas(database).shifts(LEEDS, *WHOLE)

    said = load(loaded, "import", f"{HEADINGS['import']}\n{lines}\n")
    checked = loaded.types("rota", "check", str(loaded.state_dir.parent / "import.csv"))

    assert (said.code, checked.code) == (1, 1)
    assert reason in said.out
    assert checked.out == said.out
    assert "Nothing was loaded" in said.err
    assert SqlRotas(database).shifts(LEEDS, *WHOLE) == before


BAD_STAFF = [
    ("x-1,Ada,LEI,resettlement,,0113 496 0000,", "line 2, mobile: This is a landline"),
    ("x-1,Ada,LEI,resettlement,,+33 6 12 34 56 78,", "line 2, mobile: Only United Kingdom"),
    ("x-1,Ada,LEI,resettlement,ada(at)example.org,,", "line 2, email: Give one e-mail address"),
    ("x-1,Ada,LEI,resettlement,,,", "line 2, email: Give an e-mail address, a mobile number"),
    ("Ada Example,Ada,LEI,resettlement,a@example.org,,", "line 2, staff: Give 1 to 80 letters"),
    ("x-1,,LEI,resettlement,a@example.org,,", "line 2, name: This cell cannot be empty"),
    ("x-1,Ada,LEI,resettlement,a@example.org,,\n" * 2, "line 3, staff: Line 2 has the same"),
]


@pytest.mark.parametrize(("lines", "reason"), BAD_STAFF, ids=[reason for _, reason in BAD_STAFF])
def test_staff_who_could_not_be_reached_are_refused_with_the_reason(
    operator: Operator, database: Database, lines: str, reason: str
) -> None:
    said = load(operator, "staff", f"{HEADINGS['staff']}\n{lines}\n")

    assert said.code == 1
    assert reason in said.out


def test_an_invented_number_is_refused_in_production(
    operator: Operator, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THROUGHCARE_ENVIRONMENT", "production")

    said = load(operator, "staff")

    assert said.code == 1
    assert "line 2, mobile: This number is reserved for films" in said.out
    assert "900101" not in said.out


def test_absences_that_overlap_or_cover_themselves_are_refused(loaded: Operator) -> None:
    twice = load(loaded, "absences", f"{HEADINGS['absences']}\nlei-1,2026-12-25 09:00,,lei-1\n")

    assert twice.code == 1
    assert "line 2, cover: Nobody can cover for themselves" in twice.out
    assert "line 2, starts_at: This overlaps an absence that is recorded already" in twice.out


def test_a_loop_of_cover_is_refused_with_its_line_and_what_to_do(loaded: Operator) -> None:
    lines = "lei-3,2026-12-24 09:00,2026-12-31 09:00,lei-1\nlei-2,2026-12-24 09:00,,lei-3\n"

    said = load(loaded, "absences", f"{HEADINGS['absences']}\n{lines}")

    assert said.code == 1
    assert "line 3, cover: Cover leads back to whoever is away, by way of line 2" in said.out
    assert "Name somebody who is there then, or nobody" in said.out
    assert "Nothing was loaded" in said.err


def test_what_keeps_pages_from_landing_is_shown_with_what_to_do(
    loaded: Operator, database: Database
) -> None:
    assert loaded.types("rota", "tasks").out.strip() == "Nothing keeps a page from landing."
    SqlDuty(database).report(Unfilled.EMPTY_ROTA, LEEDS, Post.DUTY, "rel-1", WHOLE[0])
    with database.write() as session:
        ada = session.execute(select(StaffRow).where(StaffRow.reference == "lei-1")).scalar_one()
        raise_contact(session, TaskReason.TEXTS_STOPPED, ada, None, WHOLE[0])

    words = " ".join(loaded.types("rota", "tasks", "--organisation", "LEI").out.split())

    assert "LEI resettlement duty The rota has nobody. Fill it." in words
    assert "Ada Example They asked for no more texts." in words
    assert "+44" not in words
    elsewhere = loaded.types("rota", "tasks", "--organisation", "HLI")
    assert elsewhere.out.strip() == "Nothing keeps a page from landing."


def test_without_a_rota_the_command_says_how_to_load_one(
    operator: Operator, database: Database
) -> None:
    said = operator.types("rota", "show")

    assert (said.code, said.out.strip()) == (
        0,
        "There is no rota. Load one: throughcare rota import FILE.",
    )
    assert operator.types("rota", "show", "--at", "noon").code == 1
