"""`throughcare user`: who may sign in to the pages, where that is by local accounts."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final

import typer
from rich.box import SIMPLE
from rich.table import Table

from infra.commands.scopes import places_of, scope_in_words
from infra.commands.terminal import FAILED, group, settings_for, show, tell
from infra.commands.tokens import Manager, Scopes, WhichRole
from infra.database.engine import Database
from infra.database.sessions import SessionStore
from infra.database.users import NewAccount, UserRecord, UserStore
from infra.reference_data.loading import load_reference_data
from infra.web.sign_in import Passwords

_BYTES: Final = 12

commands = group("user", help="Add, list and switch off the local accounts of the pages.")

Username = Annotated[str, typer.Argument(help="What they type to sign in.")]
Name = Annotated[str, typer.Option(help="As colleagues know them.")]


@commands.command(epilog="Example: throughcare user add sam.reeve --name 'Sam Reeve' --role admin")
def add(
    username: Username,
    *,
    name: Name,
    role: WhichRole,
    scope: Scopes = None,
    manager: Manager = False,
) -> None:
    """Add an account. Its password is printed once, alone on standard output, and kept nowhere.

    The first service owner comes in this way, and adds everybody else on the page of users.
    """
    places = places_of(role, scope or [], load_reference_data())
    password = secrets.token_urlsafe(_BYTES)
    known = Passwords().hashed(password)
    with _database() as database:
        UserStore(database).add(
            NewAccount(username, name, role, password=known, manager=manager, **places)
        )
    tell(f"{name} can sign in as {username}. The password is shown only now:")
    show(password)


@commands.command("list", epilog="Example: throughcare user list")
def list_users() -> None:
    """List every account, without its password."""
    with _database() as database:
        known = UserStore(database).listed()
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("Username", "Name", "Role", "Scope", "State"):
        table.add_column(heading, overflow="fold")
    for each in known:
        subject = each.account.subject
        role = f"{subject.role}, manager" if subject.manager else subject.role.value
        scope = scope_in_words(subject)
        table.add_row(each.account.username, each.account.name, role, scope, _state(each))
    show(table)


@commands.command(epilog="Example: throughcare user off sam.reeve")
def off(username: Username) -> None:
    """Switch an account off; whoever is signed in with it is out at once."""
    with _database() as database:
        found = UserStore(database).find(username)
        if found is None:
            tell("There is no such account, or it is off already. See `throughcare user list`.")
            raise typer.Exit(FAILED)
        account_id = found[0].subject.id
        UserStore(database).set_disabled(account_id, disabled=True)
        SessionStore(database).end_all(account_id)
    show(f"{username} can no longer sign in.")


@contextmanager
def _database() -> Iterator[Database]:
    database = Database(settings_for("user").database_url)
    try:
        yield database
    finally:
        database.close()


def _state(user: UserRecord) -> str:
    if user.disabled_at is not None:
        return f"off since {user.disabled_at:%Y-%m-%d}"
    return f"signed in {user.signed_in_at:%Y-%m-%d}" if user.signed_in_at else "never signed in"
