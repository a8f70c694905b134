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
