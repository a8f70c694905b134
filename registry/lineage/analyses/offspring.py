"""Edges that lead to others, and how many children each model has by them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import Ecosystem, Marks
from ..kinds import View


def to_others(ecosystem: Ecosystem, view: View) -> Marks:
    """The edges of ``view`` that lead from a model to another, bool[m]."""
    edges = ecosystem.edges
    found: Marks = edges.mask(view) & (edges.parent != edges.child)
    return found


def children_counts(ecosystem: Ecosystem, view: View) -> NDArray[np.int64]:
    """How many other models each is a parent of along ``view``, int64[n]."""
    parents = ecosystem.edges.parent[to_others(ecosystem, view)]
    return np.bincount(parents, minlength=len(ecosystem))
