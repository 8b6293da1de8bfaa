"""Read the YAML of a policy into plain values that remember their lines.

Only mappings, lists and plain values are read: no tags, no anchors, nothing that YAML could turn
into an object or multiply in memory. A word stays a word and `17:00` stays text, where YAML 1.1
would make `no` a false and `17:00` a number; only whole numbers are told apart from words.

Which YAML a policy may use is decided here; what it must say, by `domain.policy`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import yaml

from infra.policies.problems import Path, PolicyError, Problem

Value: TypeAlias = "str | int | list[Value] | dict[str, Value] | None"

MOST_BYTES: Final = 256 * 1024
DEEPEST: Final = 12

_WHOLE_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,9}")
_HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")
_NOTHING: Final = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class Located:
    """The values of a document, and where they are.

    Attributes:
        lines: The line on which each value begins, by its path; the document itself has `()`.
        repeated: Keys that were given before in the same mapping; the first value is kept.
    """

    value: Value
    lines: Mapping[Path, int]
    repeated: tuple[Problem, ...]

    def found(self, path: Path) -> Path:
        """Return as much of `path` as the document has."""
        while path not in self.lines:
            path = path[:-1]
        return path


def read_document(content: bytes, file: str) -> Located:
    """Return what is in a policy file.

    Args:
        content: UTF-8.
        file: The name to use in errors.

    Raises:
        PolicyError: It is too large, not UTF-8, not YAML, or YAML that a policy may not use.
    """
    text = _text(content, file)
    reader = _Reader(text, file)
    try:
        return reader.document()
    except yaml.MarkedYAMLError as error:
        raise PolicyError(file, [_not_yaml(error)]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        control = "a control character here is not allowed in YAML"
        raise PolicyError(file, [Problem(line, (), control)]) from None
    except (ValueError, OverflowError):
        # The scanner lets chr() refuse an escape such as "\UFFFFFFFF", which has no place in it.
        raise reader.refusal("an escape after this line names no character") from None


def _text(content: bytes, file: str) -> str:
    if len(content) > MOST_BYTES:
        large = f"this is larger than {MOST_BYTES // 1024} KiB, so it is no policy"
        raise PolicyError(file, [Problem(None, (), large)])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        wrong = Problem(line, (), "this is not UTF-8 text; save the file as UTF-8")
        raise PolicyError(file, [wrong]) from None


def _not_yaml(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    return Problem(mark.line + 1 if mark else 1, (), f"this is not YAML: {error.problem}")


class _Reader:
    """Builds the values from the parser's events, so that depth is refused before it costs."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=yaml.SafeLoader))
        self._line = 1
        self._lines: dict[Path, int] = {}
        self._repeated: list[Problem] = []

    def refusal(self, message: str, path: Path = ()) -> PolicyError:
        """Return the error for what was read last."""
        return PolicyError(self._file, [Problem(self._line, path, message)])

    def document(self) -> Located:
        """Return the only document of the stream."""
        value: Value = None
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if not isinstance(event, yaml.NodeEvent):
                continue
            if self._lines:
                raise self.refusal("a second document begins here; a file holds one policy")
            value = self._value(event, ())
        if not self._lines:
            raise self.refusal("the file is empty")
        return Located(value, self._lines, tuple(self._repeated))

    def _next(self) -> yaml.Event:
        event = next(self._events)
        if event.start_mark is not None:
            self._line = event.start_mark.line + 1
        return event

    def _value(self, event: yaml.Event, path: Path) -> Value:
        self._refuse_what_is_not_plain(event, path)
        self._lines.setdefault(path, self._line)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        return self._scalar(event, path)

    def _refuse_what_is_not_plain(self, event: yaml.Event, path: Path) -> None:
        if len(path) > DEEPEST:
            raise self.refusal(f"this is nested deeper than {DEEPEST} levels", path)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise self.refusal("& and * are not used in a policy; write the value out", path)
        if getattr(event, "tag", None) is not None:
            raise self.refusal("! is not used in a policy; write the value without a tag", path)

    def _mapping(self, path: Path) -> Value:
        read: dict[str, Value] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, path)
            if key in read:
                message = f"given before, on line {self._lines[*path, key]}; keep one of the two"
                self._repeated.append(Problem(self._line, (*path, key), message))
                self._value(self._next(), (*path, f"{key} (again)"))
            else:
                self._lines[*path, key] = self._line
                read[key] = self._value(self._next(), (*path, key))
        return read

    def _key(self, event: yaml.Event, path: Path) -> str:
        self._refuse_what_is_not_plain(event, path)
        if not isinstance(event, yaml.ScalarEvent):
            raise self.refusal("a key is a plain word", path)
        return str(event.value)

    def _list(self, path: Path) -> Value:
        read: list[Value] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            read.append(self._value(event, (*path, len(read))))
        return read

    def _scalar(self, event: yaml.Event, path: Path) -> Value:
        if not isinstance(event, yaml.ScalarEvent):
            raise self.refusal("a value is expected here", path)
        text: str = event.value
        if _HALF_CHARACTER.search(text):
            raise self.refusal("an escape here names half a character", path)
        if event.style is not None:
            return text
        if text in _NOTHING:
            return None
        return int(text) if _WHOLE_NUMBER.fullmatch(text) else text
