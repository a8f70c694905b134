"""Whether a device's memory is as it was before a cell: step 8 of the protocol, seen from the parent."""

from __future__ import annotations

import os
from collections.abc import Callable

from ..meters.nvml import Gpu

BACK_WITHIN_S = 5.0
LOOK_S = 0.1
TOLERANCE_BYTES = 64 * 2**20  # what a driver keeps to itself, or a desktop draws, from one look to the next
DESKTOP_SHARE = 0.1  # of a GPU's memory

Pause = Callable[[float], bool]  # seconds → whether they passed without a signal


def others_bytes(gpu: Gpu | None) -> int:
    """Memory that computing processes of others hold, as far as the driver tells whose it is.

    To be asked when nothing of ours runs, as everything below. Where it doesn't tell (in a container), all
    that is in use counts, if it is more than a desktop needs.
    """
    listed = sum(gpu.process_bytes(pid) or 0 for pid in gpu.foreign_pids(os.getpid()) or ()) if gpu else 0
    used, total = (gpu.used_bytes() or 0, gpu.total_bytes() or 0) if gpu else (0, 0)
    return listed or (used if used > DESKTOP_SHARE * total else 0)


def unowned_bytes(gpu: Gpu | None) -> int | None:
    """Memory in use that no process of others accounts for; None where it can't be known."""
    used = gpu.used_bytes() if gpu else None
    if gpu is None or used is None:
        return None
    return used - sum(gpu.process_bytes(pid) or 0 for pid in gpu.foreign_pids(os.getpid()) or ())


def residue_bytes(gpu: Gpu | None, baseline: int | None) -> int:
    """What is in use beyond the baseline; 0 where it is back, or can't be known."""
    unowned = unowned_bytes(gpu)
    more = 0 if unowned is None or baseline is None else unowned - baseline
    return more if more > TOLERANCE_BYTES else 0


def settled_residue_bytes(gpu: Gpu | None, baseline: int | None, pause: Pause) -> int:
    """As residue_bytes, once the device has had up to BACK_WITHIN_S seconds to come back."""
    residue = residue_bytes(gpu, baseline)
    for _ in range(round(BACK_WITHIN_S / LOOK_S)):
        if not residue or not pause(LOOK_S):
            break
        residue = residue_bytes(gpu, baseline)
    return residue
