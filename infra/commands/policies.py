"""`throughcare policy`: read the document in use, and check one's own before it is used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from domain.journey import DEFINITIONS, Step
from infra.commands.terminal import group, settings_for, show
from infra.policies.loading import default_policy, load_policy
from infra.policies.showing import describe

commands = group("policy", help="Read and check the figures that drive due times and escalation.")

OneStep = Annotated[Step | None, typer.Option(help="Show the figures of this step only.")]
Notes = Annotated[bool, typer.Option("--notes", help="Also show why a source is weak.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A policy document.")]


@commands.command("show", epilog="Example: throughcare policy show --step prescription --notes")
def show_policy(*, step: OneStep = None, notes: Notes = False) -> None:
    """Show every figure of the document in use, with its source and how certain that is.

    What was changed in a form since is shown on the service's own page, /policy.
    """
    path = settings_for("policy").policy_path
    policy = load_policy(path) if path else default_policy()
    title = DEFINITIONS[step].title if step else None
    show(f"{policy.title} ({policy.version}), from {policy.effective_on}")
    for table in describe(policy, notes=notes):
        if title is None or table.title == title:
            show(table)


@commands.command(epilog="Example: throughcare policy check our-policy.yaml")
def check(file: File) -> None:
    """Check a policy document; every problem is printed with its line, and the exit code is 1."""
    policy = load_policy(file)
    show(f"{file.name} can be used: {policy.title} ({policy.version}).")
