"""The slow obvious twins of the kernels of graphs and of names: sets and dicts of plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

# kernels/csr.py


def merged_edges(
    parent: Sequence[int], child: Sequence[int], bits: Sequence[int], n_nodes: int
) -> dict[str, list[int]]:
    said: dict[tuple[int, int], int] = {}
    for p, c, b in zip(parent, child, bits, strict=True):
        said[p, c] = said.get((p, c), 0) | b
    pairs = sorted(said)
    return {
        "parent": [p for p, _ in pairs],
        "child": [c for _, c in pairs],
        "bits": [said[pair] for pair in pairs],
    }


def neighbours(own: Sequence[int], other: Sequence[int], n_nodes: int) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {"starts": [0], "neighbours": [], "edges": []}
    for v in range(n_nodes):
        mine = [e for e, end in enumerate(own) if end == v]
        out["neighbours"] += [other[e] for e in mine]
        out["edges"] += mine
        out["starts"].append(len(out["edges"]))
    return out


# kernels/name_hashes.py


def name_hashes(text: Sequence[int], starts: Sequence[int]) -> list[int]:
    out = []
    for a, b in pairwise(starts):
        found = 14695981039346656037
        for byte in text[a:b]:
            found = (found ^ byte) * 1099511628211 % 2**64
        out.append(found)
    return out


def hash_order(hashes: Sequence[int]) -> dict[str, list[int]]:
    order = sorted(range(len(hashes)), key=lambda i: hashes[i])
    return {"hashes": [hashes[i] for i in order], "order": order}


def found_names(
    text: Sequence[int],
    starts: Sequence[int],
    hashes: Sequence[int],
    order: Sequence[int],
    asked_text: Sequence[int],
    asked_starts: Sequence[int],
) -> list[int]:
    names = [bytes(text[a:b]) for a, b in pairwise(starts)]
    asked = [bytes(asked_text[a:b]) for a, b in pairwise(asked_starts)]
    return [names.index(name) if name in names else -1 for name in asked]


# kernels/weak_components.py, kernels/strong_components.py, kernels/depths.py


def weak_components(
    parent: Sequence[int], child: Sequence[int], n_nodes: int, mask: Sequence[bool] | None = None
) -> list[int]:
    label = list(range(n_nodes))
    for e in [e for e in range(len(parent)) if mask is None or mask[e]]:
        both = {label[parent[e]], label[child[e]]}
        label = [min(both) if x in both else x for x in label]
    return label


def allowed(
    starts: Sequence[int], neighbours: Sequence[int], edges: Sequence[int], mask: Sequence[bool] | None
) -> list[list[tuple[int, int]]]:
    """For each node its neighbours, each with the edge that leads there."""
    return [
        [(neighbours[at], edges[at]) for at in range(a, b) if mask is None or mask[edges[at]]]
        for a, b in pairwise(starts)
    ]


def reachable(leads_to: Sequence[Sequence[tuple[int, int]]], start: int) -> set[int]:
    """All that one edge or more lead to."""
    seen: set[int] = set()
    left = [start]
    while left:
        new = {w for w, _ in leads_to[left.pop()]} - seen
        seen |= new
        left += new
    return seen


def strong_labels(
    starts: Sequence[int],
    neighbours: Sequence[int],
    edges: Sequence[int],
    mask: Sequence[bool] | None = None,
) -> list[int]:
    leads_to = allowed(starts, neighbours, edges, mask)
    reach = [reachable(leads_to, v) for v in range(len(leads_to))]
    return [min([v, *(w for w in reach[v] if v in reach[w])]) for v in range(len(leads_to))]


def depths(
    starts: Sequence[int],
    neighbours: Sequence[int],
    edges: Sequence[int],
    label: Sequence[int],
    order: Sequence[int],
    mask: Sequence[bool] | None = None,
) -> dict[str, list[int]]:
    """By following every component's edges, however often."""
    above: dict[int, set[int]] = {name: set() for name in label}
    for v, leads_to in enumerate(allowed(starts, neighbours, edges, mask)):
        above[label[v]] |= {label[w] for w, _ in leads_to} - {label[v]}
    depth, generation = dict.fromkeys(above, 0), dict.fromkeys(above, 0)
    for _ in above:
        depth = {c: max((depth[a] + 1 for a in above[c]), default=0) for c in above}
        generation = {c: min((generation[a] + 1 for a in above[c]), default=0) for c in above}
    return {"depth": [depth[c] for c in label], "generation": [generation[c] for c in label]}


# kernels/reach.py


def reached(
    starts: Sequence[int],
    neighbours: Sequence[int],
    edges: Sequence[int],
    sources: Sequence[int],
    mask: Sequence[bool] | None = None,
) -> dict[str, list[int]]:
    leads_to = allowed(starts, neighbours, edges, mask)
    out: dict[str, list[int]] = {"nodes": [], "hops": [], "edges": [], "previous": []}

    def go_on(v: int, hops: int, place: int) -> None:
        for w, edge in leads_to[v]:
            if w not in out["nodes"]:
                for name, value in zip(out, (w, hops, edge, place), strict=True):
                    out[name].append(value)

    for i, source in enumerate(sources):
        go_on(source, 1, -1 - i)
    place = 0
    while place < len(out["nodes"]):
        go_on(out["nodes"][place], out["hops"][place] + 1, place)
        place += 1
    return out


# kernels/family_heads.py


def family_heads(
    family: Sequence[int],
    may: Sequence[bool],
    created: Sequence[float],
    used: Sequence[float],
    text: Sequence[int],
    starts: Sequence[int],
) -> list[int]:
    def key(v: int) -> tuple[bool, float, bool, float, bytes, int]:
        name = bytes(text[starts[v] : starts[v + 1]])
        by_age = (created[v] != created[v], 0.0 if created[v] != created[v] else created[v])
        by_use = (used[v] != used[v], 0.0 if used[v] != used[v] else -used[v])
        return *by_age, *by_use, name, v

    members = [[v for v in range(len(family)) if family[v] == each and may[v]] for each in family]
    return [min(own, key=key) if own else -1 for own in members]
