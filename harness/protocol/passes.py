"""The passes of an invocation, one function each: it enters its stage, measures, and notes what it found."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any

import torch

from ...registry.records import Cell
from ..meters import allocator, contention, device_time, memory
from ..meters.energy import counter_for, measure_energy
from ..meters.latency import latency_fields, measure_latency
from ..meters.nvml import Gpu
from ..meters.stopwatch import Stopwatch
from ..meters.throughput import measure_throughput, throughput_fields
from ..profiles import Profile
from . import stopping
from .draft import Draft
from .subject import Subject
from .warm_up import warm_up

NOISY = 0.05  # relative half-width of the median's interval, beyond which a result is flagged


@dataclass(frozen=True, slots=True)
class Bench:
    """What every pass works on. ``gpu`` is None on a CPU, and where NVML doesn't know the device."""

    cell: Cell
    device: str
    profile: Profile
    draft: Draft
    subject: Subject
    watch: Stopwatch
    gpu: Gpu | None

    @property
    def on_gpu(self) -> bool:
        """Whether the device is torch's CUDA."""
        return self.cell.device_kind == "cuda"


def first_call(bench: Bench) -> tuple[Any, float]:
    """What the first step returned, and its seconds: compilation, if any, included."""
    bench.draft.enter("first_call")
    torch.manual_seed(bench.cell.seed)  # dropout in a training step
    started = time.perf_counter()
    output = bench.subject.step()
    bench.subject.synchronise()
    seconds = time.perf_counter() - started
    bench.draft.note(first_call_s=seconds)
    return output, seconds


def warm_up_pass(bench: Bench) -> float:
    """The seconds that a step takes once warm, roughly."""
    bench.draft.enter("warm_up")
    gpu = bench.gpu
    warm = warm_up(
        bench.watch.seconds_per_step,
        cap_s=bench.profile.warm_up_cap_s,
        steps_per_reading=bench.watch.steps_per_sample,
        clock_hz=gpu.sm_clock_hz if gpu else lambda: None,
    )
    bench.draft.note(warmup_steps=warm.steps, steady=warm.steady)
    if not warm.steady:
        bench.draft.flag("short_warm_up" if warm.steady is None else "not_steady")
    return warm.step_s


def timed_passes(bench: Bench, first_call_s: float, warm_s: float) -> float:
    """The median seconds per step, after the latency and the throughput pass."""
    before = contention.read()
    median_s = _latency_pass(bench, warm_s)
    if bench.cell.configuration.compile_mode != "eager":
        bench.draft.note(compile_s=max(0.0, first_call_s - median_s))
    _throughput_pass(bench, median_s)
    spent = contention.read().since(before)
    bench.draft.note(**spent.fields())
    for flag in spent.flags(os.cpu_count() or 1):
        bench.draft.flag(flag)
    if bench.gpu:
        note_gpu_state(bench, bench.gpu)
    return median_s


def _latency_pass(bench: Bench, warm_s: float) -> float:
    bench.draft.enter("latency")
    together = bench.watch.steps_per_sample(warm_s)
    latencies = measure_latency(bench.watch, bench.profile, together)
    bench.draft.samples = latencies.seconds
    bench.draft.note(**latency_fields(latencies, bench.profile))
    middle = stopping.median(latencies.seconds)
    if NOISY < middle.relative_half_width < float("inf"):
        bench.draft.flag("noisy")
    if bench.on_gpu:
        device_s = device_time.median_device_s(bench.subject.step, bench.device, middle.value)
        bench.draft.note(device_latency_s=device_s, launch_gap_s=middle.value - device_s)
    return middle.value


def _throughput_pass(bench: Bench, step_s: float) -> None:
    bench.draft.enter("throughput")
    blocks = measure_throughput(bench.watch, bench.profile, step_s)
    bench.draft.note(**throughput_fields(blocks, bench.cell.configuration.batch))


def note_gpu_state(bench: Bench, gpu: Gpu) -> None:
    """Clock, temperature and what holds the clock down, while the device is still warm from the passes."""
    reasons = gpu.throttle_reasons()
    bench.draft.note(
        sm_clock_hz=gpu.sm_clock_hz(), temperature_c=gpu.temperature_c(), throttle_reasons=reasons
    )
    if reasons:
        bench.draft.flag("throttled")
    if gpu.foreign_pids(os.getpid()):
        bench.draft.flag("contended")
    if gpu.lost:
        bench.draft.flag("gpu_lost")


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


def energy_pass(bench: Bench, step_s: float) -> None:
    """Notes energy per unit of work, where the profile wants it and the device counts it."""
    counter = counter_for(bench.gpu, bench.cell.device_kind) if bench.profile.energy else None
    if counter is None:
        return
    bench.draft.enter("energy")
    batch = bench.cell.configuration.batch
    bench.draft.note(**measure_energy(bench.watch, counter, step_s, batch))
