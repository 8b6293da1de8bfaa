"""The `temporal` program that the embedded server runs; a new pinned version changes this file.

The packaged program is an unofficial repackaging, so its version is checked: docs/adr/0003.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ThroughcareError
from infra.settings import Settings

_ANSWERS_WITHIN_SECONDS = 20
_VERSION = re.compile(r"temporal version (?P<cli>[\w.+-]+) \(Server (?P<server>[\w.+-]+)[,)]")


class TemporalBinaryError(ThroughcareError):
    """The `temporal` program is missing, does not answer, or is not the version that was tested."""


@dataclass(frozen=True)
class ServerVersion:
    """The versions that one `temporal` program reports of itself and of the server inside it."""

    cli: str
    server: str

    def __str__(self) -> str:
        """Return both versions as people say them."""
        return f"temporal {self.cli} with server {self.server}"


TESTED = ServerVersion(cli="1.9.1", server="1.32.0")


@dataclass(frozen=True)
class TemporalBinary:
    """A `temporal` program.

    Attributes:
        path: Where it is.
        is_packaged: Whether it came with our dependencies, rather than from the operator.
    """

    path: Path
    is_packaged: bool


def find_binary(settings: Settings) -> TemporalBinary:
    """Return the operator's program when one is set, else the one installed with us.

    Raises:
        TemporalBinaryError: It is not there.
    """
    own = settings.temporal.binary
    candidates = [own] if own else _packaged_places()
    for path in candidates:
        if path.is_file():
            return TemporalBinary(path, is_packaged=own is None)
    if own:
        raise TemporalBinaryError(
            f"THROUGHCARE_TEMPORAL_BINARY names {own}, which is no file. Correct it, or leave it "
            "empty to use the packaged program."
        )
    raise TemporalBinaryError(
        "The packaged Temporal program is missing. Install the dependencies again, or set "
        "THROUGHCARE_TEMPORAL_BINARY to a `temporal` program of your own."
    )


def check_version(binary: TemporalBinary) -> str | None:
    """Return a warning when an operator's own program is another version than was tested.

    Raises:
        TemporalBinaryError: The program does not answer, or it is the packaged one and differs.
    """
    found = read_version(binary.path)
    if found == TESTED:
        return None
    if binary.is_packaged:
        raise TemporalBinaryError(
            f"The packaged Temporal program is {found}, but {TESTED} was tested. Install the "
            "dependencies again from requirements.lock."
        )
    return (
        f"The Temporal program of your own is {found}; {TESTED} was tested. Its stored journeys "
        "may not open with another version."
    )


def read_version(path: Path) -> ServerVersion:
    """Return what `temporal --version` says.

    Raises:
        TemporalBinaryError: The program cannot be run or answers something else.
    """
    try:
        answer = subprocess.run(  # noqa: S603 - the operator's or the packaged program, no shell
            [path, "--version"],
            capture_output=True,
            text=True,
            check=False,
            timeout=_ANSWERS_WITHIN_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise TemporalBinaryError(f"{path} cannot be run, or does not answer.") from None
    match = _VERSION.search(answer.stdout)
    if match is None:
        raise TemporalBinaryError(f"{path} does not say which version of Temporal it is.")
    return ServerVersion(match["cli"], match["server"])


def _packaged_places() -> list[Path]:
    """Return where an installer may have put the program, the likeliest first."""
    name = "temporal.exe" if sys.platform == "win32" else "temporal"
    return [Path(sysconfig.get_path("scripts")) / name, Path(sys.executable).parent / name]
