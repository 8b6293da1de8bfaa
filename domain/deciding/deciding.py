"""From a submission to events: one handler per command, then settling.

A new command needs an entry in the table below.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from domain import commands as asked
from domain.deciding import (
    community,
    corrections,
    custody,
    licence,
    life_events,
    reviews,
    steps,
    treatment,
)
from domain.deciding.checks import refuse, still_open
from domain.deciding.settling import settle
from domain.deciding.story import Story
from domain.errors import Refusal
from domain.events import Event, EventKind
from domain.london_time import london_date
from domain.rules import Rules
from domain.state import Release


def decide(
    state: Release, submission: asked.Submission, now: datetime, rules: Rules
) -> tuple[Event, ...]:
    """Return the events that `submission` leads to, in order; none when it is a repeat.

    Args:
        state: The release before it.
        submission: Commands accepted together or not at all.
        now: The aware UTC instant at which it is decided.
        rules: The policy and calendar pinned for this release.

    Raises:
        Refused: A command is not allowed now, or the key was used for something else.
    """
    if is_repeat(state, submission):
        return ()
    story = Story(state, now, rules, submission.actor)
    for command in submission.commands:
        _decide_one(story, command)
    story.sign(submission.key, submission.digest)
    return tuple(story.events)


def is_repeat(state: Release, submission: asked.Submission) -> bool:
    """Return whether this very submission was accepted before.

    Raises:
        Refused: The key was used for another submission.
    """
    known = state.requests.get(submission.key)
    if known is None:
        return False
    if known.digest != submission.digest:
        message = "This idempotency key was used for something else. Use a new key."
        refuse(Refusal.KEY_REUSED, message)
    return True


def rules_after(rules: Rules, submission: asked.Submission) -> Rules:
    """Return the rules in force once `submission` is accepted."""
    for command in submission.commands:
        rules = _rules_after(rules, command)
    return rules


def _rules_after(rules: Rules, command: asked.Command) -> Rules:
    # Built anew, not copied: a copy would keep what the old calendar had been counted up to.
    if isinstance(command, asked.AdoptPolicy):
        return Rules(policy=command.policy, calendar=rules.calendar)
    if isinstance(command, asked.SetCalendar):
        return Rules(policy=rules.policy, calendar=command.calendar)
    return rules


def _decide_one(story: Story, command: asked.Command) -> None:
    if not isinstance(command, asked.CORRECTIONS):
        still_open(story.state)
    before, rules_before = story.state, story.rules
    _HANDLERS[type(command)](story, command)
    settle(story, before, rules_before, _fact_day(command, story))


def _fact_day(command: asked.Command, story: Story) -> date:
    if isinstance(command, asked.RecordRelease | asked.CorrectRelease):
        return london_date(command.at)
    on: date | None = getattr(command, "on", None)
    return on or story.today


def _adopt_policy(story: Story, command: asked.AdoptPolicy) -> None:
    if command.policy.version == story.state.policy_version:
        refuse(
            Refusal.NO_CHANGE,
            "The release follows that policy already. Choose another version.",
            "policy",
        )
    data = {"policy_version": command.policy.version, "reason": command.reason}
    story.tell(EventKind.POLICY_ADOPTED, data)
    story.rules = _rules_after(story.rules, command)


def _set_calendar(story: Story, command: asked.SetCalendar) -> None:
    if command.calendar == story.rules.calendar:
        refuse(
            Refusal.NO_CHANGE, "The release uses that list already. Choose a newer one.", "calendar"
        )
    data = {"covers_until": command.calendar.covers_until.isoformat()}
    story.tell(EventKind.CALENDAR_SET, data)
    story.rules = _rules_after(story.rules, command)


_HANDLERS: Final[dict[type[Any], Callable[[Story, Any], None]]] = {
    asked.RecordScreening: custody.record_screening,
    asked.RecordPlan: custody.record_plan,
    asked.RecordActionOutcome: custody.record_action_outcome,
    asked.RecordEssentials: custody.record_essentials,
    asked.RequestLicenceCondition: licence.request_condition,
    asked.EvidenceLicenceCondition: licence.evidence_condition,
    asked.WithdrawLicenceCondition: licence.withdraw_condition,
    asked.SendHandover: custody.send_handover,
    asked.AcknowledgeHandover: custody.acknowledge_handover,
    asked.SendReferral: treatment.send_referral,
    asked.RecordReferralReceived: treatment.receive_referral,
    asked.AcceptReferral: treatment.accept_referral,
    asked.RejectReferral: treatment.reject_referral,
    asked.WithdrawReferral: treatment.withdraw_referral,
    asked.ArrangePrescription: treatment.arrange_prescription,
    asked.ConfirmLastDose: treatment.confirm_last_dose,
    asked.RecordNaloxone: treatment.record_naloxone,
    asked.BookAppointment: treatment.book_appointment,
    asked.TellAppointment: treatment.tell_appointment,
    asked.CancelAppointment: treatment.cancel_appointment,
    asked.RecordRelease: community.record_release,
    asked.RecordContact: community.record_contact,
    asked.RecordContactAttempt: community.record_attempt,
    asked.RecordTreatmentStart: community.record_treatment_start,
    asked.RecordRetention: community.record_retention,
    asked.EndJourney: community.end_journey,
    asked.MarkNotNeeded: steps.mark_not_needed,
    asked.RecordDeclined: steps.record_declined,
    asked.ReopenStep: steps.reopen,
    asked.ReportObstacle: steps.report_obstacle,
    asked.AcknowledgeEscalation: steps.acknowledge_escalation,
    asked.PassOnEscalation: steps.pass_on_escalation,
    asked.EscalateUnreached: steps.escalate_unreached,
    asked.MoveReleaseDate: life_events.move_release_date,
    asked.Transfer: life_events.transfer,
    asked.ChangeDestination: life_events.change_destination,
    asked.Recall: life_events.recall,
    asked.RecordHospitalAdmission: life_events.admit,
    asked.RecordHospitalDischarge: life_events.discharge,
    asked.RecordDeath: life_events.record_death,
    asked.CancelRelease: life_events.cancel,
    asked.Merge: life_events.merge,
    asked.CorrectRelease: corrections.correct_release,
    asked.CorrectTreatmentStart: corrections.correct_treatment_start,
    asked.CorrectTreatmentPicture: corrections.correct_treatment_picture,
    asked.RecordNearMiss: reviews.record_near_miss,
    asked.RecordReview: reviews.record_review,
    asked.FlagExploitation: reviews.flag_exploitation,
    asked.RecordSafeguardingReferral: reviews.record_safeguarding,
    asked.AdoptPolicy: _adopt_policy,
    asked.SetCalendar: _set_calendar,
}
"""Every command's handler."""
