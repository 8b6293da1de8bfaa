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
        path: Its address; {release} stands for the first one of `phase`, {message} for a message
            to staff.
        status: What it is answered with.
    """

    name: str
    role: Role | None
    path: str
    phase: Phase = Phase.CUSTODY
    status: int = 200


_LASTING = "/rotas/resettlement/LEI/team_manager/20260105T080000Z"
"""A shift of the demonstration that lasts until further notice."""

PAGES = (
    Shown("sign_in", None, "/sign-in"),
    Shown("accessibility", None, "/accessibility"),
    Shown("privacy", None, "/privacy"),
    Shown("help", None, "/help"),
    *(Shown(f"home_{role}", role, "/") for role in Role),
    Shown("policy", Role.ADMIN, "/policy"),
    Shown("users", Role.ADMIN, "/users"),
    Shown("policy_admin", Role.ADMIN, "/policy"),
    Shown("policy_change", Role.ADMIN, "/policy/change/chains.S1"),
    Shown("restrictions", Role.ADMIN, "/restrictions"),
    Shown("users_unlinked", Role.ADMIN, "/users?staff=unlinked"),
    Shown("restrictions_undone", Role.ADMIN, "/restrictions?work=undone"),
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
    Shown("professional", Role.RESETTLEMENT, "/cases/{release}/people/gp"),
    Shown("phone", Role.RESETTLEMENT, "/cases/{release}/phone"),
    Shown("worker", Role.RESETTLEMENT, "/cases/{release}/worker"),
    Shown("cases_mine", Role.RESETTLEMENT, "/cases?tab=mine"),
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
    Shown("dashboard_filtered", Role.AUDITOR, "/dashboard?ethnicity=not_stated"),
    Shown("dashboard_area_filtered", Role.AUDITOR, "/dashboard/areas/E08000025?sex=female"),
    Shown("dashboard_area_wales", Role.AUDITOR, "/dashboard/areas/W06000015?by=age_band"),
    Shown(
        "dashboard_area_too_fine",
        Role.AUDITOR,
        "/dashboard/areas/E08000025?sex=female&age=55%2B",
        status=400,
    ),
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
    Shown(
        "form_obstacle",
        Role.RESETTLEMENT,
        "/cases/{release}/steps/essentials/report_obstacle",
    ),
    Shown("events", Role.RESETTLEMENT, "/cases/{release}/events"),
    Shown("rotas", Role.PROBATION, "/rotas"),
    Shown("rotas_gaps", Role.ADMIN, "/rotas?whose=gaps"),
    Shown("rotas_no_match", Role.ADMIN, "/rotas?place=nowhere"),
    Shown("rota", Role.RESETTLEMENT, "/rotas/resettlement/LEI"),
    Shown("rota_of_others", Role.PROVIDER, "/rotas/resettlement/LEI?weeks=2"),
    Shown("rota_empty", Role.ADMIN, "/rotas/provider/cds-hartlepool"),
    Shown("rota_service", Role.ADMIN, "/rotas/admin/*"),
    Shown("rota_shift", Role.RESETTLEMENT, "/rotas/resettlement/LEI/duty/shift"),
    Shown("rota_shift_change", Role.RESETTLEMENT, f"{_LASTING}/change"),
    Shown("rota_shift_end", Role.RESETTLEMENT, f"{_LASTING}/end"),
    Shown("rota_absence", Role.RESETTLEMENT, "/rotas/resettlement/LEI/absence"),
    Shown("rota_staff", Role.ADMIN, "/rotas/resettlement/LEI/staff"),
    Shown("quality_tasks", Role.ADMIN, "/quality-tasks"),
    Shown("quality_tasks_closed", Role.PROBATION, "/quality-tasks?state=closed"),
    Shown("quality_tasks_no_match", Role.ADMIN, "/quality-tasks?place=nowhere"),
    Shown("messages", Role.ADMIN, "/messages"),
    Shown("messages_filtered", Role.PROBATION, "/messages?channel=email&to=staff&severity=S2"),
    Shown("messages_empty", Role.AUDITOR, "/messages?status=failed&fault=num"),
    Shown("message", Role.ADMIN, "/messages/{message}"),
    Shown("record_history_messages", Role.PROBATION, "/cases/{release}/history?type=messages"),
    Shown("not_found", Role.PROBATION, "/nowhere", status=404),
    Shown("not_permitted", Role.COMMISSIONER, "/cases/{release}/near-miss", status=403),
)
"""A new page adds its line here."""
