from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as Tree

from fitment.registry.report.lineage.tree_svg import tree_svg

from tests.registry.report.trees import hostile_tree, small_tree

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {
    f"{SVG}{name}"
    for name in ("svg", "title", "desc", "style", "rect", "text", "tspan", "g", "path", "circle")
}


def test_a_small_tree(golden: Callable[[str, str], None]) -> None:
    """The whole drawing, which is the same each time."""
    golden("lineage_tree.svg", tree_svg(small_tree(), popularity=True))


def texts(root: Tree.Element) -> list[str]:
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def test_it_says_all_that_its_text_twin_says() -> None:
    """Models with their facts, what is not drawn, second ways, cycles, legend; title and description."""
    root = Tree.fromstring(tree_svg(small_tree(limit=4)))
    said = texts(root)
    assert [each.text for each in root if each.tag in (f"{SVG}title", f"{SVG}desc")] == said[:2]
    for needed in ("lab/net", "lab/lora", "+ 1 more", "finetune: trained further", "no commercial use"):
        assert any(needed in each for each in said), needed
    dashes = [each.get("stroke-dasharray") for each in Tree.fromstring(tree_svg(small_tree())).iter()]
    assert dashes.count("5 3") == 2  # one and its legend
    assert dashes.count("1 3") == 2


def test_nothing_runs_over_the_edge() -> None:
    """Every text and mark lies inside the drawing."""
    for tree in (small_tree(), small_tree(limit=1), hostile_tree()):
        root = Tree.fromstring(tree_svg(tree))
        wide, high = float(root.attrib["width"]), float(root.attrib["height"])
        for each in root.iter(f"{SVG}text"):
            x, y = float(each.attrib["x"]), float(each.attrib["y"])
            assert x >= 0
            assert 0 < y < high
        for each in root.iter(f"{SVG}path"):
            assert all(float(x) < wide for x in re.findall(r"H(-?[\d.]+)", each.attrib["d"]))


def test_hostile_names_are_inert() -> None:
    """Only the drawing's own elements come out of them, no control, and nothing that loads or runs."""
    text = tree_svg(hostile_tree())
    root = Tree.fromstring(text)
    assert {each.tag for each in root.iter()} <= DRAWN
    assert not any(name.startswith("on") or "href" in name for each in root.iter() for name in each.attrib)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufffe\ud800-\udfff]", text)
    assert "<script" not in text
    assert max(len(each) for each in texts(root)) < 300
