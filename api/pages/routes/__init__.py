"""The routes of the pages, one module per page or form; each names its policy in its signature."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from api.pages.routes import about, home, near_miss, provider, sign_in, static_files

ROUTERS: Final[tuple[APIRouter, ...]] = (
    static_files.router,
    sign_in.router,
    provider.router,
    home.router,
    about.router,
    near_miss.router,
)
"""A new page adds its router here."""
