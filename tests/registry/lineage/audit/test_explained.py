"""One model explained: every clause that it inherits, the way that each took, what becomes of it."""

from __future__ import annotations

from fitment.registry.lineage.audit.audit import audit
from fitment.registry.lineage.audit.explained import explained
from fitment.registry.lineage.audit.findings import Inherited, asked_for, inherited
from fitment.registry.lineage.audit.terms import declarations
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.kinds import ALL, VIEWS
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.strategies import deterministic
from tests.registry.lineage.declaring import declared, graphs
from tests.registry.lineage.small import ecosystem


def rows(found: list[Inherited]) -> list[tuple[object, ...]]:
    """What tells them apart, in an order of its own."""
    return sorted(
        (each.model, each.outcome, each.clause, each.way, each.first_dropped_by or "", sorted(each.along))
        for each in found
    )


@deterministic
@given(graph=graphs(), name=st.sampled_from(["all", "no-merge"]))
def test_it_explains_the_very_findings_of_the_audit(
    graph: tuple[Ecosystem, list[tuple[str, ...]]], name: str
) -> None:
    """Of every model: the dropped clauses, by the same ways, without the compiled kernel; others are kept."""
    made, _ = graph
    found = audit(made, VIEWS[name])
    told = [explained(made, model, VIEWS[name]) for model in range(len(made))]
    fates = [fate for each in told for fate in each.fates]
    audited = [*inherited(found, found.dropped), *inherited(found, found.undeclared)]
    audited += inherited(found, found.unjudged)
    assert rows([fate.inherited for fate in fates if fate.inherited.outcome != "kept"]) == rows(audited)
    assert all(bool(fate.kept_by) == (fate.inherited.outcome == "kept") for fate in fates)
    terms = declarations(made).terms
    for each in told:
        assert bool(each.why_unknown) == (not terms.is_read[terms.sets.index(each.declared)])


def test_step_by_step() -> None:
    """Each model on the way, how it was made, what it declares and does."""
    made = ecosystem(
        "a>b:finetune b>c:adapter c>d:quantized d>e",
        declared("a=cc-by-nc-4.0 b= c=mit d=other e=mit|cc-by-nc-sa-4.0"),
    )
    told = explained(made, 4)
    assert (told.model, told.ancestors, told.ancestors_unknown, told.why_unknown) == ("e", 4, 2, "")
    (fate,) = told.fates
    assert [(step.model, step.made_by, step.does) for step in fate.steps] == [
        ("a", None, "has it"),
        ("b", "finetune", "declares nothing"),
        ("c", "adapter", "drops it"),
        ("d", "quantized", "isn't known"),
        ("e", "untyped", "keeps it"),
    ]
    assert (fate.inherited.outcome, fate.kept_by) == ("kept", ("CC-BY-NC-SA-4.0",))
    assert fate.inherited.way == "a > b (finetune) > c (adapter) > d (quantized) > e (untyped)"
    assert fate.inherited.first_dropped_by == "c"


def test_what_would_keep_it() -> None:
    """The licence that a clause stands in; for copyleft what it allows; for all clauses, who has them all."""
    made = ecosystem(
        "a>c:merge b>c:merge d>e:finetune", declared("a=llama3.1 b=llama2 c=mit d=cc-by-sa-4.0 e=other")
    )
    merged = explained(made, 2)
    assert {fate.would_keep for fate in merged.fates} == {("llama3.1",), ("llama2",)}
    assert merged.would_keep_all == ()  # only the one has naming, only the other a ban on improving others
    tuned = explained(made, 4)
    assert [fate.would_keep for fate in tuned.fates] == [("CC-BY-SA-4.0", "GPL-3.0-only", "LAL-1.3")]
    assert tuned.would_keep_all == ("CC-BY-SA-4.0",)
    assert tuned.why_unknown.startswith('"other" says that a licence text goes with the model')
    assert explained(made, 0, ALL).fates == ()


def test_a_way_too_long_for_a_line() -> None:
    """Its ends, and how many are left out between."""
    edges = " ".join(f"{a:02}>{a + 1:02}:finetune" for a in range(30))
    made = ecosystem(edges, declared("00=gemma 30=mit"))
    (fate,) = explained(made, 30).fates
    assert (len(fate.steps), fate.steps_left_out) == (20, 11)
    assert [step.model for step in fate.steps[9:11]] == ["09", "21"]
    assert fate.inherited.way.startswith("00 > … 18 more … > 19 (finetune) > 20 (finetune) > ")
    found = audit(made)
    assert [row.way for row in inherited(found, asked_for(found))] == [fate.inherited.way]
