"""The arrays of an ecosystem from what models say."""

from __future__ import annotations

import numpy as np
from fitment.registry.lineage.assemble import Models, Parents, Said, arrays_of
from fitment.registry.lineage.kinds import ADAPTER, FINETUNE, MERGE
from fitment.registry.lineage.names import by_hash, packed
from numpy.testing import assert_array_equal

from tests.registry.lineage.small import ecosystem

NAN = np.nan


def test_what_changes_along_an_edge() -> None:
    """The child's less the parent's; relative to it unless it is 0; NaN where either says nothing."""
    edges = ecosystem(
        "a>b a>c b>d c>d",
        {
            "a": {"likes": 4, "downloads": 0, "created": "2024-01-02T00:00:00"},
            "b": {"likes": 1, "downloads": 5, "created": "2024-01-03T12:00:00"},
            "c": {"downloads": 2, "created": "2024-01-01T23:59:59.999999"},
            "d": {"likes": 2, "downloads": 1},
        },
    ).edges
    assert_array_equal(edges.likes_change, [-3, NAN, 1, NAN])
    assert_array_equal(edges.likes_relative, [-0.75, NAN, 1, NAN])
    assert_array_equal(edges.downloads_change, [5, 2, -4, -1])
    assert_array_equal(edges.downloads_relative, [NAN, NAN, -0.8, -0.5])
    assert_array_equal(edges.days, [1, -1, NAN, NAN])


def test_pairs_said_twice_are_one_edge() -> None:
    """With every kind that was said; a self-loop and a cycle stay as they are."""
    edges = ecosystem("b>a:merge a>b:finetune a>a b>a:adapter").edges
    assert (edges.parent.tolist(), edges.child.tolist()) == ([0, 0, 1], [0, 1, 0])
    assert edges.types.tolist() == [0, FINETUNE, ADAPTER | MERGE]
    assert edges.label.tolist() == [0, FINETUNE, MERGE]


def test_types_of_all_arrays() -> None:
    """As the ecosystem promises them, also where the names' table was made before."""
    text, starts = packed(["x", "y"])
    nothing = np.full(2, NAN)
    models = Models(
        name_bytes=text,
        name_starts=starts,
        likes=nothing,
        downloads=nothing,
        created=np.full(2, "NaT", "datetime64[us]"),
        card_characters=nothing,
        card_generated=nothing,
        traits={"tasks": Said([(), ("b", "a")], np.array([1, 0], np.int32))},
        names=by_hash(text, starts),
    )
    ends = np.array([1], np.int32), np.array([0], np.int32)
    arrays = arrays_of(models, Parents(*ends, np.array([4], np.uint8)))
    changes = [f"edge_{what}_{how}" for what in ("likes", "downloads") for how in ("change", "relative")]
    special = {
        **dict.fromkeys(("name_bytes", "edge_types", "edge_label", "tasks_bytes"), "uint8"),
        **dict.fromkeys(("likes", "downloads", "card_characters", "card_generated"), "float64"),
        **dict.fromkeys((*changes, "edge_days"), "float64"),
        **dict.fromkeys(("name_starts", "tasks_at"), "int64"),
        "name_hashes": "uint64",
        "created": "datetime64[us]",
    }
    found = {name: str(array.dtype) for name, array in arrays.items()}
    assert found == {name: special.get(name, "int32") for name in arrays}
    assert arrays["tasks_members"].tolist() == [0, 1]
    assert arrays["name_hashes"][0] < arrays["name_hashes"][1]
