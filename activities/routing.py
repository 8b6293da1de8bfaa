"""Routing one notice: who is told, through which messages, and what follows when nobody can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio import activity

from activities.delivery_ports import DeliveryDispatcher, Ladders, Notices, PersonNotices, Policies
from activities.ports import Duty
from domain.calendars import WorkingCalendar
from domain.commands import Unreached
from domain.policy import Severity, Target
from notifications.evidence import weigh
from notifications.folding import Load, may_storm
from notifications.hours import Hours
from notifications.notices import FOR_THE_PERSON, Audience, Template
from notifications.recipients import Found, Staff
from notifications.routing import Facts, Routing, route
from notifications.standing import PAGES, Noted, Standing, overtaken
from notifications.telling import worded

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Router:
    """Routes notices by their ids, and weighs what is known of the messages they became.

    Attributes:
        calendar: Working days, for hours and digests.
        link_base: Our own address, which links in messages begin with.
        clock: Tells the aware UTC now.
    """

    notices: Notices
    persons: PersonNotices
    duty: Duty
    policies: Policies
    ladders: Ladders
    dispatcher: DeliveryDispatcher
    calendar: WorkingCalendar
    link_base: str
    clock: Clock

    @activity.defn(name="send_notice")
    def send_notice(self, notice_id: str) -> None:
        """Route a notice into messages and set them on their way; harmless when repeated."""
        noted = self.notices.noted(notice_id)
        if noted is None:
            return
        if noted.template in FOR_THE_PERSON:
            self.dispatcher.send(self.persons.route(noted))
            return
        found = self._found(noted)
        self._report(noted, found)
        routed = self.notices.route(noted, _ids(found), self._decision(noted, found))
        self.dispatcher.send(routed.messages)
        self.dispatcher.tell(routed.bundles)
        self._weigh(noted)

    @activity.defn(name="weigh")
    def weigh(self, notice_id: str) -> None:
        """Act on what is known of a notice's messages; harmless when repeated."""
        noted = self.notices.noted(notice_id)
        if noted is not None:
            self._weigh(noted)

    def _found(self, noted: Noted) -> Found:
        if noted.audience == Audience.OTHERS_PAGED:
            staff = self.notices.others_paged(noted)
            return Found(staff, None, self._of(noted, Target.DUTY_ROTA).team)
        return self._of(noted, noted.audience)

    def _of(self, noted: Noted, target: str) -> Found:
        known = Target(target) if target in set(Target) else Audience(target)
        return self.duty.recipients(known, noted.release_id, noted.step, self.clock())

    def _report(self, noted: Noted, found: Found) -> None:
        for gap in found.gaps:
            self.duty.report(gap.reason, gap.team, gap.post, noted.release_id, self.clock())
        if found.unfilled is not None and not found.staff:
            self.notices.nobody_there(noted, found.unfilled)

    def _decision(
        self, noted: Noted, found: Found
    ) -> Callable[[Standing, Mapping[str, Load]], Routing]:
        hours = self._hours(noted)
        storm = self._storm(noted, hours)
        also = self._also(noted, hours)

        def decide(standing: Standing, loads: Mapping[str, Load]) -> Routing:
            now = self.clock()
            telling = worded(noted, standing, hours.delivery, self.link_base, now)
            facts = Facts(
                noted=noted,
                standing=standing,
                worded=telling,
                found=found,
                also=also,
                storm=storm,
                loads=loads,
                now=now,
                hours=hours,
            )
            return route(facts)

        return decide

    def _hours(self, noted: Noted) -> Hours:
        policy = self.policies.policy(noted.policy_version)
        return Hours(policy.delivery, self.calendar)

    def _storm(self, noted: Noted, hours: Hours) -> tuple[Staff, ...] | None:
        """Return whom a storm is told to: the manager, and the owner of the service."""
        within = timedelta(minutes=hours.delivery.storm_minutes)
        if not may_storm(noted.template, noted.severity):
            return None
        if self.notices.alike(noted, within) < hours.delivery.storm_pages:
            return None
        targets = (Target.TEAM_MANAGER, Target.SERVICE_OWNER)
        told = [each for target in targets for each in self._of(noted, target).staff]
        return tuple(told) or None

    def _also(self, noted: Noted, hours: Hours) -> Found | None:
        """Return who is on duty, when the day is over and the person leaves before the next."""
        if noted.severity is not Severity.S2 or noted.template not in PAGES:
            return None
        now = self.clock()
        leaves_on = self.notices.standing(noted).leaves_on
        if hours.are_open(now) or not hours.leaves_soon(now, leaves_on):
            return None
        return self._of(noted, Target.DUTY_ROTA)

    def _weigh(self, noted: Noted) -> None:
        if noted.template not in PAGES or overtaken(noted, self.notices.standing(noted)):
            self.notices.weighed(noted.id)
            return
        now = self.clock()
        known, unfilled = self.notices.known(noted.id)
        verdict = weigh(known, unfilled, noted.severity, self._hours(noted).delivery, now)
        self.dispatcher.send(self.notices.bring_forward(verdict.forward))
        for each in verdict.again:
            self.dispatcher.send(self.notices.again(each.failed, each.id, each.at))
        if verdict.unreached is not None:
            self._leave(noted, verdict.unreached)
        elif verdict.weigh_at is not None:
            self.dispatcher.weigh(noted.id, noted.severity, verdict.weigh_at)
        self.notices.weighed(noted.id)

    def _leave(self, noted: Noted, reason: Unreached) -> None:
        """Leave the rung; the top of a ladder is never left, because nobody stands above it."""
        if noted.template is Template.CHAIN_EXHAUSTED or noted.step is None:
            return
        if noted.ladder is None or noted.level is None:
            return
        self.ladders.unreached(noted.release_id, noted.step, noted.ladder, noted.level, reason)


def _ids(found: Found) -> Sequence[str]:
    return [each.id for each in found.staff]
