"""What made a row: values, references and who set them, and the command that measures it again."""

from __future__ import annotations

import argparse
import shlex
from dataclasses import replace

import pytest
from fitment.harness.cli.sweep import add_arguments
from fitment.registry.answers import Answer, Estimate, Explanation, Process, Term
from fitment.registry.fit.recommend import answer
from fitment.registry.fit.remedy import Measurable

from tests.registry.fit.estimates import QUESTION, k, ok, row, spread_of, stated

ASKED = replace(QUESTION, explain=True, top_k=99)


def explained(*estimates: Estimate, can: Measurable | None = None) -> Answer:
    return answer(ASKED, estimates, can)


def explanation(found: Answer, hardware: str) -> Explanation:
    made = row(found, hardware).explanation
    assert made is not None
    return made


def term(found: Answer, hardware: str, criterion: str) -> Term:
    return next(t for t in explanation(found, hardware).terms if t.criterion == criterion)


def test_only_where_asked() -> None:
    """Rows carry no explanation unless one is asked for, and it changes nothing else."""
    estimates = [ok("A", k(), 1.0), ok("B", k(), 2.0)]
    plain = answer(replace(ASKED, explain=False), estimates)
    assert all(r.explanation is None for r in plain.rows)
    assert tuple(replace(r, explanation=None) for r in explained(*estimates).rows) == plain.rows


def test_references_say_who_set_them() -> None:
    """The largest throughput, smallest latency and smallest memory come with hardware and result ids."""
    found = explained(
        ok("A", k(1), 10.0, evidence=replace(ok("A", k(), 1.0).evidence, result_ids=(4, 5))),
        ok("A", k(8), 40.0, memory_bytes=10**9),
        ok("B", k(1), 5.0, memory_bytes=5 * 10**8),
        ok("B", k(8), 80.0, memory_bytes=2 * 10**9),
    )
    t, latency, memory = (term(found, "A", name) for name in ("throughput", "latency", "memory"))
    assert t.set_by is not None
    assert (t.reference, t.set_by.hardware, t.set_by.configuration.batch) == (80.0, "B", 8)
    assert latency.set_by is not None
    assert (latency.reference, latency.set_by.hardware, latency.set_by.result_ids) == (0.1, "A", (4, 5))
    assert memory.set_by is not None
    assert (memory.reference, memory.set_by.hardware) == (5e8, "B")
    assert [x.rule for x in (t, latency, memory)] == [
        "value / reference",
        "reference / value",
        "reference / value",
    ]


def test_own_value_is_its_own_reference() -> None:
    """Of several candidates that share the best value, a row is held against its own."""
    found = explained(ok("A", k(), 10.0), ok("B", k(), 10.0))
    for hardware in "AB":
        best = term(found, hardware, "throughput").set_by
        assert best is not None
        assert best.hardware == hardware


def test_terms_add_up_to_the_score() -> None:
    """In each row the weights times the components are the compatibility, dropped criteria aside."""
    found = explained(ok("A", k(), 10.0, memory_bytes=None), ok("B", k(), 7.0), ok("C", k(), 3.0))
    for r in found.rows:
        made = explanation(found, r.hardware)
        assert sum(t.weight * (t.component or 0.0) for t in made.terms) == pytest.approx(r.compatibility)
    memory = term(found, "B", "memory")
    assert (memory.rule, memory.component, memory.weight) == (None, None, 0.0)
    assert memory.value == 10**9


def test_headroom_is_held_against_the_own_capacity() -> None:
    """Across scopes the reference is the device's own capacity, which nobody set."""
    found = explained(
        ok("A", k(), 10.0), ok("B", k(), 10.0, memory_scope="allocator", capacity_bytes=4 * 10**9)
    )
    memory = term(found, "B", "memory")
    assert (memory.rule, memory.reference, memory.set_by) == ("1 - value / reference", 4e9, None)
    assert memory.component == 0.75


def test_memory_has_the_interval_of_its_processes() -> None:
    """Two processes or more give an interval around the median peak; one gives none."""
    processes = tuple(Process(10.0, None, 0.1, 0.1, peak) for peak in (900, 1000, 1100))
    several = ok("A", k(), 10.0, n=3, memory_bytes=1000, spread=spread_of(processes))
    found = explained(several, ok("B", k(), 9.0))
    memory = term(found, "A", "memory")
    assert memory.low is not None
    assert memory.high is not None
    assert memory.low < 1000 < memory.high
    assert memory.basis == "processes"
    assert (term(found, "B", "memory").low, term(found, "B", "memory").basis) == (None, None)


def test_measured_again_as_it_was() -> None:
    """The command asks for the very candidate, as often as it ran, and the sweep verb understands it."""
    configuration = k(8, "bf16", "inductor", threads=4, cache_state="flushed", pinning="close")
    made = explanation(explained(ok("A", configuration, 1.0, n=3)), "A")
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    words = shlex.split(made.measure_again or "")
    assert words[:2] == ["fitment", "sweep"]
    args = parser.parse_args(words[2:])
    assert (args.models, args.devices, args.batches, args.threads) == (["net"], ["cpu"], [8], [4])
    assert (args.precisions, args.compile_modes, args.again) == (["bf16"], ["inductor"], True)
    assert (args.cache_states, args.pinnings, args.invocations) == (["flushed"], ["close"], 3)
    assert made.where == "on the machine that measured it"


def test_imports_are_measured_on_such_a_device() -> None:
    """A published figure says so, and where it stands; what no sweep can measure says why."""
    found = explained(stated("A", k(8, "amp_fp16"), 1.0), can={"model": ["net"], "precision": ["amp_fp16"]})
    made = explanation(found, "A")
    assert made.where == "published elsewhere (published.csv:7): measure it on such a device"
    assert (made.measure_again or "").startswith("fitment sweep --models net")
    for can, lacking in (
        ({"precision": ["fp32"]}, "no sweep here knows precision amp_fp16"),
        ({"model": ["other"]}, "net is not in the zoo; module:package.mod:factory brings it in"),
    ):
        made = explanation(explained(stated("A", k(8, "amp_fp16"), 1.0), can=can), "A")
        assert made.measure_again is None
        assert made.where.endswith(f"on such a device, but {lacking}")


def test_several_devices_at_once_have_no_command() -> None:
    """No sweep measures on two devices at once."""
    made = explanation(explained(ok("A", k(8, n_devices=2), 1.0)), "A")
    assert made.measure_again is None
    assert made.where.endswith("no sweep runs on 2 devices at once")
