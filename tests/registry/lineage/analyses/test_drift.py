"""Where licences drift, counted by hand."""

from __future__ import annotations

from fitment.registry.lineage.analyses.drift import Arc, Drift, drift
from fitment.registry.lineage.kinds import ALL

from tests.registry.lineage.small import ecosystem

EDGES = "a>b:finetune a>c:finetune d>e:finetune d>f:finetune e>g:adapter"
SAID = {
    "a": ("mit",),
    "b": ("apache-2.0",),  # mit > apache
    "c": ("apache-2.0", "gpl-3.0"),  # mit > apache, mit > gpl
    "d": ("apache-2.0", "gpl-3.0"),
    "e": ("apache-2.0",),  # gpl > apache
    "f": ("apache-2.0", "mit"),  # apache > mit, gpl > mit; gpl > apache, which was kept
    "g": ("gpl-3.0",),  # apache > gpl, and no finetune
}
MODELS = {name: {"licences": said} for name, said in SAID.items()}


def test_by_hand() -> None:
    """mit > apache 2 : 1, gpl > apache 2 : 0, mit > gpl 1 : 1; apache-2.0 is said by five models, most."""
    assert drift(ecosystem(EDGES, MODELS), "licences") == Drift(
        trait="licences",
        view="finetune",
        values=("apache-2.0", "gpl-3.0", "mit"),
        arcs=(Arc("gpl-3.0", "apache-2.0", 2, 0, 2), Arc("mit", "apache-2.0", 2, 1, 1)),
        balanced=1,
        mutations=7,
        edges=4,
        self_loops=0,
    )


def test_along_all_edges() -> None:
    """The adapter takes one back: gpl > apache 2 : 1."""
    found = drift(ecosystem(EDGES, MODELS), "licences", ALL)
    assert found.arcs == (Arc("gpl-3.0", "apache-2.0", 2, 1, 1), Arc("mit", "apache-2.0", 2, 1, 1))
    assert (found.balanced, found.mutations, found.edges) == (1, 8, 5)


def test_fewer_values() -> None:
    """Between the two that most models say there is one arc; mutations of others are not counted."""
    found = drift(ecosystem(EDGES, MODELS), "licences", top=2)
    assert found.values == ("apache-2.0", "gpl-3.0")
    assert (found.arcs, found.mutations) == ((Arc("gpl-3.0", "apache-2.0", 2, 0, 2),), 2)


def test_a_cycle_is_balanced_and_a_self_loop_nothing() -> None:
    """a to b and back: one mutation each way. A model that is its own parent changes nothing."""
    found = drift(ecosystem("a>b:finetune b>a:finetune a>a:finetune", MODELS), "licences")
    assert (found.arcs, found.balanced, found.mutations) == ((), 1, 2)
    assert (found.edges, found.self_loops) == (2, 1)


def test_nothing_drifts_where_nothing_is_said() -> None:
    """No edges, or no values."""
    for lineage in (ecosystem(""), ecosystem("x>y:finetune")):
        found = drift(lineage, "licences")
        assert (found.values, found.arcs, found.mutations, found.edges) == ((), (), 0, 0)
