"""A candidate as a snapshot keeps it: everything that an estimate says, in plain JSON.

It has to be read again by later releases, so the names here never change their meaning: a field that a
later Estimate adds is absent in older snapshots and stands for "not known".
"""

from __future__ import annotations

import json
import socket
from collections.abc import Collection
from dataclasses import asdict, fields
from typing import Any

from ..answers import Estimate, Evidence, Group, Process
from ..fit.stacks import HERE
from ..records import Configuration

IMPORTED = "imported"
ELSEWHERE = "measured elsewhere"
_NESTED = ("group", "hardware", "configuration", "evidence", "processes")
_LEFT_OUT = ("spread", "candidate_id")  # what the processes say, and a number of the store as it is now
_PLAIN = tuple(field.name for field in fields(Estimate) if field.name not in (*_NESTED, *_LEFT_OUT))


def candidate(e: Estimate, all_ids: Collection[int]) -> dict[str, Any]:
    """The estimate without its group and hardware, which the snapshot's row states.

    ``result_ids`` are those that its figures stand on, ``other_ids`` those of ``all_ids`` that are none.
    """
    known = {name: getattr(e, name) for name in _PLAIN}
    own = e.evidence.result_ids
    return (
        asdict(e.configuration)
        | known
        | {
            "processes": [asdict(process) for process in e.processes],
            "tier": e.evidence.tier,
            "source": e.evidence.source,
            "result_ids": list(own),
            "other_ids": sorted(set(all_ids) - set(own)),
        }
    )


def estimates_of(group: Group, hardware: str, text: str) -> list[Estimate]:
    """The estimates in a snapshot's ``candidates``, JSON text, as they were when it was made."""
    return [_estimate(group, hardware, entry) for entry in json.loads(text)]


def ids_of(text: str) -> set[int]:
    """All results in a snapshot's ``candidates``."""
    return {i for entry in json.loads(text) for name in ("result_ids", "other_ids") for i in entry[name]}


def _estimate(group: Group, hardware: str, entry: dict[str, Any]) -> Estimate:
    tier = entry["tier"]
    if tier != IMPORTED:  # the reader may be another machine than the one that made the snapshot
        tier = HERE if entry["host"] == socket.gethostname() else ELSEWHERE
    return Estimate(
        **{name: entry[name] for name in _PLAIN if name in entry},
        group=group,
        hardware=hardware,
        configuration=Configuration(*(entry[field.name] for field in fields(Configuration))),
        processes=tuple(Process(**process) for process in entry["processes"]),
        evidence=Evidence(tier, entry["source"], tuple(entry["result_ids"])),
    )
