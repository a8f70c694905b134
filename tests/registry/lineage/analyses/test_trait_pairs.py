"""Pairs of sets at the ends of edges, each once, and how far its two are apart."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.registry.lineage.analyses.trait_pairs import jaccard_distances, trait_pairs
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.kinds import ALL, VIEWS

from tests.registry.lineage.small import ecosystem


def told(**languages: str) -> Ecosystem:
    """Five edges; each model says the letters given as its languages."""
    models = {name: {"languages": tuple(said)} for name, said in languages.items()}
    return ecosystem("a>b:finetune a>c:finetune a>d:quantized b>e:finetune e>e:finetune", models)


def test_each_pair_once() -> None:
    """a says xy, b and c say y, d and e nothing: one pair, of two edges; two ends unsaid, one self-loop."""
    lineage = told(a="xy", b="y", c="y", d="", e="")
    trait = lineage.trait("languages")
    pairs = trait_pairs(lineage, trait, ALL)
    assert [trait.of_set(int(code)) for code in (*pairs.parent, *pairs.child)] == [("x", "y"), ("y",)]
    assert pairs.edges.tolist() == [2]
    assert pairs.of_edge.tolist() == [0, 0]
    assert [lineage.names[int(each)] for each in lineage.edges.child[pairs.chosen]] == ["b", "c"]
    assert (pairs.unsaid, pairs.self_loops) == (2, 1)


def test_a_view_leaves_the_others_out() -> None:
    """Of finetune edges alone the quantized one is not looked at, unsaid or not."""
    lineage = told(a="xy", b="y", c="y", d="x", e="z")
    assert trait_pairs(lineage, lineage.trait("languages"), VIEWS["finetune"]).edges.sum() == 3
    assert trait_pairs(lineage, lineage.trait("languages"), VIEWS["quantized"]).edges.tolist() == [1]


def test_distances_by_hand() -> None:
    """xy to y: 1 of 2 shared. xy to yz: 1 of 3. xy to xy: all. y to z: none."""
    lineage = told(a="xy", b="y", c="yz", d="xy", e="z")
    trait = lineage.trait("languages")
    pairs = trait_pairs(lineage, trait, ALL)
    of_edge = jaccard_distances(trait, pairs)[pairs.of_edge]
    assert of_edge.tolist() == pytest.approx([1 / 2, 2 / 3, 0, 1])


def test_nothing_said_nothing_found() -> None:
    """Without a value, or without an edge, there are no pairs."""
    for lineage in (told(), ecosystem("", {"a": {"languages": ("en",)}}), ecosystem("")):
        trait = lineage.trait("languages")
        pairs = trait_pairs(lineage, trait, ALL)
        assert pairs.edges.size == jaccard_distances(trait, pairs).size == 0


def test_random_sets_as_pythons() -> None:
    """Two hundred random edges have the distances that Python's sets give."""
    rng = np.random.default_rng(0)
    said = {f"m{i:02}": {"languages": tuple(np.array([*"pqrst"])[rng.random(5) < 0.4])} for i in range(40)}
    words = {f"m{a:02}>m{b:02}" for a, b in rng.integers(0, 40, (200, 2)) if a != b}
    lineage = ecosystem(" ".join(words), said)
    trait = lineage.trait("languages")
    pairs = trait_pairs(lineage, trait, ALL)
    found = jaccard_distances(trait, pairs)[pairs.of_edge]
    ends = zip(lineage.edges.parent[pairs.chosen], lineage.edges.child[pairs.chosen], strict=True)
    both = [(set(trait.of(int(p))), set(trait.of(int(c)))) for p, c in ends]
    assert len(both) > 100
    assert found.tolist() == pytest.approx([1 - len(p & c) / len(p | c) for p, c in both])
