from __future__ import annotations

from fitment.registry.lineage.kinds import LABELS, VIEWS
from fitment.registry.report.lineage.tree_legend import MADE, STEP, legend_height, legend_marks

from tests.registry.report.trees import small_tree


def test_every_kind_is_explained() -> None:
    """In a few words."""
    assert set(MADE) == set(LABELS.values())


def test_only_what_is_drawn_has_an_entry() -> None:
    """Kinds, dashes and shapes, each a mark and its words, as high as it says."""
    whole, part = small_tree(), small_tree(view=VIEWS["adapter"])
    lines = list(legend_marks(whole, 100))
    assert legend_height(whole) == STEP * len(lines) / 2 + 4 == STEP * (5 + 2 + 6) + 4
    assert any("another way to a model that is drawn once" in line for line in lines)
    assert any("closes a cycle" in line for line in lines)
    assert legend_height(part) == STEP * (1 + 2) + 4
    assert not any("stroke-dasharray" in line for line in legend_marks(part, 0))
