"""A subgraph as a graph of networkx, for what is asked of one there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import FitmentError
from .part import Subgraph
from .rows import edge_rows, model_rows, said

if TYPE_CHECKING:
    import networkx


class MissingExtraError(FitmentError):
    """A package that an optional part needs, and that is not installed."""


def to_networkx(part: Subgraph) -> networkx.DiGraph[str]:
    """A graph from parents to children whose nodes are the models' names.

    Nodes and edges have the fields of ``rows.ModelRow`` and ``rows.EdgeRow`` as attributes, but for those of
    which nothing is said. Raises MissingExtraError without networkx.
    """
    try:
        import networkx
    except ImportError:
        raise MissingExtraError("networkx is not installed: pip install 'fitment[graph]'") from None
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from((row.model, said(row)) for row in model_rows(part))
    graph.add_edges_from((row.parent, row.child, said(row)) for row in edge_rows(part))
    return graph
