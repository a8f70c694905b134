from __future__ import annotations

import re
from collections.abc import Callable

from fitment.registry.report.lineage.tree_text import tree_text

from tests.registry.report.trees import hostile_tree, small_tree


def test_a_small_tree(golden: Callable[[str, str], None]) -> None:
    """Ancestors above, descendants below, signs for licences and what they mean."""
    golden("lineage_tree.txt", tree_text(small_tree(), popularity=True))
    golden("lineage_tree_cut.txt", tree_text(small_tree(limit=3)))


def test_hostile_names_are_inert() -> None:
    """No control, override or line of their own comes out of them, and none is long."""
    text = tree_text(hostile_tree())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ud800-\udfff]", text)
    assert len(text.splitlines()) == len(tree_text(small_tree()).splitlines())
    assert max(map(len, text.splitlines())) < 300
