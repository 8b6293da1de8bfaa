"""The routes of the pages, one module per page or form; each names its policy in its signature."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from api.pages.routes import (
    about,
    answer_link,
    audit,
    cases,
    casework,
    counted,
    dashboard,
    day_of_release,
    escalations,
    history,
    home,
    near_miss,
    notes,
    pack,
    papers,
    people,
    policy,
    provider,
    record,
    referral_answers,
    restrictions,
    sign_in,
    start_release,
    static_files,
    unsaved,
    users,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    static_files.router,
    sign_in.router,
    unsaved.router,
    provider.router,
    home.router,
    about.router,
    cases.router,
    start_release.router,
    record.router,
    people.router,
    notes.router,
    counted.router,
    history.router,
    day_of_release.router,
    near_miss.router,
    casework.router,
    escalations.router,
    answer_link.router,
    referral_answers.router,
    pack.router,
    papers.router,
    dashboard.router,
    policy.router,
    users.router,
    restrictions.router,
    audit.router,
)
"""A new page adds its router here."""
