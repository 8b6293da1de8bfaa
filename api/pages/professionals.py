"""Professionals in words, and the form that names one read into an entry to add."""

from __future__ import annotations

from typing import Final

from api.pages.accounts import Account
from api.pages.forms import FormReader
from api.pages.viewing import PROFESSIONAL_DEED
from api.professional_ports import ProfessionalWanted
from domain.professionals import Professional

KINDS: Final = {
    Professional.KEY_WORKER: "Key worker",
    Professional.POM: "Prison offender manager (POM)",
    Professional.COM: "Community offender manager (COM)",
    Professional.GP: "GP practice",
    Professional.PHARMACY: "Pharmacy that dispenses",
}
NAMES: Final = {
    Professional.KEY_WORKER: "Name of the key worker",
    Professional.POM: "Name of the prison offender manager",
    Professional.COM: "Name of the community offender manager",
    Professional.GP: "Name of the practice",
    Professional.PHARMACY: "Name of the pharmacy",
}
CHANGES: Final = {
    f"{PROFESSIONAL_DEED}{each}": f"{title} recorded or taken away" for each, title in KINDS.items()
}
"""What was done, as the audit search tells it."""

LONGEST_ADDRESS: Final = 254
"""Characters of an e-mail address (RFC 5321)."""

_LONGEST_PHONE: Final = 40


def in_midsentence(professional: Professional) -> str:
    """Return a kind as it stands inside a sentence: `prison offender manager (POM)`."""
    title = KINDS[professional]
    return title if title.startswith("GP") else title[:1].lower() + title[1:]


def read_professional(
    form: FormReader, release_id: str, professional: Professional, account: Account
) -> ProfessionalWanted | None:
    """Return what a form asks to record; None with what there is to correct in it.

    The button that takes somebody away needs nothing else of the form.
    """
    is_removal = form.typed.get("do") == "remove"
    what = NAMES[professional]
    name = None if is_removal else form.line("name", f"Enter the {what[:1].lower()}{what[1:]}")
    phone = form.line("phone", longest=_LONGEST_PHONE)
    email = form.line("email", longest=LONGEST_ADDRESS)
    if form.faults and not is_removal:
        return None
    return ProfessionalWanted(
        release_id=release_id,
        professional=professional,
        name=name,
        phone=phone,
        email=email,
        by=account.subject.id,
        role=account.role,
        seen=form.whole("seq") or 0,
    )
