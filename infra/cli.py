"""The command `throughcare`: everything an operator does, one group of commands per module."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from infra.commands import (
    databases,
    delivering,
    demonstrating,
    importing,
    measures,
    policies,
    reconciling,
    replaying,
    rotas,
    running,
    tokens,
    users,
    watching,
)
from infra.commands.terminal import group

app = group(help="Throughcare: a durable handover engine for people leaving prison.")
for each in (running, importing, demonstrating, watching, reconciling, delivering, replaying):
    each.add_to(app)
for each in (databases, tokens, users, rotas, policies, measures):
    app.add_typer(each.commands)


def main() -> NoReturn:
    """Run the command line and leave at once.

    The interpreter's own way out now and then crashes in Temporal's library after the work is
    done, which would turn a success into a failure for whoever looks at the exit code.
    """
    code = 0
    try:
        app()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
