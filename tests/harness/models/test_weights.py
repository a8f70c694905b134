"""fitment.harness.models.weights: what a model weighs, and its fingerprint."""

from __future__ import annotations

import pytest
import torch
from fitment.harness.models.weights import parameter_count, weights_hash
from torch import nn


def test_a_shared_parameter_counts_once() -> None:
    """Tied layers weigh what is stored."""
    tied = nn.Sequential(nn.Linear(4, 4, bias=False), nn.Linear(4, 4, bias=False))
    tied[1].weight = tied[0].weight  # type: ignore[union-attr]
    assert parameter_count(tied) == 16


def test_the_hash_tells_weights_buffers_and_types_apart() -> None:
    """Equal weights hash alike; one changed element, buffer or type changes the hash."""
    first, second = nn.BatchNorm1d(3), nn.BatchNorm1d(3)
    same = weights_hash(first)
    assert weights_hash(second) == same
    assert len(same) == 16
    with torch.no_grad():
        second.weight[1] = 1.5
    assert weights_hash(second) != same
    second.weight.data[1] = 1.0
    assert weights_hash(second) == same
    second.running_mean[0] = 1.0  # type: ignore[index]
    assert weights_hash(second) != same
    assert weights_hash(first.to(torch.bfloat16)) != same


@pytest.mark.filterwarnings("ignore:Sparse CSR tensor support is in beta")
def test_sparse_weights_have_a_hash() -> None:
    """Equal graphs hash alike in one layout; another edge or weight changes it."""
    edges = torch.tensor([[0.0, 2.0], [0.0, 0.0]])

    def graph(matrix: torch.Tensor) -> nn.Module:
        module = nn.Module()
        module.register_buffer("edges", matrix)
        return module

    for layout in (torch.sparse_coo, torch.sparse_csr):
        same = weights_hash(graph(edges.to_sparse(layout=layout)))
        assert weights_hash(graph(edges.to_sparse(layout=layout))) == same
        assert weights_hash(graph((edges * 2).to_sparse(layout=layout))) != same
        assert weights_hash(graph(edges.T.to_sparse(layout=layout))) != same
