"""HTML as a tree that can be compared: neither white space nor the order of attributes counts."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PageElement


def tree(html: str) -> list[Any]:
    """Return what `html` says, without how it is written."""
    nodes = (_node(each) for each in BeautifulSoup(html, "html.parser").children)
    return [each for each in nodes if each is not None]


def _node(element: PageElement) -> Any:  # noqa: ANN401 - nested to any depth
    if isinstance(element, Comment):
        return None
    if not isinstance(element, Tag):
        return _squeezed(str(element)) or None
    attributes = sorted((name, _squeezed(_joined(value))) for name, value in element.attrs.items())
    children = [found for each in element.children if (found := _node(each)) is not None]
    return (element.name, attributes, children)


def _joined(value: Any) -> str:  # noqa: ANN401 - a string, or the list of a class attribute
    return " ".join(value) if isinstance(value, list) else str(value)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
