"""Step 6, the energy pass: joules per unit of work, where the device counts them."""

from __future__ import annotations

from ..meters.energy import counter_for, measure_energy
from .bench import Bench


def energy_pass(bench: Bench, step_s: float) -> None:
    """Notes energy per unit of work, where the profile wants it and the device counts it.

    A GPU's figure is its own, without the processor's; a processor's is its packages', without the DRAM.
    Where the cache is flushed there is none: the flushes would be in it.
    """
    counter = counter_for(bench.gpu, bench.cell.device_kind) if bench.profile.energy else None
    if counter is None or bench.watch.flush is not None:
        return
    bench.draft.enter("energy")
    batch = bench.cell.configuration.batch
    energy = measure_energy(bench.watch, counter, step_s, batch, bench.gpu)
    bench.draft.note(**energy.fields)
    for flag in energy.flags:
        bench.draft.flag(flag)
