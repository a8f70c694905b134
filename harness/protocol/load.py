"""Step 1: the model is loaded, prepared and called for the first time."""

from __future__ import annotations

import sys
import time
from typing import Any

import torch

from ..job import Job
from ..models.weights import parameter_count, weights_hash
from .bench import Bench
from .draft import Draft
from .subject import Subject, load_model, make_subject


def load(job: Job, draft: Draft) -> tuple[Subject, str]:
    """The subject, and the hash of its weights before they were cast; hashing is not counted as loading."""
    draft.enter("load")
    started = time.perf_counter()
    loaded = load_model(job.cell, job.import_path, job.cell.seed)
    load_s = time.perf_counter() - started
    weights = weights_hash(loaded.module)
    draft.note(parameters=parameter_count(loaded.module), weights_hash=weights)
    started = time.perf_counter()
    subject = make_subject(loaded, job.cell, job.device)
    subject.synchronise()
    load_s += time.perf_counter() - started
    draft.note(load_s=load_s, throughput_unit=subject.throughput_unit)
    return subject, weights


def first_call(bench: Bench) -> tuple[Any, float]:
    """What the first step returned, and its seconds: compilation, if any, included."""
    bench.draft.enter("first_call")
    torch.manual_seed(bench.cell.seed)  # dropout in a training step
    started = time.perf_counter()
    output = bench.subject.step()
    bench.subject.synchronise()
    seconds = time.perf_counter() - started
    bench.draft.note(first_call_s=seconds)
    _end_compile_workers()
    if _was_compiled_before():
        bench.draft.flag("compile_cached")
    return output, seconds


def note_compilation(bench: Bench, first_call_s: float, median_s: float) -> None:
    """Notes what compiling took: the first call less a steady one."""
    if bench.cell.configuration.compile_mode != "eager":
        bench.draft.note(compile_s=max(0.0, first_call_s - median_s))


def _end_compile_workers() -> None:
    """Ends inductor's pool of compilers: idle, its processes would still be beside what is measured."""
    compiling = sys.modules.get("torch._inductor.async_compile")
    if compiling is not None:
        compiling.shutdown_compile_workers()


def _was_compiled_before() -> bool:
    """Whether inductor found code in its cache on disk: compile_s is then the time to load it."""
    dynamo = sys.modules.get("torch._dynamo.utils")
    return dynamo is not None and any(
        dynamo.counters[part][hits] > 0
        for part, hits in (("inductor", "fxgraph_cache_hit"), ("aot_autograd", "autograd_cache_hit"))
    )
