from __future__ import annotations

import json
import socket
from dataclasses import replace

from fitment.registry.answers import Evidence, Process
from fitment.registry.changes.snapshot_candidates import candidate, estimates_of, ids_of

from tests.registry.fit.estimates import GROUP, failed, k, ok

RAN = replace(
    ok("A", k(8, "bf16"), 0.1 + 0.2, n=2, n_tried=3, host=socket.gethostname()),
    evidence=Evidence("measured here", "host, torch 2.13.0", (7, 9)),
    processes=(Process(1 / 3, None, 0.25, 0.26, 10**9), Process(2.5, None, None, 0.26, None)),
)


def test_an_estimate_comes_back_as_it_was() -> None:
    """Every field to the bit, through JSON text, for what ran and what failed."""
    both = [RAN, failed("A", k(64), "oom_host")]
    text = json.dumps([candidate(e, e.evidence.result_ids) for e in both])
    back = estimates_of(GROUP, "A", text)
    assert back == [both[0], both[1]]


def test_here_is_where_it_is_read() -> None:
    """What one machine measured here is measured elsewhere to another; imports stay imports."""
    entry = candidate(RAN, ()) | {"host": "another"}
    published = candidate(replace(RAN, evidence=Evidence("imported", "f.csv:1", (1,))), ())
    tiers = [e.evidence.tier for e in estimates_of(GROUP, "A", json.dumps([entry, published]))]
    assert tiers == ["measured elsewhere", "imported"]


def test_a_field_that_an_older_snapshot_lacks_is_not_known() -> None:
    """What a later release adds to an estimate stands at its default."""
    entry = candidate(RAN, ())
    del entry["interval_basis"], entry["software"]
    (back,) = estimates_of(GROUP, "A", json.dumps([entry]))
    assert (back.interval_basis, back.software) == (None, "")


def test_ids_are_those_of_all_results() -> None:
    """Those that a figure stands on and those beside it."""
    entry = candidate(RAN, (7, 9, 8))
    assert entry["other_ids"] == [8]
    assert ids_of(json.dumps([entry])) == {7, 8, 9}
