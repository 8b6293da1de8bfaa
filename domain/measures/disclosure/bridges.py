"""The bridges of a graph: edges that lie on no cycle (Tarjan, 1974)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

Name = TypeVar("Name", bound=Hashable)


class Edge(NamedTuple, Generic[Name]):
    """An edge between two nodes; two edges may join the same two, and then neither is a bridge."""

    one: Hashable
    other: Hashable
    name: Name


def bridges(edges: Iterable[Edge[Name]]) -> frozenset[Name]:
    """Return the names of the edges without which their two ends would be apart."""
    near: dict[Hashable, list[tuple[Hashable, Name]]] = {}
    for one, other, name in edges:
        near.setdefault(one, []).append((other, name))
        near.setdefault(other, []).append((one, name))
    walk = _Walk(near)
    for node in near:
        walk.visit(node)
    return frozenset(walk.found)


class _Walk(Generic[Name]):
    """A depth-first walk; `low` is the earliest node that can be reached without going back."""

    def __init__(self, near: dict[Hashable, list[tuple[Hashable, Name]]]) -> None:
        self.near = near
        self.order: dict[Hashable, int] = {}
        self.low: dict[Hashable, int] = {}
        self.found: set[Name] = set()

    def visit(self, root: Hashable) -> None:
        if root in self.order:
            return
        self._enter(root)
        path: list[tuple[Hashable, Name | None, Iterator[tuple[Hashable, Name]]]] = []
        path.append((root, None, iter(self.near[root])))
        while path:
            node, came_by, ahead = path[-1]
            following = next(((to, by) for to, by in ahead if by != came_by), None)
            if following is None:
                path.pop()
                self._leave(node, came_by, path[-1][0] if path else None)
            elif following[0] in self.order:
                self.low[node] = min(self.low[node], self.order[following[0]])
            else:
                self._enter(following[0])
                path.append((*following, iter(self.near[following[0]])))

    def _enter(self, node: Hashable) -> None:
        self.order[node] = self.low[node] = len(self.order)

    def _leave(self, node: Hashable, came_by: Name | None, parent: Hashable | None) -> None:
        if came_by is None or parent is None:
            return
        self.low[parent] = min(self.low[parent], self.low[node])
        if self.low[node] > self.order[parent]:
            self.found.add(came_by)
