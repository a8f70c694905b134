"""Which declared licences drop what they inherit: chains written by hand, and drift() asked pair by pair."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest
from fitment.registry.licences.drift import drift, inherited, members, successors
from fitment.registry.lineage.audit.audit import Audit, Descents, audit, kind_names
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.kinds import ALL, VIEWS
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.strategies import deterministic
from tests.registry.lineage.declaring import declared, graphs
from tests.registry.lineage.small import ecosystem

CHAINS = Path(__file__).parents[1] / "data" / "licence_audit_chains.csv"
KEYS = {
    "nc": "limit.nc",
    "field": "limit.field_of_use",
    "improve": "limit.no_improve_other_models",
    "copyleft": "copyleft",
    "nd": "limit.nd",
    "mau": "limit.mau",
    "revenue": "limit.revenue",
    "territory": "limit.territory",
    "prefix": "obligation.name_prefix",
    "built": "obligation.built_with",
}


def chains() -> list[object]:
    """Each chain of the file, named."""
    with CHAINS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [pytest.param(row["edges"], row["licences"], row["expected"], id=row["chain"]) for row in rows]


def written(found: Audit, rows: Descents, sign: str) -> list[str]:
    """Each row as the file of chains writes it, one clause at a time."""
    name = found.ecosystem.names
    return [
        f"{name[model]}{sign}{name[origin]}@{hops}/{name[first] if first >= 0 else '-'} "
        + found.terms.terms[term].key
        for term, model, origin, hops, first in zip(
            rows.term, rows.model, rows.origin, rows.hops, rows.first, strict=True
        )
    ]


@pytest.mark.parametrize(("edges", "licences", "expected"), chains())
def test_chains_read_from_the_texts(edges: str, licences: str, expected: str) -> None:
    """What a reading of the texts names: < is dropped, ? comes to a model that declares nothing."""
    found = audit(ecosystem(edges, declared(licences)))
    rows = written(found, found.dropped, "<") + written(found, found.undeclared, "?")
    parts = (part.split() for part in filter(None, expected.split(";")))
    assert sorted(rows) == sorted(f"{where} {KEYS[key]}" for where, *keys in parts for key in keys)


def hops_between(edges: list[tuple[int, int]], n: int) -> dict[tuple[int, int], int]:
    """By (ancestor, model) the least edges between them, at least one."""
    found = dict.fromkeys(edges, 1)
    for middle in range(n):
        for a in range(n):
            for b in range(n):
                if (a, middle) in found and (middle, b) in found:
                    way = found[a, middle] + found[middle, b]
                    found[a, b] = min(way, found.get((a, b), way))
    return found


def asked_pair_by_pair(
    hops: Mapping[tuple[int, int], int], said: list[tuple[str, ...]]
) -> dict[tuple[str, int, str, frozenset[str]], int]:
    """What became of each clause, by model and clause, with the hops to the nearest ancestor that has it."""
    found: dict[tuple[str, int, str, frozenset[str]], int] = {}
    for (ancestor, model), far in hops.items():
        there, here = " OR ".join(said[ancestor]), " OR ".join(said[model])
        lost = {each.reason.clause for each in drift(here, there).lost}
        clauses = {"copyleft" if clause == "flow_down" else clause for clause in lost}
        outcome = "dropped"
        if not said[model] or "other" in said[model]:
            clauses = set(inherited(there))
            outcome = "unjudged" if said[model] else "undeclared"
        for key in clauses:
            allowed = successors(members(there)) if key == "copyleft" else frozenset()
            at = (outcome, model, key, allowed)
            found[at] = min(far, found.get(at, far))
    return found


def asked_at_once(found: Audit) -> dict[tuple[str, int, str, frozenset[str]], int]:
    """The same, of the audit."""
    rows = {}
    for outcome in ("dropped", "undeclared", "unjudged"):
        of = getattr(found, outcome)
        for place, model, far in zip(of.term.tolist(), of.model.tolist(), of.hops.tolist(), strict=True):
            term = found.terms.terms[place]
            assert (outcome, model, term.key, term.allowed) not in rows
            rows[outcome, model, term.key, term.allowed] = far
    return rows


@deterministic
@given(graph=graphs(), name=st.sampled_from(["all", "all", "no-merge", "any-adapter", "untyped"]))
def test_it_finds_what_drift_finds_pair_by_pair(
    graph: tuple[Ecosystem, list[tuple[str, ...]]], name: str
) -> None:
    """For every model and ancestor, in every view, with the least hops; and each way is one of the graph."""
    made, said = graph
    found = audit(made, VIEWS[name])
    edges = made.edges
    inside = VIEWS[name].mask(edges.types, edges.label)
    pairs = list(zip(edges.parent[inside].tolist(), edges.child[inside].tolist(), strict=True))
    hops = hops_between(pairs, len(made))
    assert asked_at_once(found) == asked_pair_by_pair(hops, said)
    for rows in (found.dropped, found.undeclared, found.unjudged, found.open):
        for model, via, origin, far in zip(rows.model, rows.via, rows.origin, rows.hops, strict=True):
            assert (via, model) in pairs
            assert hops[origin, model] == far
            assert origin == via if far == 1 else hops[origin, via] == far - 1
    open_to = {
        model
        for ancestor, model in hops
        if (not said[ancestor] or "other" in said[ancestor]) and said[model] and "other" not in said[model]
    }
    assert set(found.open.model.tolist()) == open_to


def test_who_dropped_it_first_and_along_which_edges() -> None:
    """Of four edges: the first dropper lies between; an unread licence drops nothing, and none doesn't."""
    made = ecosystem(
        "a>b:finetune b>c c>d:adapter d>e:merge",
        declared("a=cc-by-nc-4.0 b=other c=mit d= e=apache-2.0"),
    )
    rows = audit(made).dropped
    assert made.names.of(rows.model) == ["c", "e"]
    assert made.names.of(rows.first) == ["c", "c"]
    assert [kind_names(int(along)) for along in rows.along] == [
        ("finetune", "untyped"),
        ("finetune", "adapter", "merge", "untyped"),
    ]


def test_a_view_leaves_edges_out() -> None:
    """Along fine-tunes alone nothing descends through an adapter."""
    made = ecosystem("a>b:adapter b>c:finetune", declared("a=llama2 b=mit c=mit"))
    assert len(audit(made, ALL).dropped) == 6
    assert len(audit(made, VIEWS["finetune"]).dropped) == 0


@pytest.mark.parametrize("edges", ["", "a>a:finetune"])
def test_nothing_to_inherit(edges: str) -> None:
    """No edges, or a loop alone."""
    found = audit(ecosystem(edges, declared("a=llama2 b=mit c=")))
    assert [len(getattr(found, name)) for name in ("dropped", "undeclared", "unjudged", "open")] == [0] * 4
