"""Every page and state that is opened in a browser, checked and kept as a picture."""

from __future__ import annotations

from typing import NamedTuple

from domain.codes import Role
from domain.state import Phase


class Shown(NamedTuple):
    """One page as somebody sees it.

    Attributes:
        name: Of the picture.
        role: Who opens it; None for somebody who has not signed in.
        path: Its address; {release} stands for the first one of `phase`.
        status: What it is answered with.
    """

    name: str
    role: Role | None
    path: str
    phase: Phase = Phase.CUSTODY
    status: int = 200


PAGES = (
    Shown("sign_in", None, "/sign-in"),
    Shown("accessibility", None, "/accessibility"),
    Shown("privacy", None, "/privacy"),
    Shown("help", None, "/help"),
    *(Shown(f"home_{role}", role, "/") for role in Role),
    Shown("policy", Role.ADMIN, "/policy"),
    Shown("users", Role.ADMIN, "/users"),
    Shown("restrictions", Role.ADMIN, "/restrictions"),
    Shown("user_new", Role.ADMIN, "/users/new"),
    Shown("audit", Role.AUDITOR, "/audit"),
    Shown("cases", Role.RESETTLEMENT, "/cases"),
    Shown("cases_filtered", Role.PROBATION, "/cases?tab=all&due=overdue&within=28&friday=yes"),
    Shown("cases_empty", Role.PROVIDER, "/cases?tab=recent"),
    *(
        Shown(f"record_{role}", role, "/cases/{release}")
        for role in (Role.HEALTHCARE, Role.RESETTLEMENT)
    ),
    Shown("start_release", Role.RESETTLEMENT, "/cases/new"),
    Shown("record_after", Role.PROVIDER, "/cases/{release}", Phase.COMMUNITY),
    Shown("record_closed", Role.PROBATION, "/cases/{release}", Phase.CLOSED),
    Shown("record_people", Role.PROBATION, "/cases/{release}/people"),
    Shown("record_notes", Role.HEALTHCARE, "/cases/{release}/notes"),
    Shown("record_history", Role.PROBATION, "/cases/{release}/history"),
    Shown("day_of_release", Role.RESETTLEMENT, "/cases/{release}/day-of-release"),
    Shown("near_miss", Role.HEALTHCARE, "/cases/{release}/near-miss"),
    Shown("pack", Role.RESETTLEMENT, "/cases/{release}/pack"),
    Shown("pack_clinician", Role.HEALTHCARE, "/cases/{release}/pack"),
    Shown("pack_send", Role.RESETTLEMENT, "/cases/{release}/pack/send"),
    Shown("pack_acknowledge", Role.PROBATION, "/cases/{release}/pack/acknowledge"),
    Shown("pack_clinical", Role.HEALTHCARE, "/cases/{release}/pack/clinical"),
    Shown("pack_non_clinical", Role.PROBATION, "/cases/{release}/pack/non-clinical"),
    Shown("pack_person", Role.HEALTHCARE, "/cases/{release}/pack/person"),
    Shown("answer_code", None, "/referral-answers/a-link"),
    Shown("dashboard", Role.COMMISSIONER, "/dashboard"),
    Shown("dashboard_regions", Role.AUDITOR, "/dashboard?by=probation_region&per=month"),
    Shown("dashboard_wales", Role.COMMISSIONER, "/dashboard?nation=wales&by=sex&per=year"),
    Shown("dashboard_area", Role.COMMISSIONER, "/dashboard/areas/E08000025"),
    Shown(
        "dashboard_too_fine",
        Role.COMMISSIONER,
        "/dashboard?prison=LEI&group=opiate",
        status=400,
    ),
    Shown("counted", Role.PROVIDER, "/cases/{release}/counted", Phase.COMMUNITY),
    Shown("escalations", Role.RESETTLEMENT, "/escalations"),
    Shown("escalations_others", Role.PROBATION, "/escalations?tab=others"),
    Shown("escalations_closed", Role.PROVIDER, "/escalations?tab=closed"),
    Shown("form_screening", Role.HEALTHCARE, "/cases/{release}/events/record_screening"),
    Shown("form_plan", Role.RESETTLEMENT, "/cases/{release}/events/record_plan"),
    Shown("form_prescription", Role.HEALTHCARE, "/cases/{release}/events/arrange_prescription"),
    Shown("form_naloxone", Role.HEALTHCARE, "/cases/{release}/events/record_naloxone"),
    Shown("form_appointment", Role.PROVIDER, "/cases/{release}/events/book_appointment"),
    Shown("form_essentials", Role.RESETTLEMENT, "/cases/{release}/events/record_essentials"),
    Shown("form_licence", Role.PROBATION, "/cases/{release}/events/request_licence_condition"),
    Shown("form_release", Role.RESETTLEMENT, "/cases/{release}/events/record_release"),
    Shown("form_move", Role.RESETTLEMENT, "/cases/{release}/events/move_release_date"),
    Shown("form_death", Role.PROBATION, "/cases/{release}/events/record_death", Phase.COMMUNITY),
    Shown(
        "form_attempt",
        Role.PROBATION,
        "/cases/{release}/events/record_contact_attempt",
        Phase.COMMUNITY,
    ),
    Shown("form_cannot_be_used", Role.PROVIDER, "/cases/{release}/events/record_contact"),
    Shown("step_of_another_team", Role.RESETTLEMENT, "/cases/{release}/steps/prescription"),
    Shown("events", Role.RESETTLEMENT, "/cases/{release}/events"),
    Shown("not_found", Role.PROBATION, "/nowhere", status=404),
    Shown("not_permitted", Role.COMMISSIONER, "/cases/{release}/near-miss", status=403),
)
"""A new page adds its line here."""
