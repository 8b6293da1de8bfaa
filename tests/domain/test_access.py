"""Who may ask what of which release. The tables are written by hand, not taken from the code."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest

from domain.access import Subject, may_command, may_read, may_start, scope_of
from domain.access_denials import Denial, NotPermitted
from domain.access_table import COMMANDS, kinds_of
from domain.codes import HandoverParty, Role
from domain.commands import Command, EscalateUnreached
from domain.facts import ReferralStatus
from domain.journey import Step
from domain.state import Release
from tests.domain.access_cases import EXAMPLES, SUBJECTS, TODAY, a_command, a_referral, a_release

# Columns: resettlement, healthcare, probation, provider, before the release and after it.
# y: yes, -: no, m: managers only.
EXPECTED = """
record_screening              y y - -   y y - -
record_plan                   y y - -   y y - -
record_action_outcome         y y y y   y y y y
send_referral                 y - - -   y - y -
record_referral_received      - - - y   - - - y
accept_referral               - - - y   - - - y
reject_referral               - - - y   - - - y
withdraw_referral             y - - -   y - y -
arrange_prescription          - y - -   - y - y
confirm_last_dose             - y - -   - y - y
record_naloxone               - y - -   - y - y
book_appointment              - - - y   - - - y
tell_appointment              y y y y   y y y y
cancel_appointment            - - - y   - - - y
record_essentials             y - - -   y - - -
request_licence_condition     - - y -   - - y -
evidence_licence_condition    - - y -   - - y -
withdraw_licence_condition    - - y -   - - y -
send_handover                 y - - -   y - y -
record_release                y - - -   y - - -
record_contact                - - - y   - - - y
record_contact_attempt        - - y y   - - y y
record_treatment_start        - - - y   - - - y
record_retention              - - - y   - - - y
move_release_date             y - - -   y - - -
transfer                      y - - -   y - - -
change_destination            y - y -   y - y -
recall                        y - y -   y - y -
record_hospital_admission     y y y y   y y y y
record_hospital_discharge     y y y y   y y y y
record_death                  y y y y   y y y y
cancel_release                y - - -   y - - -
merge                         y - - -   y - - -
end_journey                   - - m m   - - m m
correct_release               y - y -   y - y -
correct_treatment_start       - - - y   - - - y
correct_treatment_picture     - y - y   - y - y
record_near_miss              y y y y   y y y y
record_review                 y y y y   y y y y
flag_exploitation             y y y y   y y y y
record_safeguarding_referral  y y y y   y y y y
"""
ROLES = (Role.RESETTLEMENT, Role.HEALTHCARE, Role.PROBATION, Role.PROVIDER)
DEPENDENT = {
    "acknowledge_handover",
    "acknowledge_escalation",
    "pass_on_escalation",
    "mark_not_needed",
    "record_declined",
    "reopen_step",
    "report_obstacle",
}
OPERATORS = {"adopt_policy", "set_calendar"}
THE_SERVICE = {"escalate_unreached"}


def cases() -> list[tuple[str, Role, bool, str]]:
    found = []
    for line in EXPECTED.strip().splitlines():
        kind, *cells = line.split()
        for column, cell in enumerate(cells):
            found.append((kind, ROLES[column % 4], column >= 4, cell))
    return found


def is_permitted(subject: Subject, command: Command, release: Release) -> bool:
    try:
        may_command(subject, command, release, TODAY)
    except NotPermitted:
        return False
    return True


def denial(subject: Subject, command: Command, release: Release) -> Denial:
    with pytest.raises(NotPermitted) as caught:
        may_command(subject, command, release, TODAY)
    return caught.value.code


def a_manager(role: Role) -> Subject:
    known = SUBJECTS[role]
    return Subject(
        known.id,
        role,
        prisons=known.prisons,
        units=known.units,
        services=known.services,
        manager=True,
    )


@pytest.mark.parametrize(("kind", "role", "released", "cell"), cases())
def test_each_role_may_ask_what_the_table_says(
    kind: str, role: Role, released: bool, cell: str
) -> None:
    release = a_release(released_on=TODAY if released else None, treatment=None)
    command = a_command(kind)

    assert is_permitted(SUBJECTS[role], command, release) == (cell == "y")
    assert is_permitted(a_manager(role), command, release) == (cell in "ym")


def test_the_table_speaks_of_every_kind_of_command() -> None:
    union = get_args(get_args(Command)[0])
    kinds = {each.model_fields["kind"].default for each in union}

    assert {kind for kind, *_ in cases()} | DEPENDENT | OPERATORS | THE_SERVICE == kinds
    assert set(EXAMPLES) == kinds - DEPENDENT - OPERATORS - THE_SERVICE


def test_no_command_is_left_with_nobody_who_may_ask_it() -> None:
    union = get_args(get_args(Command)[0])

    # That nobody was reached is said by the service itself, never by an account.
    assert frozenset().union(*COMMANDS.values()) == set(union) - {EscalateUnreached}


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.AUDITOR, Role.ADMIN])
@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_roles_that_see_no_person_may_ask_nothing_of_a_release(role: Role, kind: str) -> None:
    assert denial(SUBJECTS[role], a_command(kind), a_release()) is Denial.ROLE


def test_only_an_admin_may_change_the_rules() -> None:
    assert {role for role in Role if OPERATORS & kinds_of(role)} == {Role.ADMIN}


@pytest.mark.parametrize(
    ("role", "party"),
    [
        (Role.RESETTLEMENT, HandoverParty.PRISON_RESETTLEMENT),
        (Role.HEALTHCARE, HandoverParty.PRISON_DRUG_SERVICE),
        (Role.PROBATION, HandoverParty.PROBATION),
        (Role.PROVIDER, HandoverParty.COMMUNITY_DRUG_SERVICE),
    ],
)
def test_each_party_acknowledges_the_pack_for_itself_alone(
    role: Role, party: HandoverParty
) -> None:
    for each in HandoverParty:
        command = a_command("acknowledge_handover", on="2026-11-02", party=each)

        assert is_permitted(SUBJECTS[role], command, a_release()) == (each is party)


TEAMS = """
screening      resettlement                   resettlement
plan           resettlement                   resettlement
referral       resettlement                   resettlement,probation
prescription   healthcare                     healthcare,provider
naloxone       healthcare                     healthcare,provider
appointment    provider                       provider
essentials     resettlement                   resettlement
licence        probation                      probation
handover       resettlement                   resettlement,probation
release        resettlement                   resettlement
first_contact  provider                       provider
engagement     provider                       provider
retention      provider                       provider
review         healthcare,provider,probation  healthcare,provider,probation
safeguarding   resettlement,probation         resettlement,probation
"""


@pytest.mark.parametrize("line", TEAMS.strip().splitlines())
@pytest.mark.parametrize(
    "kind",
    [
        *("acknowledge_escalation", "pass_on_escalation", "mark_not_needed", "reopen_step"),
        "report_obstacle",
    ],
)
def test_a_step_is_answered_and_acknowledged_by_the_team_that_works_it(
    line: str, kind: str
) -> None:
    step, before, after = line.split()
    body = {"step": step}
    if kind in {"mark_not_needed", "reopen_step", "report_obstacle"}:
        body["on"] = "2026-11-02"
    if kind == "mark_not_needed":
        body["reason"] = "other"
    if kind == "report_obstacle":
        body["reason"] = "no_answer"
    command = a_command(kind, **body)

    for team, release in ((before, a_release()), (after, a_release(released_on=TODAY))):
        permitted = {r for r in ROLES if is_permitted(SUBJECTS[r], command, release)}
        assert permitted == {Role(name) for name in team.split(",")}


def test_every_step_has_a_team() -> None:
    assert {line.split()[0] for line in TEAMS.strip().splitlines()} == set(Step)


def test_an_action_is_closed_by_its_owner_or_by_resettlement() -> None:
    command = a_command("record_action_outcome", action="p1")

    assert is_permitted(SUBJECTS[Role.HEALTHCARE], command, a_release())
    assert is_permitted(SUBJECTS[Role.RESETTLEMENT], command, a_release())
    assert denial(SUBJECTS[Role.PROBATION], command, a_release()) is Denial.ACTION


# Two services know the person, one of them this subject's: its own referral stands.


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("book_appointment", {"service": "svc-2"}),
        ("record_treatment_start", {"service": "svc-2"}),
        ("record_contact", {"appointment": "a2"}),
        ("cancel_appointment", {"appointment": "a2"}),
        ("tell_appointment", {"appointment": "a2"}),
    ],
)
def test_a_provider_records_for_its_own_service_only(kind: str, changes: dict[str, str]) -> None:
    theirs = a_release().appointments[0].model_copy(update={"id": "a2", "service": "svc-2"})
    release = a_release(appointments=(theirs,))

    assert denial(SUBJECTS[Role.PROVIDER], a_command(kind, **changes), release) is Denial.SERVICE


@pytest.mark.parametrize("kind", ["record_retention", "correct_treatment_start"])
def test_treatment_with_another_service_is_for_that_service_to_follow(kind: str) -> None:
    start = a_release().treatment_start
    assert start is not None
    release = a_release(treatment_start=start.model_copy(update={"service": "svc-2"}))

    assert denial(SUBJECTS[Role.PROVIDER], a_command(kind), release) is Denial.SERVICE


def test_an_item_that_does_not_exist_is_for_the_rules_to_refuse() -> None:
    release = a_release(treatment_start=None, appointments=(), actions=())

    assert is_permitted(SUBJECTS[Role.PROVIDER], a_command("record_contact"), release)
    assert is_permitted(SUBJECTS[Role.PROVIDER], a_command("record_retention"), release)
    assert is_permitted(SUBJECTS[Role.PROBATION], a_command("record_action_outcome"), release)


@pytest.mark.parametrize(
    "detail",
    [
        {"substances": ["heroin"]},
        {"stated_group": "opiate", "opiate_treatment": True},
        {"stated_group": "opiate", "opiate_history": True},
        {"stated_group": "opiate", "believed_drug_free": True},
    ],
)
def test_resettlement_states_no_clinical_detail(detail: dict[str, object]) -> None:
    command = a_command("record_screening", treatment={"need": "needed"} | detail)
    release = a_release(treatment=None)

    assert denial(SUBJECTS[Role.RESETTLEMENT], command, release) is Denial.CLINICAL_DETAIL
    assert is_permitted(SUBJECTS[Role.HEALTHCARE], command, release)


def test_resettlement_may_state_the_need_until_healthcare_has_said_more() -> None:
    command = a_command(
        "record_screening", treatment={"need": "needed", "stated_group": "alcohol_only"}
    )

    assert is_permitted(SUBJECTS[Role.RESETTLEMENT], command, a_release(treatment=None))
    assert denial(SUBJECTS[Role.RESETTLEMENT], command, a_release()) is Denial.CLINICAL_DETAIL


def test_resettlement_may_go_on_screening_once_healthcare_has_said_more() -> None:
    assert is_permitted(SUBJECTS[Role.RESETTLEMENT], a_command("record_screening"), a_release())


# Scope


def sees(subject: Subject, release: Release) -> bool:
    return may_read(subject, release, TODAY)


def test_prison_staff_see_releases_from_their_own_prisons() -> None:
    for role in (Role.RESETTLEMENT, Role.HEALTHCARE):
        assert sees(SUBJECTS[role], a_release())
        assert not sees(SUBJECTS[role], a_release(prison="LEI"))


@pytest.mark.parametrize(("days", "seen"), [(0, True), (14, True), (15, False)])
def test_prison_staff_see_a_person_for_a_fortnight_after_release(days: int, seen: bool) -> None:
    release = a_release(released_on=TODAY - timedelta(days=days))

    assert sees(SUBJECTS[Role.HEALTHCARE], release) == seen
    assert sees(Subject("u", Role.RESETTLEMENT, prisons=None), release) == seen


def test_probation_sees_its_own_units_at_any_time() -> None:
    long_ago = date(2026, 1, 5)

    assert sees(SUBJECTS[Role.PROBATION], a_release())
    assert sees(SUBJECTS[Role.PROBATION], a_release(released_on=long_ago))
    assert not sees(SUBJECTS[Role.PROBATION], a_release(probation_unit="PDU2"))


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        (ReferralStatus.REQUESTED, True),
        (ReferralStatus.RECEIVED, True),
        (ReferralStatus.ACCEPTED, True),
        (ReferralStatus.REJECTED, False),
        (ReferralStatus.WITHDRAWN, False),
    ],
)
def test_a_provider_sees_whoever_is_referred_to_it(status: ReferralStatus, seen: bool) -> None:
    release = a_release(referrals=(a_referral(status=status),))

    assert sees(SUBJECTS[Role.PROVIDER], release) == seen


def test_a_provider_sees_nobody_before_they_are_referred() -> None:
    release = a_release(service="svc-1", referrals=())

    assert not sees(SUBJECTS[Role.PROVIDER], release)
    assert not sees(Subject("u", Role.PROVIDER, services=None), release)


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.ADMIN, Role.AUDITOR])
def test_no_release_is_shown_to_roles_that_see_no_person(role: Role) -> None:
    everywhere = Subject("u", role, prisons=None, units=None, services=None, areas=None)

    assert not sees(everywhere, a_release())


def test_only_an_auditor_reaches_every_trail() -> None:
    for role, subject in SUBJECTS.items():
        elsewhere = a_release(prison="LEI", probation_unit="PDU2", referrals=())
        assert scope_of(subject, TODAY).covers(elsewhere) == (role is Role.AUDITOR)


def test_a_role_opens_its_own_kind_of_place_only() -> None:
    greedy = Subject("u", Role.PROBATION, prisons=None, units=frozenset(), services=None)

    assert not sees(greedy, a_release())


def test_no_places_means_no_release_and_all_places_means_every_one() -> None:
    assert not sees(Subject("u", Role.RESETTLEMENT), a_release())
    assert sees(Subject("u", Role.RESETTLEMENT, prisons=None), a_release())


def test_out_of_scope_comes_before_any_reason_that_depends_on_the_release() -> None:
    elsewhere = a_release(prison="LEI")
    command = a_command("record_screening", treatment={"need": "needed", "substances": ["heroin"]})

    assert denial(SUBJECTS[Role.RESETTLEMENT], command, elsewhere) is Denial.OUT_OF_SCOPE


def test_a_kind_that_is_never_the_roles_own_is_refused_alike_in_and_out_of_scope() -> None:
    command = a_command("accept_referral")

    for release in (a_release(), a_release(prison="LEI")):
        assert denial(SUBJECTS[Role.RESETTLEMENT], command, release) is Denial.ROLE


def test_releases_are_started_by_resettlement_in_their_own_prisons() -> None:
    may_start(SUBJECTS[Role.RESETTLEMENT], "BXI")

    with pytest.raises(NotPermitted) as elsewhere:
        may_start(SUBJECTS[Role.RESETTLEMENT], "LEI")
    assert elsewhere.value.code is Denial.PRISON
    for role in set(Role) - {Role.RESETTLEMENT}:
        with pytest.raises(NotPermitted) as caught:
            may_start(SUBJECTS[role], "BXI")
        assert caught.value.code is Denial.ROLE
