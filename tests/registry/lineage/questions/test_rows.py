from __future__ import annotations

from datetime import datetime

from fitment.registry.lineage.questions.part import subgraph
from fitment.registry.lineage.questions.rows import edge_rows, model_rows, said

from tests.registry.lineage.small import ecosystem


def test_models_and_edges_in_words() -> None:
    """Whole numbers are whole; what nobody says is None and is not said; kinds are those of the bitmask."""
    made = ecosystem(
        "a>b:finetune+adapter",
        {
            "a": {"likes": 4.0, "created": "2024-01-02T03:04:05", "licences": ("mit", "x")},
            "b": {"likes": 5.0, "created": "2024-01-01T00:00:00"},
        },
    )
    part = subgraph(made, ["a", "b"])
    first, second = model_rows(part)
    assert (first.likes, first.downloads, first.created) == (4, None, datetime(2024, 1, 2, 3, 4, 5))
    assert said(first) == {"likes": 4, "created": first.created, "licences": ("mit", "x")}
    assert second.licences == ()
    (edge,) = edge_rows(part)
    assert (edge.parent, edge.child, edge.label, edge.kinds) == ("a", "b", "adapter", ("finetune", "adapter"))
    assert (edge.likes_change, edge.likes_relative, edge.downloads_change, edge.days) == (1, 0.25, None, -2)
    assert "downloads_change" not in said(edge)
