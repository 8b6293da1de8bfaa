"""Refusals: every code can be met, every sentence says what to do, none says about whom."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

import domain.deciding
from domain.commands import (
    AcceptReferral,
    AcknowledgeEscalation,
    AdoptPolicy,
    CancelRelease,
    Command,
    CorrectRelease,
    MarkNotNeeded,
    MoveReleaseDate,
    RecordActionOutcome,
    RecordRelease,
    RecordScreening,
    RecordTreatmentStart,
    SendReferral,
    SetCalendar,
    Submission,
    WithdrawReferral,
)
from domain.deciding import decide
from domain.deciding.deciding import _HANDLERS
from domain.errors import Refusal, Refused
from domain.facts import ActionOutcome
from domain.falling_due import fall_due
from domain.journey import Step
from tests.builders import SERVICE, Journey, a_submission
from tests.domain.journeys import day, london, move_to, refused, released, screened

ON = day("2026-09-08")
SENT = SendReferral(on=ON, service=SERVICE)
IMPERATIVES = (
    *("Answer", "Ask", "Book", "Change", "Check", "Choose", "Come back", "Complete", "Correct"),
    *(
        "Do",
        "Evidence",
        "Give",
        "Install",
        "Leave",
        "Name",
        "Record",
        "Send",
        "Speak",
        "Use",
        "Withdraw",
    ),
)
"""What a person can be told to do; a sentence that begins with none of them only says no."""


def cancelled() -> Journey:
    journey = screened()
    journey.submit(CancelRelease(on=ON, reason="new_sentence"))
    return journey


def key_used() -> Journey:
    journey = screened()
    journey.submit(SENT, key="key-of-mine")
    return journey


MEETINGS: dict[Refusal, tuple[Callable[[], Journey], tuple[Command, ...], str | None]] = {
    Refusal.CLOSED: (cancelled, (SENT,), None),
    Refusal.ALREADY_DONE: (
        screened,
        (SENT, AcceptReferral(on=ON), AcceptReferral(on=ON)),
        None,
    ),
    Refusal.OUT_OF_ORDER: (screened, (AcceptReferral(on=ON),), None),
    Refusal.NOT_RELEASED: (
        screened,
        (RecordTreatmentStart(on=ON, service=SERVICE),),
        None,
    ),
    Refusal.ALREADY_RELEASED: (
        released,
        (RecordRelease(at=london("2026-12-01 09:00"), naloxone_in_hand=True),),
        None,
    ),
    Refusal.NO_CHANGE: (
        screened,
        (MoveReleaseDate(on=ON, scheduled_on=day("2026-12-01")),),
        "scheduled_on",
    ),
    Refusal.UNKNOWN_ITEM: (
        screened,
        (RecordActionOutcome(on=ON, action="act-9", outcome=ActionOutcome.DONE),),
        "action",
    ),
    Refusal.WRONG_STATE: (screened, (WithdrawReferral(on=ON),), None),
    Refusal.DATE_IN_FUTURE: (screened, (SendReferral(on=day("2026-09-09"), service="s"),), "on"),
    Refusal.DATE_TOO_EARLY: (screened, (SendReferral(on=day("2026-05-31"), service="s"),), "on"),
    Refusal.DATE_TOO_LATE: (
        screened,
        (MoveReleaseDate(on=ON, scheduled_on=day("2040-01-03")),),
        "scheduled_on",
    ),
    Refusal.REASON_NOT_ALLOWED: (
        screened,
        (MarkNotNeeded(on=ON, step=Step.REFERRAL, reason="because"),),
        "reason",
    ),
    Refusal.INCOMPLETE: (screened, (RecordScreening(on=ON),), "answers"),
    Refusal.NOTHING_TO_ACKNOWLEDGE: (
        screened,
        (AcknowledgeEscalation(step=Step.REFERRAL),),
        "step",
    ),
}


@pytest.mark.parametrize("code", MEETINGS)
def test_every_refusal_can_be_met_and_names_its_field(code: Refusal) -> None:
    journey, commands, field = MEETINGS[code]

    refusal = refused(journey(), *commands)

    assert (refusal.code, refusal.field) == (code, field)


def test_a_key_used_for_something_else_is_refused() -> None:
    refusal = refused(key_used(), WithdrawReferral(on=ON), key="key-of-mine")

    assert refusal.code is Refusal.KEY_REUSED


def test_no_refusal_is_left_out_of_this_table() -> None:
    assert set(MEETINGS) | {Refusal.KEY_REUSED} == set(Refusal)


def test_every_kind_of_command_has_a_handler() -> None:
    kinds = set(get_args(get_args(Command)[0]))

    assert set(_HANDLERS) == kinds


def test_a_submission_is_accepted_or_refused_as_a_whole() -> None:
    journey = screened()
    both = a_submission(SENT, AcceptReferral(on=day("2026-09-09")))

    with pytest.raises(Refused):
        decide(journey.state, both, journey.now, journey.rules)

    assert journey.state.referrals == ()


def test_the_same_submission_twice_changes_nothing() -> None:
    journey = screened()
    again = a_submission(SENT)
    journey.submit(*again.commands, key=again.key)

    assert decide(journey.state, again, journey.now, journey.rules) == ()


def test_the_same_key_from_somebody_else_is_not_the_same_submission() -> None:
    journey = key_used()
    other = Submission.model_validate(
        {"key": "key-of-mine", "actor": {"id": "staff-9", "role": "probation"}, "commands": [SENT]}
    )

    with pytest.raises(Refused) as caught:
        decide(journey.state, other, journey.now, journey.rules)

    assert caught.value.code is Refusal.KEY_REUSED


def test_a_hundred_submissions_later_a_key_is_still_known() -> None:
    journey = move_to(screened(), london("2026-09-08 13:00"))
    journey.submit(SENT, key="key-first")
    for number in range(99):
        command = WithdrawReferral(on=ON) if number % 2 == 0 else SENT
        journey.submit(command)

    again = a_submission(SENT, key="key-first")
    assert decide(journey.state, again, journey.now, journey.rules) == ()


def test_the_rules_of_a_release_change_only_when_they_differ() -> None:
    journey = screened()
    policy, calendar = journey.rules.policy, journey.rules.calendar

    for command in (AdoptPolicy(policy=policy, reason="r"), SetCalendar(calendar=calendar)):
        assert refused(journey, command).code is Refusal.NO_CHANGE


def test_a_new_policy_moves_the_due_times_from_then_on() -> None:
    journey = screened()
    policy = journey.rules.policy
    earlier = policy.steps[Step.NALOXONE].due.model_copy(update={"count": -3})
    naloxone = policy.steps[Step.NALOXONE].model_copy(update={"due": earlier})
    steps = {**policy.steps, Step.NALOXONE: naloxone}
    adopted = policy.model_copy(update={"version": "trial-1", "steps": steps})
    journey.submit(AdoptPolicy(policy=adopted, reason="trial"))

    events = fall_due(journey.state, london("2026-12-01 12:00"), journey.rules)

    assert journey.state.policy_version == "trial-1"
    assert [
        each.at for each in events if each.kind == "step_lapsed" and each.step is Step.NALOXONE
    ] == [london("2026-11-26 17:00")]


def test_a_new_bank_holiday_moves_the_due_times_from_then_on() -> None:
    journey = screened()
    calendar = journey.rules.calendar
    holidays = calendar.holidays | {day("2026-11-30")}
    journey.submit(SetCalendar(calendar=calendar.model_copy(update={"holidays": holidays})))

    events = fall_due(journey.state, london("2026-12-01 12:00"), journey.rules)

    assert [
        each.at for each in events if each.kind == "step_lapsed" and each.step is Step.NALOXONE
    ] == [london("2026-11-27 17:00")]


# The sentences themselves, read from the source: one that no test meets is read by people too.


def sentences() -> Iterator[str]:
    for path in sorted(Path(domain.deciding.__file__).parent.glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name != "refuse":
                yield from _sentences_of(function)


def _sentences_of(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "message":
            yield ast.literal_eval(node.value)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refuse":
            said = node.args[1]
            if isinstance(said, ast.Constant):
                yield str(said.value)
            elif isinstance(said, ast.JoinedStr):
                yield "".join(str(getattr(part, "value", "x")) for part in said.values[:1])


def test_every_sentence_says_what_to_do() -> None:
    found = list(sentences())

    assert len(found) > 60
    silent = [
        each
        for each in found
        if not any(part.strip().startswith(IMPERATIVES) for part in re.split(r"[.;]", each))
    ]
    assert silent == []


def test_no_sentence_repeats_what_was_submitted() -> None:
    journey = move_to(screened(), ON)
    secret = "canary-7f3a"
    commands: tuple[Command, ...] = (
        RecordActionOutcome(on=ON, action=secret, outcome=ActionOutcome.DONE),
        MarkNotNeeded(on=ON, step=Step.REFERRAL, reason=secret),
        CorrectRelease(at=london("2026-09-08 09:00"), reason=secret),
        SendReferral(on=day("2026-09-09"), service=secret),
    )

    for command in commands:
        assert secret not in refused(journey, command).message
