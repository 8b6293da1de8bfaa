"""Deciding: what a submission leads to, or why it is refused.

`decide` is the whole write side of the domain: pure, with the clock as an argument.
"""

from domain.deciding.deciding import decide
from domain.deciding.starting import NewRelease, start

__all__ = ["NewRelease", "decide", "start"]
