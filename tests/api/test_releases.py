"""Starting, listing and reading releases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from api.examples import COMMANDS, NEW_RELEASE
from domain.access import Subject
from domain.codes import Role
from tests.api.conftest import NOW, As
from tests.api.fakes import World

RELEASES = "/api/v1/releases"


def a_person(**changes: object) -> dict[str, Any]:
    return NEW_RELEASE | changes


async def test_a_release_is_started_and_can_be_read_at_once(as_: As) -> None:
    caller = as_(Role.RESETTLEMENT)

    started = await caller.post(RELEASES, a_person())

    assert started.status_code == 201
    assert started.json()["created"] is True
    read = await caller.get(started.headers["location"])
    assert read.status_code == 200
    assert read.json()["id"] == started.json()["id"]
    assert read.json()["person"]["prison_number"] == "A1234BC"
    assert read.json()["expected_on"] == "2026-12-15"
    assert read.json()["service"] == "cds-hartlepool"


async def test_the_same_stay_in_prison_is_the_same_release(as_: As) -> None:
    caller = as_(Role.RESETTLEMENT)
    first = await caller.post(RELEASES, a_person())

    second = await caller.post(RELEASES, a_person(forename="Samuel", prison_number="a1234bc"))

    assert second.status_code == 200
    assert second.json() == first.json() | {"created": False}
    read = await caller.get(second.headers["location"])
    assert read.json()["person"]["forename"] == "Sam"


async def test_a_release_that_is_elsewhere_now_is_not_shown_by_starting_it_again(as_: As) -> None:
    started = await as_(Role.RESETTLEMENT).post(RELEASES, a_person())
    moved = await as_(Role.RESETTLEMENT).ask(
        started.json()["id"], "transfer", on="2026-11-20", prison="HLI"
    )
    assert moved.status_code == 200

    again = await as_(Role.RESETTLEMENT).post(RELEASES, a_person())

    assert again.status_code == 409
    assert again.json()["code"] == "release_elsewhere"
    assert started.json()["id"] not in again.text


async def test_resettlement_cannot_start_a_release_from_another_prison(as_: As) -> None:
    refused = await as_(Role.RESETTLEMENT).post(RELEASES, a_person(prison="HLI"))

    assert refused.status_code == 403
    assert refused.json()["code"] == "prison_not_yours"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"prison_number": "1234"}, "prison_number"),
        ({"prison_number": 7}, "prison_number"),
        ({"crn": "X12"}, "crn"),
        ({"forename": ""}, "forename"),
        ({"surname": "A\u0000B"}, "surname"),
        ({"date_of_birth": 0}, "date_of_birth"),
        ({"date_of_birth": "0"}, "date_of_birth"),
        ({"release_date": "1700000000"}, "release_date"),
        ({"release_date": "2026-02-30"}, "release_date"),
        ({"release_date": "2026-12-15T00:00:00"}, "release_date"),
        ({"reception_date": "2027-01-05"}, "release_date"),
        ({"reception_date": "2026-12-01"}, "reception_date"),
        ({"sex": "m"}, "sex"),
        ({"prison": "XXX"}, "prison"),
        ({"local_authority": "E99999999"}, "local_authority"),
        ({"probation_unit": "nowhere"}, "probation_unit"),
        ({"treatment_group": "opiates"}, "treatment_group"),
        ({"mobile": "12"}, "mobile"),
        ({"started_at": "2026-11-20T10:00:00"}, "started_at"),
        ({"started_at": "1700000000"}, "started_at"),
        ({"release_date_as_given": 1}, "release_date_as_given"),
        ({"dose": "20"}, "dose"),
    ],
)
async def test_bad_input_is_refused_with_its_field(
    as_: As, world: World, change: dict[str, object], field: str
) -> None:
    refused = await as_(Role.RESETTLEMENT).post(RELEASES, a_person(**change))

    assert refused.status_code in {409, 422}
    assert field in {each["field"].partition(".")[0] for each in refused.json()["errors"]}
    assert world.states == {}


async def test_missing_fields_are_all_named_at_once(as_: As) -> None:
    refused = await as_(Role.RESETTLEMENT).post(RELEASES, {"prison": "LEI"})

    fields = {each["field"] for each in refused.json()["errors"]}
    assert fields == {
        *("prison_number", "forename", "surname", "date_of_birth", "sex", "release_date"),
        *("release_type", "reception_date", "local_authority", "probation_unit"),
    }


async def test_an_official_abbreviation_names_a_release_type_too(as_: As) -> None:
    started = await as_(Role.RESETTLEMENT).post(RELEASES, a_person(release_type="CRD"))

    read = await as_(Role.RESETTLEMENT).get(started.headers["location"])
    assert read.json()["release_type"] == "conditional"


@pytest.mark.parametrize(
    ("group", "need"),
    [("opiate", "needed"), ("none", "not_needed"), (None, "not_yet_known")],
)
async def test_the_treatment_group_says_whether_treatment_is_needed(
    as_: As, group: str | None, need: str
) -> None:
    started = await as_(Role.RESETTLEMENT).post(RELEASES, a_person(treatment_group=group))

    read = await as_(Role.RESETTLEMENT).get(started.headers["location"])
    assert read.json()["care"]["treatment_need"] == need


# Lists


async def test_a_list_is_paged_and_counted(world: World, as_: As) -> None:
    for number in range(5):
        world.has(f"rel-{number}")

    page = await as_(Role.RESETTLEMENT).get(RELEASES, page=2, per_page=2)

    body = page.json()
    assert [each["id"] for each in body["items"]] == ["rel-2", "rel-3"]
    assert (body["page"], body["per_page"], body["total"]) == (2, 2, 5)


async def test_a_list_holds_only_what_is_in_scope(world: World, as_: As) -> None:
    world.has("rel-here")
    world.has("rel-there", prison="HLI")

    found = await as_(Role.RESETTLEMENT).get(RELEASES)

    assert [each["id"] for each in found.json()["items"]] == ["rel-here"]
    assert found.json()["total"] == 1


async def test_a_list_is_narrowed_and_sorted(world: World, as_: As) -> None:
    world.has("rel-soon")
    world.has("rel-late", scheduled_on="2027-02-02")
    caller = as_(Role.RESETTLEMENT)

    latest = await caller.get(RELEASES, sort="-leaves_on")
    later = await caller.get(RELEASES, leaves_from="2027-01-01", phase="custody", step="plan")

    assert [each["id"] for each in latest.json()["items"]] == ["rel-late", "rel-soon"]
    assert [each["id"] for each in later.json()["items"]] == ["rel-late"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"page": 0}, "page"),
        ({"page": "x"}, "page"),
        ({"per_page": 201}, "per_page"),
        ({"sort": "name"}, "sort"),
        ({"phase": "nowhere"}, "phase"),
        ({"leaves_from": "0"}, "leaves_from"),
        ({"leaves_from": "1700000000"}, "leaves_from"),
        ({"leaves_to": "2026-13-01"}, "leaves_to"),
        ({"prision": "LEI"}, "prision"),
        ({"q": "Smith"}, "q"),
    ],
)
async def test_a_bad_or_unknown_filter_is_refused(
    as_: As, query: dict[str, object], field: str
) -> None:
    refused = await as_(Role.RESETTLEMENT).get(RELEASES, **query)

    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["errors"]] == [field]


async def test_justice_staff_cannot_filter_by_what_they_may_not_see(world: World, as_: As) -> None:
    world.has("rel-1", treatment={"need": "needed", "stated_group": "opiate"})
    world.has("rel-2", treatment={"need": "needed", "stated_group": "alcohol_only"})

    refused = await as_(Role.RESETTLEMENT).get(RELEASES, group="opiate")
    found = await as_(Role.HEALTHCARE).get(RELEASES, group="opiate")

    assert refused.status_code == 403
    assert refused.json()["code"] == "clinical_filter_not_yours"
    assert [each["id"] for each in found.json()["items"]] == ["rel-1"]


async def test_prison_staff_lose_sight_of_a_person_a_fortnight_after_release(
    world: World, as_: As
) -> None:
    world.has("rel-1", scheduled_on="2026-11-20", as_given=True)
    caller = as_(Role.RESETTLEMENT)
    released = await caller.ask(
        "rel-1", "record_release", at="2026-11-20T09:00:00Z", naloxone_in_hand=True
    )
    assert released.status_code == 200

    world.time = NOW + timedelta(days=13)
    assert (await caller.get(f"{RELEASES}/rel-1")).status_code == 200
    world.time = NOW + timedelta(days=14)
    assert (await caller.get(f"{RELEASES}/rel-1")).status_code == 404


# Out of scope is like unknown


@pytest.mark.parametrize("path", ["", "/events"])
async def test_out_of_scope_is_answered_like_unknown(world: World, as_: As, path: str) -> None:
    world.has("rel-there", prison="HLI", probation_unit="N52BIRM")

    for role in (Role.RESETTLEMENT, Role.HEALTHCARE, Role.PROBATION, Role.PROVIDER):
        known = await as_(role).get(f"{RELEASES}/rel-there{path}")
        unknown = await as_(role).get(f"{RELEASES}/rel-none{path}")
        assert (known.status_code, known.content) == (404, unknown.content)
        assert dict(known.headers) == dict(unknown.headers)


async def test_a_command_out_of_scope_is_answered_like_unknown(world: World, as_: As) -> None:
    world.has("rel-there", prison="HLI")
    caller = as_(Role.RESETTLEMENT)

    known = await caller.ask("rel-there", "send_referral", on="2026-11-20", service="cds-leeds")
    unknown = await caller.ask("rel-none", "send_referral", on="2026-11-20", service="cds-leeds")

    assert (known.status_code, known.content) == (404, unknown.content)
    assert world.submitted == []


async def test_an_odd_id_is_just_unknown(as_: As) -> None:
    for release_id in ("%00", "a%20b", "x" * 300, "%F0%9F%92%A9"):
        found = await as_(Role.RESETTLEMENT).get(f"{RELEASES}/{release_id}")
        assert found.status_code == 404


# Fields


async def test_clinical_detail_reaches_clinical_roles_only(world: World, as_: As) -> None:
    world.has("rel-1", treatment={"need": "needed", "stated_group": "opiate"})
    healthcare = as_(Role.HEALTHCARE)
    await healthcare.ask(
        "rel-1",
        "arrange_prescription",
        on="2026-11-20",
        supplies=[{"kind": "take_home", "from_on": "2026-12-01", "days": 9}],
        prescriber_on="2026-12-08",
    )
    await healthcare.ask(
        "rel-1",
        "record_naloxone",
        on="2026-11-20",
        answer="declined",
        declined_reason="own-supply",
        conversation_by="nurse-9",
    )

    clinical = (await healthcare.get(f"{RELEASES}/rel-1")).json()
    assert clinical["clinical"]["prescription"]["supplies"][0]["days"] == 9
    assert clinical["clinical"]["naloxone"]["declined_reason"] == "own-supply"
    for role in (Role.RESETTLEMENT, Role.PROBATION):
        for path in ("", "/events"):
            found = await as_(role).get(f"{RELEASES}/rel-1{path}")
            assert found.status_code == 200
            for hidden in ("opiate", "take_home", "declined", "own-supply", "nurse-9", "supplies"):
                assert hidden not in found.text, (role, path, hidden)
        shown = (await as_(role).get(f"{RELEASES}/rel-1")).json()
        assert shown["clinical"] is None
        assert shown["care"] == {
            "treatment_need": "needed",
            "prescription_arranged": True,
            "covered_until": "2026-12-08",
            "naloxone_offered": True,
        }


async def test_a_coded_reason_of_a_clinical_step_reaches_clinical_roles_only(
    world: World, as_: As
) -> None:
    world.has("rel-1")
    healthcare = as_(Role.HEALTHCARE)
    marked = await healthcare.ask(
        "rel-1",
        "mark_not_needed",
        on="2026-11-20",
        step="naloxone",
        reason="already_has_naloxone",
    )
    assert marked.status_code == 200

    assert "already_has_naloxone" in (await healthcare.get(f"{RELEASES}/rel-1")).text
    for path in ("", "/events"):
        assert (
            "already_has_naloxone"
            not in (await as_(Role.PROBATION).get(f"{RELEASES}/rel-1{path}")).text
        )


async def test_how_a_condition_is_linked_to_offending_reaches_justice_roles_only(
    world: World, as_: As
) -> None:
    world.has("rel-1")
    probation = as_(Role.PROBATION)
    await probation.ask("rel-1", "request_licence_condition", on="2026-11-20", condition="testing")
    evidenced = await probation.ask(
        "rel-1", "evidence_licence_condition", **COMMANDS["evidence_licence_condition"]
    )
    assert evidenced.status_code == 200, evidenced.text

    for path in ("", "/events"):
        seen = await probation.get(f"{RELEASES}/rel-1{path}")
        assert "linked_to_offending" in seen.text
        hidden = await as_(Role.HEALTHCARE).get(f"{RELEASES}/rel-1{path}")
        assert "linked_to_offending" not in hidden.text
        assert "testing" in hidden.text


async def test_a_scope_that_changes_counts_on_the_next_request(world: World, as_: As) -> None:
    world.has("rel-1")
    caller = as_(Role.RESETTLEMENT)
    assert (await caller.get(f"{RELEASES}/rel-1")).status_code == 200

    world.token(Subject("res", Role.RESETTLEMENT, prisons=frozenset({"HLI"})))
    assert (await caller.get(f"{RELEASES}/rel-1")).status_code == 404

    world.tokens.clear()
    assert (await caller.get(f"{RELEASES}/rel-1")).status_code == 401
