from __future__ import annotations

import pytest
from fitment.registry.errors import UnknownNameError
from fitment.registry.lineage.kinds import VIEWS
from fitment.registry.lineage.questions.follow import ancestors, descendants, mask_of

from tests.registry.lineage.small import ecosystem

#     base ──finetune──► chat ──quantized+finetune──► chat-awq
#       └────merge─────► mix ◄──merge── other
GRAPH = "base>chat:finetune chat>awq:quantized+finetune base>mix:merge other>mix:merge"


def test_both_directions_with_hops() -> None:
    """Ancestors go against the edges, descendants along them; the nearest stand first."""
    made = ecosystem(GRAPH)
    above, below = ancestors(made, "awq"), descendants(made, "base")
    assert (made.names.of(above.models), above.hops.tolist()) == (["chat", "base"], [1, 2])
    assert (made.names.of(below.models), below.hops.tolist()) == (["chat", "mix", "awq"], [1, 1, 2])
    assert made.names.of(descendants(made, made.names.find("base") or 0, hops=1).models) == ["chat", "mix"]


@pytest.mark.parametrize(
    ("view", "reached"),
    [
        ("all", ["chat", "mix", "awq"]),
        ("finetune", ["chat"]),  # awq is labelled by the last kind that applies, quantized
        ("any-finetune", ["chat", "awq"]),
        ("merge", ["mix"]),
        ("no-merge", ["chat", "awq"]),
        ("quantized", []),  # chat isn't one, so the way to awq is cut
        ("untyped", []),
    ],
)
def test_views_cut_ways(view: str, reached: list[str]) -> None:
    """Only edges of the view are gone along, by its name or itself."""
    made = ecosystem(GRAPH)
    for asked in (view, VIEWS[view]):
        assert made.names.of(descendants(made, "base", view=asked).models) == reached


def test_a_model_is_its_own_ancestor_only_in_a_cycle() -> None:
    """A self-loop and a cycle lead back; of other models the start is never among its ancestors."""
    made = ecosystem("a>a a>b b>c c>b c>d")
    assert made.names.of(ancestors(made, "a").models) == ["a"]
    assert made.names.of(ancestors(made, "b").models) == ["a", "c", "b"]
    assert made.names.of(ancestors(made, "d").models) == ["c", "b", "a"]


def test_no_edges_and_unknown_models() -> None:
    """Nothing is reached where there is nothing; a name that is not there is an error."""
    made = ecosystem("", {"alone": {}})
    assert len(ancestors(made, "alone").models) == len(descendants(made, "alone", view="merge").edges) == 0
    assert mask_of(made, "all") is None
    with pytest.raises(UnknownNameError, match="nobody"):
        ancestors(made, "nobody")
