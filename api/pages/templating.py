"""Jinja as the pages use it: the design systems' macros, our filters, and versioned assets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import govuk_frontend_jinja
from jinja2 import (
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    Undefined,
    select_autoescape,
)
from jinja2.runtime import Macro
from jinja2.utils import LRUCache

from api.pages import dates
from api.pages.faults import Fault

STATIC: Final = Path(__file__).parents[1] / "static"
SERVICE_NAME: Final = "Throughcare"
_COMPONENTS: Final = Path(govuk_frontend_jinja.__file__).parent / "templates/components"


_OF_EVERY_DICT: Final = frozenset(dir(dict))


class _Pages(Environment):
    """An environment whose templates all have the same few globals."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template as a plain dictionary.

        The design system's macros import one another on every call, and each import compares the
        globals of two templates: in the default's chain of maps that took a quarter of a page.
        """
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - anything has a dot
        """Return what stands behind a dot, as Jinja does.

        It looks for an attribute first and for an item once that has failed. The macros ask the
        dictionaries that they are given hundreds of times a page, so there it is the item at once.
        """
        if type(obj) is dict and attribute not in _OF_EVERY_DICT:
            if attribute in obj:
                return obj[attribute]
            return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


@cache
def create_environment(undefined: type[Undefined] = Undefined) -> Environment:
    """Return the environment that renders every page, made once in a process.

    Args:
        undefined: What a name that is not there becomes; the macros rely on the forgiving default.
    """
    environment = _Pages(
        loader=ChoiceLoader(
            [
                PackageLoader("api.pages"),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=select_autoescape(default_for_string=True, default=True),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=undefined,
        auto_reload=False,
    )
    environment.filters.update(dates.FILTERS)
    environment.globals.update(
        service_name=SERVICE_NAME,
        asset=versioned,
        once=once,
        error_for=error_for,
        parts_at_fault=parts_at_fault,
    )
    for name, macro in _macros(environment):
        environment.globals[name] = macro
    if environment.cache is not None:
        environment.cache.clear()  # what was loaded on the way does not know every macro
    return environment


def _macros(environment: Environment) -> Iterator[tuple[str, Any]]:
    """Yield every govuk, moj and app macro, so that no template needs an import line."""
    for folder in sorted(each.name for each in _COMPONENTS.iterdir() if each.is_dir()):
        name = "govuk" + "".join(word.title() for word in folder.split("-"))
        module = environment.get_template(f"govuk_frontend_jinja/components/{folder}/macro.html")
        yield name, getattr(module.module, name)
    for prefix in ("moj", "app"):
        module_of = environment.get_template(f"{prefix}.html").module
        for name in dir(module_of):
            if name.startswith(prefix):
                yield name, getattr(module_of, name)


def _version_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


_VERSION: Final = _version_of(STATIC)


def versioned(name: str) -> str:
    """Return the address of a static file, which changes whenever any of them does."""
    return f"/static/{name}?v={_VERSION}"


_MADE: Final = LRUCache(256)


def once(macro: Macro, params: Mapping[str, Any]) -> str:
    """Return what a macro makes of these parameters, kept for the next page that wants the same.

    Only for what is about nobody and comes in few kinds: a macro of the design system takes as long
    as dozens of lines that are written out.
    """
    wanted = (macro, repr(params))
    made: str | None = _MADE.get(wanted)
    if made is None:
        made = _MADE[wanted] = macro(params)
    return made


def error_for(errors: Sequence[Fault] | None, field: str) -> dict[str, str] | None:
    """Return the message of one field as the macros want it, None when there is nothing wrong."""
    found = next((each for each in errors or () if each.field == field), None)
    return {"text": found.text} if found else None


def parts_at_fault(errors: Sequence[Fault] | None, field: str) -> tuple[str, ...]:
    """Return which of day, month and year of a date are to be marked."""
    found = next((each for each in errors or () if each.field == field), None)
    return found.parts if found else ()
