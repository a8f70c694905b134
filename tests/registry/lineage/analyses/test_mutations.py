"""Which value turns into which, counted by hand and by Python's sets."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from fitment.registry.errors import QuestionError
from fitment.registry.lineage.analyses import mutations as module
from fitment.registry.lineage.analyses.mutations import Mutations, mutations
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.kinds import ALL, VIEWS

from tests.registry.lineage.small import ecosystem


def counted(found: Mutations) -> dict[str, int]:
    """``x>y`` and how often, of those that occur."""
    pairs = np.argwhere(found.counts).tolist()
    return {f"{found.values[i]}>{found.values[j]}": int(found.counts[i, j]) for i, j in pairs}


def of_edge(parent: str, child: str) -> dict[str, int]:
    """The mutations of one edge whose ends say these letters."""
    lineage = ecosystem("p>q", {"p": {"tasks": tuple(parent)}, "q": {"tasks": tuple(child)}})
    return counted(mutations(lineage, "tasks", ALL))


@pytest.mark.parametrize(
    ("parent", "child", "expected"),
    [
        ("x", "y", {"x>y": 1}),  # replaced
        ("xy", "xyz", {"x>z": 1, "y>z": 1}),  # added
        ("xyz", "xy", {"z>x": 1, "z>y": 1}),  # dropped
        ("xy", "yz", {"x>z": 1, "y>z": 1, "x>y": 1}),  # x dropped, y kept, z added: x > z counts once
        ("xy", "xy", {}),
        ("", "x", {}),
        ("x", "", {}),
    ],
)
def test_one_edge(parent: str, child: str, expected: dict[str, int]) -> None:
    """Every value of the parent to each that is added, and each that is dropped to each that is kept."""
    assert of_edge(parent, child) == expected


def test_the_values_that_most_models_say() -> None:
    """Of three values the two that most say, equals by name; what names no value is not among them."""
    said = {"a": "xyz", "b": "xy", "c": "x"}
    models = {name: {"tasks": tuple(each)} for name, each in said.items()}
    models |= {name: {"tasks": ("other", "unknown")} for name in "defgh"}
    found = mutations(ecosystem("a>d c>a", models), "tasks", ALL, 2)
    assert found.values == ("x", "y")
    assert counted(found) == {"x>y": 1}
    assert mutations(ecosystem("", models), "tasks", ALL, 3).values == ("x", "y", "z")


def random_lineage() -> Ecosystem:
    rng = np.random.default_rng(1)
    said = {f"m{i:02}": {"tasks": tuple(np.array([*"pqrst"])[rng.random(5) < 0.5])} for i in range(50)}
    words = {f"m{a:02}>m{b:02}:finetune" for a, b in rng.integers(0, 50, (300, 2))}
    return ecosystem(" ".join(words), said)


def test_random_sets_as_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of edges, cycles and self-loops among them, give what loops over Python's sets give."""
    lineage = random_lineage()
    trait, edges = lineage.trait("tasks"), lineage.edges
    expected: Counter[str] = Counter()
    for parent, child in zip(edges.parent.tolist(), edges.child.tolist(), strict=True):
        p, c = set(trait.of(parent)), set(trait.of(child))
        expected.update(f"{old}>{new}" for old in p for new in c - p)
        expected.update(f"{dropped}>{kept}" for dropped in p - c for kept in p & c)
    found = mutations(lineage, "tasks", VIEWS["finetune"])
    assert counted(found) == expected
    assert found.self_loops == int((edges.parent == edges.child).sum()) > 0
    monkeypatch.setattr(module, "_CELLS", 7)
    assert counted(mutations(lineage, "tasks", VIEWS["finetune"])) == expected


def test_nothing_to_count() -> None:
    """No models, no values, no edges: no mutations."""
    for lineage in (ecosystem(""), ecosystem("a>b"), ecosystem("", {"a": {"tasks": ("x",)}})):
        assert counted(mutations(lineage, "tasks", ALL)) == {}


@pytest.mark.parametrize("top", [0, 201])
def test_numbers_of_values_that_cannot_be(top: int) -> None:
    """None, and more than anyone reads."""
    with pytest.raises(QuestionError, match="from 1 to 200 values can be compared"):
        mutations(ecosystem("a>b"), "tasks", ALL, top)
