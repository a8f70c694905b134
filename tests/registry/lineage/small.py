"""Small ecosystems written by hand, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from fitment.registry.lineage.assemble import Models, Parents, Said, arrays_of
from fitment.registry.lineage.ecosystem import TRAITS, Ecosystem
from fitment.registry.lineage.kinds import KINDS
from fitment.registry.lineage.names import packed

Row = Mapping[str, object]
NOBODY: Row = {}


def ecosystem(edges: str, models: Mapping[str, Row] | None = None) -> Ecosystem:
    """Of edges like ``a>b:finetune a>c:quantized+adapter b>d`` (d's kind is not said).

    ``models`` says more of some, or adds ones without edges: likes, downloads, created (ISO), and a tuple of
    values for each of TRAITS. They are numbered by their names' order.
    """
    told = dict(models or {})
    pairs = [_edge(word) for word in edges.split()]
    names = sorted({end for parent, child, _ in pairs for end in (parent, child)} | set(told))
    number = {name: at for at, name in enumerate(names)}
    rows = [told.get(name, NOBODY) for name in names]
    name_bytes, name_starts = packed(names)
    named = [(number[p], number[c], bits) for p, c, kinds in pairs for bits in kinds]
    return Ecosystem(
        arrays_of(
            Models(
                name_bytes=name_bytes,
                name_starts=name_starts,
                likes=_floats(rows, "likes"),
                downloads=_floats(rows, "downloads"),
                created=np.array([row.get("created", "NaT") for row in rows], "datetime64[us]"),
                card_characters=_floats(rows, "card_characters"),
                card_generated=_floats(rows, "card_generated"),
                traits={trait: _said([row.get(trait, ()) for row in rows]) for trait in TRAITS},
            ),
            Parents(
                np.array([p for p, _, _ in named], np.int32),
                np.array([c for _, c, _ in named], np.int32),
                np.array([bits for _, _, bits in named], np.uint8),
            ),
        )
    )


def _edge(word: str) -> tuple[str, str, list[int]]:
    pair, _, kinds = word.partition(":")
    parent, child = pair.split(">")
    return parent, child, [KINDS[kind] for kind in kinds.split("+")] if kinds else [0]


def _floats(rows: Sequence[Row], name: str) -> np.ndarray:
    return np.array([row.get(name, np.nan) for row in rows], np.float64)


def _said(given: Sequence[object]) -> Said:
    said = [tuple(each) for each in given]  # type: ignore[call-overload]
    sets = [(), *sorted(set(said) - {()})]
    return Said(sets, np.array([sets.index(each) for each in said], np.int32))
