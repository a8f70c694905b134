"""The newest sweep against a stored snapshot: every process of both is in the results' store."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

from ...registry.results.cell_runs import (
    MeasuredCell,
    RunsOf,
    machine_of,
    newest_sweep_runs,
    sessions,
    snapshot_runs,
    software_of,
)
from ...registry.storage.store import Store
from .errors import NothingMeasuredError
from .options import Options
from .report import GateReport, Side
from .session_spread import session_spreads
from .sweep_cells import Facts, cell_name, check_machine, judged, paired, times


def gate_sweep(store: Store, asked: str, options: Options) -> GateReport:
    """What changed since the snapshot ``asked``, its number or MODEL@VERSION.

    Times are seconds per unit, such as an image; they regress only where 30 sweeps say how sweeps differ.
    Memory is what a device's allocator counted. Raises UnknownNameError and NoResultsError for what is not
    stored, NothingMeasuredError and BaselineError where nothing can be compared, StoreBusyError.
    """
    started = time.monotonic()
    with store.reading() as con:
        base = snapshot_runs(con, asked)
        head = newest_sweep_runs(con, base.model, {run.result_id for run in base.runs})
        env_ids = {run.env_id for run in (*base.runs, *head.runs)}
        machines, software = machine_of(con, env_ids), software_of(con, env_ids)
        earlier = sessions(con, base.model, {run.env_id for run in head.runs})
    cells = paired(base, head)
    if not any(cell.base and cell.head for cell in cells):
        raise NothingMeasuredError(
            f"{base.name} and {head.name} have no cell in common: sweep the same axes again"
        )
    check_machine(cells, machines, base.name)
    spreads = session_spreads(_named(earlier, base.model))
    machine = machines[head.runs[0].env_id]
    return GateReport(
        id=secrets.token_hex(4),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        base=Side(base.name, recorded=True),
        head=Side(head.name),
        machine_class=_machine_class(machine),
        counter_class=_machine_class(machine),
        fingerprint=machine,
        judgements=tuple(each for cell in cells for each in judged(cell, machines, spreads, options)),
        suite=None,
        processes={cell.name: tuple(found) for cell in cells if (found := times(cell.head))},
        counters={},
        seed=options.seed,
        seconds=time.monotonic() - started,
        notes=tuple(_notes(base, head, software)),
        accept_by=f"fitment create-snapshot {base.model} VERSION",
    )


def _named(
    found: Sequence[Mapping[tuple[str, MeasuredCell], float]], model: str
) -> list[dict[tuple[str, str], float]]:
    return [{(code, cell_name(model, cell)): value for (code, cell), value in each.items()} for each in found]


def _machine_class(machine: Mapping[str, str]) -> str:
    digest = sha256(json.dumps(sorted(machine.items())).encode()).hexdigest()[:8]
    return f"{digest} {machine.get('hardware', '')}".strip()


def _notes(base: RunsOf, head: RunsOf, software: Facts) -> list[str]:
    """What runs on the machine now, where it is something else than before."""
    before, after = software[base.runs[-1].env_id], software[head.runs[-1].env_id]
    changed = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return [f"{name}: {before.get(name, 'none')} before, {after.get(name, 'none')} now" for name in changed]
