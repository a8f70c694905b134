from __future__ import annotations

from fitment.registry.lineage.kinds import VIEWS
from fitment.registry.report.lineage.tree_rows import heading, kinds, last_of_each, legend, rows_of, shown

from tests.registry.report.trees import small_tree


def test_what_is_not_drawn_has_a_row_behind_the_branch_that_it_belongs_to() -> None:
    """Of the innermost first; rows know the row that they hang from."""
    rows = rows_of(small_tree(limit=1).below, up=False, popularity=False)
    assert [(row.depth, row.hangs_from, row.text) for row in rows] == [
        (0, -1, "lab/net"),
        (1, 0, "lab/lora"),
        (2, 1, "+ 1 more"),
        (1, 0, "+ 5 more"),
    ]
    assert last_of_each(rows) == [True, False, True, True]


def test_facts_of_a_model() -> None:
    """How it was made, its licence, popularity where it is asked for and known, second ways and cycles."""
    tree = small_tree()
    said = {row.text: row.facts for row in rows_of(tree.below, up=False, popularity=True)}
    assert said["lab/net"] == ("apache-2.0", "1,234 likes", "56,789 downloads")
    assert said["lab/lora"] == ("adapter", "cc-by-nc-4.0, mit", "1 like")
    assert said["lab/q4"] == ("quantized", "other", "0 downloads")
    assert said["lab/blend"] == (
        "merge",
        "none declared",
        "also from lab/lora (merge)",
        "and from 1 not drawn",
    )
    assert said["lab/round"][-1] == "a cycle, cut here: leads back to lab/ring (merge)"
    assert "1,234 likes" not in rows_of(tree.below, up=False, popularity=False)[0].facts


def test_heading_says_whose_and_how_many() -> None:
    """With the view where it is not that of all edges, and how many are drawn where not all are."""
    assert heading(small_tree()) == (
        "Family tree of lab/net",
        "above: made from 2 models; below: 7 models made from it",
    )
    assert heading(small_tree(limit=1, view=VIEWS["no-merge"])) == (
        "Family tree of lab/net, along no-merge edges",
        "above: made from 2 models (1 of them drawn); below: 6 models (1 of them drawn) made from it",
    )


def test_legends_name_what_is_drawn() -> None:
    """And nothing else."""
    assert kinds(small_tree()) == ["adapter", "finetune", "merge", "quantized", "untyped"]
    alone = small_tree(view=VIEWS["adapter"])
    assert kinds(alone) == ["adapter"]
    assert [name for name, _ in legend(alone)] == ["permissive", "non-commercial"]


def test_names_are_cut_and_visible() -> None:
    """By their width on a screen."""
    assert shown("a" * 500) == "a" * 59 + "…"
    assert shown("長" * 500) == "長" * 29 + "…"
    assert shown("a\x1b[31m\u202e\ufffe") == "a\\x1b[31m\\u202e\\U0000fffe"
