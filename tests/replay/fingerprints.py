"""Which calls of a workflow's code issue commands, in order: what a replay depends on.

Written anew with `python -m tests.replay.fingerprints`, after the advice in `test_fingerprints.py`.
"""

from __future__ import annotations

import ast
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from workflows import ALL_WORKFLOWS

FILE: Final = Path(__file__).with_name("fingerprints.json")

COMMANDS: Final = frozenset(
    {
        *("start_activity", "execute_activity", "start_activity_class", "execute_activity_class"),
        *("start_activity_method", "execute_activity_method", "start_local_activity"),
        *("execute_local_activity", "start_child_workflow", "execute_child_workflow"),
        *("sleep", "wait_condition", "wait_for", "timeout", "patched", "deprecate_patch"),
        *("upsert_search_attributes", "upsert_memo", "continue_as_new", "signal", "cancel"),
        *("get_external_workflow_handle", "create_nexus_client", "create_task"),
    }
)
"""Calls that write a command into the history, or decide in which order commands are written."""

Fingerprint = dict[str, list[str]]


def fingerprints() -> dict[str, Fingerprint]:
    """Return the fingerprint of every workflow, by the workflow's name in the code."""
    return {each.__name__: fingerprint(each) for each in ALL_WORKFLOWS}


def fingerprint(workflow: type[Any]) -> Fingerprint:
    """Return the calls that issue commands, by function, of a workflow and the modules it uses."""
    found: Fingerprint = {}
    for module in _modules(sys.modules[workflow.__module__]):
        for name, function in _functions(_parsed(module), module.__name__):
            if calls := [*_commands(function)]:
                found[name] = calls
    return found


def of_source(source: str) -> list[str]:
    """Return the calls in a piece of source, for trying out."""
    return [*_commands(ast.parse(source))]


def _modules(first: ModuleType) -> list[ModuleType]:
    """Return `first` and every module of ours below `workflows` that it imports, in turn."""
    found, waiting = [first], [first]
    while waiting:
        for node in ast.walk(_parsed(waiting.pop())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("workflows."):
                module = importlib.import_module(str(node.module))
                if module not in found:
                    found.append(module)
                    waiting.append(module)
    return sorted(found, key=lambda each: each.__name__)


def _parsed(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))


def _functions(node: ast.AST, path: str) -> Iterator[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path}.{child.name}", child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{path}.{child.name}")


def _commands(function: ast.AST) -> Iterator[str]:
    calls = [each for each in ast.walk(function) if isinstance(each, ast.Call)]
    for call in sorted(calls, key=lambda each: (each.lineno, each.col_offset)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
        if name in COMMANDS:
            yield ast.unparse(call)


def write() -> None:
    """Write the fingerprints as they are now."""
    FILE.write_text(json.dumps(fingerprints(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
