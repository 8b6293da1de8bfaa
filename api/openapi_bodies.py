"""The description of request bodies, made from the very models that the rules use.

What the reading adds to the models is added here too: no unknown fields, the kind is required, and
notes may stand beside a command that refers to some.
"""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any, Final

from pydantic import TypeAdapter

from api.asking import KINDS, MOST_COMMANDS
from api.bodies import NEW_RELEASE
from api.examples import COMMANDS, SEVERAL
from api.examples import NEW_RELEASE as NEW_RELEASE_EXAMPLE
from api.notes import MOST_NOTES, NOTE_LONGEST
from domain.access_table import kinds_of
from domain.codes import Role
from domain.commands import Command

Schema = dict[str, Any]

_PREFIX: Final = "#/components/schemas/"
_CODE: Final = r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$"
_WITH_NOTES: Final = "WithNotes"

_NOTES: Final[Schema] = {
    "type": "object",
    "description": "Free text by keys of your own, which the note fields of commands refer to.",
    "propertyNames": {"pattern": _CODE},
    "additionalProperties": {"type": "string", "minLength": 1, "maxLength": NOTE_LONGEST},
    "maxProperties": MOST_NOTES,
}


def _ref(name: str) -> Schema:
    return {"$ref": _PREFIX + name}


def _json_content(schema: Schema, examples: Schema) -> Schema:
    return {
        "required": True,
        "content": {"application/json": {"schema": schema, "examples": examples}},
    }


NEW_RELEASE_BODY: Final = _json_content(
    _ref("NewRelease"),
    {"new_release": {"summary": "A planned release", "value": NEW_RELEASE_EXAMPLE}},
)

COMMANDS_BODY: Final = _json_content(
    {"oneOf": [_ref("Command"), _ref("CommandList")]},
    {
        kind: {
            "summary": (KINDS[kind].__doc__ or kind).partition("\n")[0],
            "value": {"kind": kind, **body},
        }
        for kind, body in COMMANDS.items()
    }
    | {"several": {"summary": "Several facts of one sitting", "value": SEVERAL}},
)


def body_schemas() -> dict[str, Schema]:
    """Return the schema of every request body by its name, with all that it refers to."""
    names = {kind: model.__name__ for kind, model in KINDS.items()}
    parts = _reachable(_strict_parts(), set(names.values()))
    for kind, name in names.items():
        parts[name]["description"] += f" Who: {_who(kind)}."
    noting = {name for name in names.values() if _refers_to_notes(name, parts)}
    single = {kind: name + _WITH_NOTES * (name in noting) for kind, name in names.items()}
    for name in noting:
        parts[name + _WITH_NOTES] = _with_notes(parts[name])
    new_release = NEW_RELEASE.json_schema(ref_template=_PREFIX + "{model}")
    parts |= new_release.pop("$defs")
    return parts | {
        "Command": _one_of(single, "One thing to record."),
        "CommandInList": _one_of(names, "One thing to record beside others."),
        "CommandList": _list(),
        "NewRelease": new_release,
    }


def _strict_parts() -> dict[str, Schema]:
    """Every model that commands are made of; a part that responses have too is renamed."""
    described = TypeAdapter(Command).json_schema(ref_template=_PREFIX + "{model}")
    parts: dict[str, Schema] = described["$defs"]
    commands = {model.__name__ for model in KINDS.values()}
    text = json.dumps(parts)
    for name, part in parts.items():
        if part.get("type") == "object" and name not in commands:
            text = text.replace(f'"{_PREFIX}{name}"', f'"{_PREFIX}{name}Input"')
            text = text.replace(f'"{name}": {{', f'"{name}Input": {{', 1)
    renamed: dict[str, Schema] = json.loads(text)
    for part in renamed.values():
        if part.get("type") == "object":
            part["additionalProperties"] = False
            if "const" in part["properties"].get("kind", {}):
                part["required"] = ["kind", *part.get("required", [])]
    return renamed


def _reachable(parts: dict[str, Schema], names: set[str]) -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    waiting = sorted(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = deepcopy(parts[name])
            waiting.extend(_refs(parts[name]))
    return found


def _refs(schema: object) -> set[str]:
    if isinstance(schema, list):
        return set().union(*(_refs(each) for each in schema))
    if not isinstance(schema, dict):
        return set()
    own = {str(schema["$ref"]).removeprefix(_PREFIX)} if "$ref" in schema else set()
    return own.union(*(_refs(each) for each in schema.values()))


def _refers_to_notes(name: str, parts: dict[str, Schema]) -> bool:
    reached = _reachable(parts, {name}).values()
    fields = {field for part in reached for field in part.get("properties", {})}
    return any(field == "note" or field.endswith("_note") for field in fields)


def _with_notes(command: Schema) -> Schema:
    noted = deepcopy(command)
    noted["properties"]["notes"] = _NOTES
    noted["title"] += _WITH_NOTES
    return noted


def _one_of(names: dict[str, str], description: str) -> Schema:
    return {
        "description": description,
        "oneOf": [_ref(name) for name in names.values()],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {kind: _PREFIX + name for kind, name in names.items()},
        },
    }


def _list() -> Schema:
    items = {
        "type": "array",
        "items": _ref("CommandInList"),
        "minItems": 1,
        "maxItems": MOST_COMMANDS,
    }
    return {
        "type": "object",
        "description": "Several facts of one sitting, accepted or refused together.",
        "properties": {"commands": items, "notes": _NOTES},
        "required": ["commands"],
        "additionalProperties": False,
    }


def _who(kind: str) -> str:
    return ", ".join(role for role in Role if kind in kinds_of(role))
