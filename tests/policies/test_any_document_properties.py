"""Whatever one word of the document becomes, it loads or says on which line it does not."""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from domain.policy import Policy
from infra.policies.loading import parse_policy
from infra.policies.problems import PolicyError
from tests.policies.documents import FILE, TEXT


def _spans(node: yaml.Node) -> Iterator[tuple[int, int]]:
    """Yield where each key and each value begins and ends in the text."""
    if isinstance(node, yaml.ScalarNode):
        yield node.start_mark.index, node.end_mark.index
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _spans(each)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _spans(key)
            yield from _spans(value)


ROOT = yaml.compose(TEXT, Loader=yaml.SafeLoader)
assert ROOT is not None
SPANS = list(_spans(ROOT))

WORDS = st.one_of(
    st.text(max_size=12),
    st.integers().map(str),
    st.sampled_from(
        ["", "~", "no", "01:30", '"24:00"', "17:00Z", "1e9", ".inf", "end_of_day", "*a", "&a x"],
    ),
    st.sampled_from(["!!binary x", "{a: 1}", "[", "- ", "S1", "hours", "release", "plan", "due"]),
    st.sampled_from(['"\\ud800"', '"\\UFFFFFFFF"', "\x00", "\ufeff", "\u2028", "? x", "--- ", "%"]),
    st.sampled_from(["9" * 5_000, "-9999999999", "0", "-1", "0o7", "1_000", '"1"', "2026-02-30"]),
)


@given(span=st.sampled_from(SPANS), word=WORDS)
@example(span=SPANS[0], word='"\\UFFFFFFFF"')
@example(span=SPANS[-1], word="")
def test_a_document_with_any_one_word_changed_loads_or_names_a_line(
    span: tuple[int, int],
    word: str,
) -> None:
    text = TEXT[: span[0]] + word + TEXT[span[1] :]

    try:
        loaded = parse_policy(text.encode("utf-8", "surrogatepass"), FILE)
    except PolicyError as error:
        lines = [problem.line for problem in error.problems]
        assert lines
        assert all(line is not None and 1 <= line <= len(text.splitlines()) + 1 for line in lines)
    else:
        assert isinstance(loaded, Policy)
