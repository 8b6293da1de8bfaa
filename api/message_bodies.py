"""The body that records a person's agreement to texts."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from notifications.catalogue import Language

NAME: Final = "TextingChoice"
EXAMPLE: Final[dict[str, Any]] = {
    "agreed": True,
    "at_risk": False,
    "language": "en",
    "mobile": "07700 900199",
    "checked": True,
}


class TextingChoice(BaseModel):
    """What a person said about texts."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    agreed: bool
    at_risk: Annotated[
        bool, Field(description="Somebody who may see the phone is a danger to them.")
    ] = False
    language: Language = Language.ENGLISH
    mobile: Annotated[
        str | None, Field(max_length=40, description="A UK mobile; left out, the known one stays.")
    ] = None
    checked: Annotated[bool, Field(description="The number was read back to them.")] = False


TEXTING: Final = TypeAdapter(TextingChoice)


def message_schemas() -> dict[str, Any]:
    """Return the schema of the body by its name, with what it refers to."""
    schema = TextingChoice.model_json_schema(ref_template="#/components/schemas/{model}")
    found: dict[str, Any] = schema.pop("$defs", {})
    return found | {NAME: schema}


def described_texting() -> dict[str, Any]:
    """Return the description of the request body."""
    content = {"schema": {"$ref": f"#/components/schemas/{NAME}"}, "example": EXAMPLE}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}
