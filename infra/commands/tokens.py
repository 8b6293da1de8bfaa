"""`throughcare token`: who may call the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.table import Table

from domain.codes import Role
from infra.commands.scopes import places_of, scope_in_words
from infra.commands.terminal import FAILED, group, settings_for, show, tell
from infra.database.clock import utc_now
from infra.database.engine import Database
from infra.database.tokens import IssuedToken, NewToken, TokenStore
from infra.reference_data.loading import load_reference_data

commands = group("token", help="Issue, list and revoke bearer tokens for the API.")

WhichRole = Annotated[Role, typer.Option(help="What the holder may do and see.")]
Scopes = Annotated[
    list[str] | None,
    typer.Option(
        "--scope",
        help="Where the holder works; may be repeated. prison:LEI for prison roles, unit:N03CTM "
        "for probation, service:cds-hartlepool for providers, area:E06000001 for "
        "commissioners, or all.",
    ),
]
Label = Annotated[str, typer.Option(help="Whose it is, for your own list; no personal data.")]
Days = Annotated[int, typer.Option(min=1, max=3650, help="For how many days it is valid.")]
Manager = Annotated[bool, typer.Option("--manager", help="For a senior officer.")]
TokenId = Annotated[str, typer.Argument(help="The id that `token list` shows.")]


@commands.command(
    epilog="Example: throughcare token create --role provider --scope service:cds-hartlepool "
    "--label 'case system' --days 90"
)
def create(
    *,
    role: WhichRole,
    scope: Scopes = None,
    label: Label = "",
    days: Days = 365,
    manager: Manager = False,
) -> None:
    """Issue a token. Its secret is printed once, alone on standard output, and kept nowhere."""
    places = places_of(role, scope or [], load_reference_data())
    expires_at = utc_now() + timedelta(days=days)
    token = NewToken(role=role, label=label, manager=manager, expires_at=expires_at, **places)
    database = Database(settings_for("token").database_url)
    try:
        token_id, secret = TokenStore(database).create(token)
    finally:
        database.close()
    tell(f"Token {token_id} is valid until {expires_at:%d %B %Y}. Its secret is shown only now:")
    show(secret)


@commands.command("list", epilog="Example: throughcare token list")
def list_tokens() -> None:
    """List every token ever issued, without its secret."""
    database = Database(settings_for("token").database_url)
    try:
        issued = TokenStore(database).issued()
    finally:
        database.close()
    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column("Token", no_wrap=True)
    for heading in ("Role", "Scope", "Label", "Valid"):
        table.add_column(heading, overflow="fold")
    for each in issued:
        role = f"{each.subject.role}, manager" if each.subject.manager else each.subject.role.value
        table.add_row(each.id, role, scope_in_words(each.subject), each.label, _validity(each))
    show(table)


@commands.command(epilog="Example: throughcare token revoke 3f1c0b7e9a4d4c5e8b2f6a7d9c0e1f23")
def revoke(token_id: TokenId) -> None:
    """Revoke a token at once; the next call with it is refused."""
    database = Database(settings_for("token").database_url)
    try:
        is_revoked = TokenStore(database).revoke(token_id)
    finally:
        database.close()
    if not is_revoked:
        tell("There is no such token, or it was revoked before. See `throughcare token list`.")
        raise typer.Exit(FAILED)
    show(f"Token {token_id} is revoked.")


def _validity(token: IssuedToken) -> str:
    if token.revoked_at is not None:
        return f"revoked {token.revoked_at:%Y-%m-%d}"
    if token.expires_at is None:
        return "for ever"
    word = "until" if token.expires_at > utc_now() else "expired"
    return f"{word} {token.expires_at:%Y-%m-%d}"
