from __future__ import annotations

from fitment.registry.lineage.questions.part import subgraph
from fitment.registry.report.lineage.dot import dot_lines, quoted

from tests.registry.lineage.small import ecosystem
from tests.registry.report.lineages import EVIL, dot_names, evil_part


def test_a_small_graph() -> None:
    """Whole numbers are whole, lists have blanks between, what nobody says is left out."""
    made = ecosystem(
        "a>b:finetune+adapter", {"a": {"likes": 4.0, "licences": ("mit", "x")}, "b": {"likes": 5.0}}
    )
    assert "".join(dot_lines(subgraph(made, ["a", "b"]))).splitlines() == [
        "digraph lineage {",
        "  node [shape=box];",
        '  n0 [label="a", likes=4, licences="mit x"];',
        '  n1 [label="b", likes=5];',
        '  n0 -> n1 [label="adapter", kinds="finetune adapter", likes_change=1, likes_relative=0.25];',
        "}",
    ]


def test_names_are_inert_and_can_be_read_back() -> None:
    """Each line is one of ours, whatever the names hold."""
    text = "".join(dot_lines(evil_part()))
    assert dot_names(text) == EVIL
    assert quoted('\\N "<b>" &lt;') == '"\\\\\\\\N \\"<b>\\" &amp;lt;"'
    assert text.count(" -> n") == len(EVIL) + 1
