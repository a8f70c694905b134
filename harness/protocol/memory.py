"""Step 5, the memory pass: one more step, untimed, while each notion of peak memory is watched."""

from __future__ import annotations

import os
from typing import Any

from ..meters import allocator, memory
from ..meters.nvml import Gpu
from .bench import Bench


def memory_pass(bench: Bench, idle_bytes: int | None) -> Any:
    """What a step returned while each notion of peak memory was watched.

    ``idle_bytes``: what NVML saw in use before the model was loaded.
    """
    bench.draft.enter("memory")
    was_reset = memory.reset()
    if bench.on_gpu:
        allocator.reset(bench.device)
    output = bench.subject.step()
    bench.subject.synchronise()
    rss = memory.peak_rss(was_reset=was_reset)
    bench.draft.note(peak_rss_bytes=rss.bytes, rss_source=rss.source)
    if bench.on_gpu:
        peaks = allocator.peaks(bench.device)
        bench.draft.note(**peaks)
        bench.draft.note(peak_memory_bytes=peaks["peak_allocated_bytes"], memory_scope="allocator")
    else:
        bench.draft.note(peak_memory_bytes=rss.bytes, memory_scope="rss")
    if bench.gpu:
        _note_nvml_memory(bench, bench.gpu, idle_bytes)
    return output


def _note_nvml_memory(bench: Bench, gpu: Gpu, idle_bytes: int | None) -> None:
    used = gpu.used_bytes()
    grown = None if used is None or idle_bytes is None else used - idle_bytes
    bench.draft.note(
        nvml_used_bytes=grown if grown is not None and grown > 0 else None,  # less: others have left
        nvml_process_bytes=gpu.process_bytes(os.getpid()),
    )
