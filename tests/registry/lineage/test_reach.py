"""Whom models reach."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from fitment.registry.lineage.kinds import VIEWS
from fitment.registry.lineage.reach import Reacher, reach
from fitment.registry.lineage.walk import walked
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.lineage.small import ecosystem

LETTERS = "abcdefg"
EDGES = st.lists(st.tuples(*[st.sampled_from(LETTERS)] * 2, st.booleans()), max_size=20)


def test_by_hand() -> None:
    """The nearest first; upwards likewise; a view leaves edges out."""
    small = ecosystem("a>b a>c:merge b>d c>d d>e")
    models, hops = reach(small.down, 0)
    assert (models.tolist(), hops.tolist()) == ([1, 2, 3, 4], [1, 1, 2, 3])
    assert reach(small.up, 4)[0].tolist() == [3, 1, 2, 0]
    assert reach(small.up, 4, small.edges.mask(VIEWS["no-merge"]))[1].tolist() == [1, 2, 2, 3]
    assert reach(small.down, np.array([1, 2]))[1].tolist() == [1, 2]


def test_a_start_is_reached_where_an_edge_leads_to_it() -> None:
    """By a cycle, by a self-loop, or from another start."""
    small = ecosystem("a>b b>a b>c s>s")
    assert reach(small.down, 0)[0].tolist() == [1, 0, 2]
    assert reach(small.down, 3)[0].tolist() == [3]
    assert reach(small.down, np.array([0, 1, 3]))[0].tolist() == [1, 0, 2, 3]
    assert reach(small.down, np.array([], np.int32))[0].tolist() == []


@settings(max_examples=40)
@given(edges=EDGES)
def test_walking_and_compiled_agree(edges: list[tuple[str, str, bool]]) -> None:
    """On models, their order, hops and edges, and on the length of every path."""
    small = ecosystem(" ".join(f"{a}>{b}:{'merge' if m else 'finetune'}" for a, b, m in edges), {"a": {}})
    mask = small.edges.mask(VIEWS["no-merge"])
    for side in (small.down, small.up):
        reacher = Reacher(side, mask)
        for start in range(len(small)):
            found, expected = reacher.of(start), walked(side, start, mask)
            for name in expected.__slots__:
                assert getattr(found, name).tolist() == getattr(expected, name).tolist()
            for end in {*range(len(small))} - {start}:
                way, hops = reacher.path(start, end), expected.hops[expected.models == end].tolist()
                assert [len(way) - 1] == hops if way is not None else hops == []


def test_paths() -> None:
    """Step by step along edges that count; None where there is no way; a model alone to itself."""
    small = ecosystem("a>b b>c c>d a>d:merge")
    assert Reacher(small.down).path(0, 3).tolist() == [0, 3]
    assert Reacher(small.down, small.edges.mask(VIEWS["untyped"])).path(0, 3).tolist() == [0, 1, 2, 3]
    assert Reacher(small.down).path(3, 0) is None
    assert Reacher(small.up).path(3, 3).tolist() == [3]
    with pytest.raises(ValueError, match="sources must lie between 0"):
        Reacher(small.up).path(4, 0)


def test_one_question_loads_no_compiler() -> None:
    """However far it reaches."""
    code = (
        "import sys, numpy as np\n"
        "from fitment.registry.lineage.ecosystem import Adjacency\n"
        "from fitment.registry.lineage.reach import reach\n"
        "n = 1000\n"
        "edges = np.arange(n, dtype=np.int32)\n"
        "starts = np.append(edges, np.int32(n))\n"
        "assert len(reach(Adjacency(starts, np.roll(edges, -1), edges), 0)[0]) == n\n"
        "sys.exit('numba' in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
