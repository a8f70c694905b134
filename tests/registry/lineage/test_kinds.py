"""The kinds of an edge, and which views it belongs to."""

from __future__ import annotations

import numpy as np
from fitment.registry.lineage.kinds import ADAPTER, FINETUNE, KINDS, LABELS, MERGE, QUANTIZED, VIEWS, labels


def test_the_last_kind_that_applies_labels_an_edge() -> None:
    """In the order finetune, quantized, adapter, merge; none: untyped."""
    types = np.array([0, FINETUNE, FINETUNE | QUANTIZED, QUANTIZED | ADAPTER, MERGE | FINETUNE], np.uint8)
    named = [LABELS[label] for label in labels(types).tolist()]
    assert named == ["untyped", "finetune", "quantized", "adapter", "merge"]


def test_views_by_label_and_by_kind() -> None:
    """By hand, for four edges: a label counts once, a kind wherever it is said."""
    types = np.array([0, FINETUNE, FINETUNE | ADAPTER, FINETUNE | MERGE], np.uint8)
    belongs = {name: view.mask(types, labels(types)).tolist() for name, view in VIEWS.items()}
    yes, no = True, False
    assert belongs == {
        "all": [yes, yes, yes, yes],
        "finetune": [no, yes, no, no],
        "quantized": [no, no, no, no],
        "adapter": [no, no, yes, no],
        "merge": [no, no, no, yes],
        "untyped": [yes, no, no, no],
        "no-merge": [yes, yes, yes, no],
        "derived": [no, yes, no, yes],
        "any-finetune": [no, yes, yes, yes],
        "any-quantized": [no, no, no, no],
        "any-adapter": [no, no, yes, no],
        "any-merge": [no, no, no, yes],
    }


def test_each_edge_has_one_label() -> None:
    """The views by label, and that of untyped edges, share all edges among them."""
    types = np.arange(16, dtype=np.uint8)
    shares = sum(VIEWS[name].mask(types, labels(types)).astype(int) for name in (*KINDS, "untyped"))
    assert (shares == 1).all()
