"""From the ports to a document: what is known of a release, made for whoever asks for it."""

from __future__ import annotations

from fastapi import Request

from api.pages.accounts import Account
from api.pages.packs.papers import Document, pack_paper, sheet_paper
from api.pages.papers import Paper
from api.pages.people import detail_for
from api.ports import Services
from domain.access_denials import Denial, NotPermitted
from domain.codes import Role
from domain.continuity import cover_report, supplied_until
from domain.handover_pack import editions_for, pack_contents, person_sheet


def documents_for(role: Role) -> tuple[Document, ...]:
    """Return the documents that a role with cases may open, its own edition first."""
    return (*(Document(each.value) for each in editions_for(role)), Document.PERSON)


async def paper_for(
    request: Request, services: Services, account: Account, release_id: str, document: Document
) -> Paper:
    """Return a document of a release, as it stands now.

    Raises:
        ReleaseUnknownError: There is no such release, or it is not the account's business.
        NotPermitted: The document is not for the account's role.
    """
    if document not in documents_for(account.role):
        raise NotPermitted(Denial.ROLE)
    detail = await detail_for(request, services, account, release_id)
    state, places, now = detail.state, services.place_names, services.now()
    edition, rules = document.edition, await services.rules.of(state)
    until = supplied_until(state, rules)
    if edition is None:
        sheet = person_sheet(state, account.role, medicine_until=until)
        return sheet_paper(
            detail.person, sheet, state.nation, places, version=state.seq, made_at=now
        )
    cover = cover_report(state, rules)
    contents = pack_contents(state, edition, medicine_until=until, cover=cover)
    return pack_paper(detail, contents, places, now)
