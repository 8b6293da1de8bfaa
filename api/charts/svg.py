"""The few SVG elements that a chart is made of, escaped, with classes and never a style."""

from __future__ import annotations

from html import escape


class Svg(str):
    """Markup that is safe to put on a page as it is; templates with autoescape leave it so."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the markup, by the convention that template engines share."""
        return str(self)


def element(name: str, *children: str, **attributes: object) -> Svg:
    """Return one element.

    Args:
        name: Of the element.
        children: Markup that was made by this function or by `text_of`.
        attributes: An underscore stands for a hyphen, `class_` for `class`. None is left out.
    """
    told = "".join(
        f' {_attribute(key)}="{escape(_number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return Svg(f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>")


def text_of(words: str) -> Svg:
    """Return words escaped for use between tags."""
    return Svg(escape(words, quote=False))


def label(words: str, x: float, y: float, class_: str, anchor: str | None = None) -> Svg:
    """Return a line of text; `anchor` is `middle` or `end`."""
    return element("text", text_of(words), class_=class_, x=x, y=y, text_anchor=anchor)


def _attribute(key: str) -> str:
    return "viewBox" if key == "view_box" else key.rstrip("_").replace("_", "-")


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
