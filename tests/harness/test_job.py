"""fitment.harness.job: a job survives the way to its child."""

from __future__ import annotations

import json

from fitment.harness.job import Job, job_from_request, job_to_request
from fitment.registry.records import Cell, Configuration


def test_job_round_trips_through_json() -> None:
    """Every field arrives as it was, the cell's key included."""
    cell = Cell(
        "mein modell ü",
        "module",
        "v1",
        "forward",
        "cpu",
        "x, 2 cores",
        "3x4",
        Configuration(2, "bf16", "eager"),
    )
    job = Job(cell, "cpu", "e" * 16, None, 3, "strict", 12.5, ("/a b", "/c"), "MIG-1", "1g.5gb")
    again = job_from_request(json.loads(json.dumps(job_to_request(job))))
    assert again == job
    assert again.cell.key == cell.key
