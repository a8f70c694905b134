"""Step 6, the energy pass: joules per unit of work, where the device counts them."""

from __future__ import annotations

from ..meters.energy import counter_for, measure_energy
from .bench import Bench


def energy_pass(bench: Bench, step_s: float) -> None:
    """Notes energy per unit of work, where the profile wants it and the device counts it."""
    counter = counter_for(bench.gpu, bench.cell.device_kind) if bench.profile.energy else None
    if counter is None:
        return
    bench.draft.enter("energy")
    batch = bench.cell.configuration.batch
    bench.draft.note(**measure_energy(bench.watch, counter, step_s, batch))
