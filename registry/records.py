"""The types of what is measured: frozen, flat, standard library only. What is advised is in answers.py.

Units are SI base units (seconds, bytes, joules, hertz); None means "not measured", never zero.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from typing import Any

PROTOCOL_VERSION = 2

OK = "ok"
# Outcomes that decide a configuration: it was tried here and does not run (scoring.md §1).
DECIDED_FAILURES = frozenset(
    {
        "oom_device",
        "oom_host",
        "skipped_bound",
        "timeout",
        "unsupported_device",
        "unsupported_precision",
        "unsupported_op",
        "unsupported_compile",
        "compile_error",
        "recompile_storm",
        "numerics_nan",
        "numerics_mismatch",
        "crashed",
    }
)
# Outcomes that say nothing about whether the configuration runs on the hardware.
UNDECIDED_FAILURES = frozenset(
    {
        "model_error",
        "missing_dependency",
        "device_fault",
        "device_busy",
        "device_dirty",
        "harness_error",
        "cancelled",
    }
)
STATUSES = frozenset({OK}) | DECIDED_FAILURES | UNDECIDED_FAILURES


def content_hash(value: Any) -> str:
    """The first 16 hex digits of the sha256 of ``value`` as canonical JSON (sorted keys, no spaces)."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _flat(record: Any) -> dict[str, Any]:
    """The fields by name as they are: to copy them, as ``asdict`` does, takes five times as long."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


@dataclass(frozen=True, slots=True)
class Configuration:
    """How a model runs on a device: the k of a candidate (h, k). All fields as requested."""

    batch: int
    precision: str
    compile_mode: str
    memory_format: str = "contiguous"
    n_devices: int = 1
    threads: int = 0  # 0 = the device's own default
    cache_state: str = "warm"  # "warm" | "flushed": the last-level cache is cleared before each step
    pinning: str = "none"  # "none" | "close" | "spread": threads bound to cores, OpenMP's words


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing to measure; its content hash is its identity (measurement.md §1)."""

    model: str
    model_source: str  # a file in harness/models/, or "published" for imports
    model_version: str  # declared by the user; "" = none
    scenario: str  # "forward" | "train_step"
    device_kind: str  # "cpu" | "cuda"
    hardware: str  # device class: marketing name with its size, never an index
    input_shape: str  # per sample: "3x224x224", "128"; "example" = what a module's factory returns
    configuration: Configuration
    seed: int = 0
    protocol: int = PROTOCOL_VERSION

    @property
    def key(self) -> str:
        """16 hex digits; equal for equal cells on every machine."""
        return content_hash({**_flat(self), "configuration": _flat(self.configuration)})


@dataclass(frozen=True, slots=True)
class Environment:
    """The stable facts of a machine and one of its devices; None where a fact can't be read.

    ``id`` is the unit of resume and of repeats. ``stack`` is the same without host and device UUID:
    results of different stacks are never pooled.
    """

    device_kind: str
    hardware: str
    host: str | None = None
    os: str | None = None
    cpu: str | None = None
    physical_cores: int | None = None
    logical_cores: int | None = None
    memory_gib: int | None = None
    governor: str | None = None
    device_uuid: str | None = None
    device_memory_bytes: int | None = None
    driver: str | None = None
    cuda: str | None = None
    power_limit_w: float | None = None
    mig_profile: str | None = None
    ecc: bool | None = None
    python: str | None = None
    torch: str | None = None
    libraries: str | None = None  # "name==version" joined by single spaces, sorted
    thread_settings: str | None = None  # "torch=2 OMP_NUM_THREADS= …"

    @property
    def id(self) -> str:
        """16 hex digits over all fields."""
        return content_hash(_flat(self))

    @property
    def stack(self) -> str:
        """16 hex digits over the fields that say nothing of which copy of a machine this is."""
        shared = {k: v for k, v in _flat(self).items() if k not in ("host", "device_uuid")}
        return content_hash(shared)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What a device can reach in one precision: the two sides of its roofline, as measured.

    An operation is a multiplication or an addition: FLOP/s in floating point, OP/s in int8. Spreads are
    the distance between the quartiles of the blocks, as a share of their median.
    """

    precision: str
    operations_per_s: float | None = None  # of the best of several matrix products
    operations_spread: float | None = None
    product_size: int | None = None  # that product's matrices are square, of this many rows
    bytes_per_s: float | None = None  # of a triad, a = b + s · c: two reads and a write
    bytes_spread: float | None = None
    buffer_bytes: int | None = None  # each of a, b and c
    detail: str | None = None  # why a figure is missing


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the harness itself costs in one environment, and what the device can reach.

    Measured with every sweep and by ``fitment devices --measure``, which alone fills ``noise`` and
    ``ceilings``.
    """

    env_id: str
    recorded_at: str  # UTC, ISO 8601
    timer_resolution_s: float  # least step of the clock
    timer_overhead_s: float  # of reading it twice around an idle device
    null_step_s: float  # a model that does nothing, timed as any other
    sampler_cpu_share: float | None = None  # CPU seconds per second of sampling
    noise: float | None = None  # sd of ln of the medians of fresh processes on one workload
    noise_processes: int | None = None
    ceilings: tuple[Ceiling, ...] = ()


@dataclass(frozen=True, slots=True)
class Measurement:
    """One invocation (one process) of a cell, failures included; or one imported row.

    Append-only. Field names are the columns of ``performance_results`` (storage/schema.sql).
    """

    cell: Cell
    env_id: str
    status: str  # one of STATUSES
    recorded_at: str  # UTC, ISO 8601
    provenance: str = "measured"  # "measured" | "imported" | "simulated"
    sweep_id: str | None = None
    invocation: int = 0
    # where a published row stands, and its identity across files that hold it
    source: str | None = None
    source_line: int | None = None
    row_key: str | None = None
    assumed: str = ""  # configuration fields that the source does not state, comma-joined
    flags: str = ""  # not_steady, noisy, throttled, contended, quarantined …, comma-joined
    # failure
    stage: str | None = None  # load, first_call, warm_up, latency, throughput, memory, numerics
    detail: str | None = None  # one line
    exit_code: int | None = None
    signal: int | None = None
    stderr_tail: str | None = None  # at most 4 kB
    # before the load
    free_memory_bytes: int | None = None  # of the device, to anybody
    load_average: float | None = None  # of the machine, over one minute
    # load and compile
    import_s: float | None = None
    load_s: float | None = None
    first_call_s: float | None = None
    compile_s: float | None = None
    graph_breaks: int | None = None
    recompiles: int | None = None
    # warm-up
    warmup_steps: int | None = None
    steady: bool | None = None
    # latency: what a caller waits for one step of the whole batch
    stop_reason: str | None = None
    n_samples: int | None = None
    n_effective: float | None = None
    latency_mean_s: float | None = None
    latency_p50_s: float | None = None
    latency_p50_low_s: float | None = None
    latency_p50_high_s: float | None = None
    latency_p90_s: float | None = None
    latency_p90_upper_s: float | None = None
    latency_p95_s: float | None = None
    latency_p95_upper_s: float | None = None
    latency_p99_s: float | None = None
    latency_p99_upper_s: float | None = None
    steps_per_sample: int | None = None  # > 1 where short steps are timed in blocks
    device_latency_s: float | None = None
    launch_gap_s: float | None = None
    # throughput
    throughput: float | None = None
    throughput_low: float | None = None  # interval from the blocks of this one process
    throughput_high: float | None = None
    throughput_unit: str = "samples/s"
    throughput_stop_reason: str | None = None
    n_blocks: int | None = None
    # memory, each notion in its own column; peak_memory_bytes repeats the one scores use
    peak_memory_bytes: int | None = None
    memory_scope: str | None = None  # "rss" | "allocator" | "nvml_device" | "nvml_process"
    peak_rss_bytes: int | None = None
    rss_source: str | None = None  # "vmhwm" | "ru_maxrss"
    idle_rss_bytes: int | None = None  # resident before the model was loaded: torch itself
    peak_allocated_bytes: int | None = None
    peak_reserved_bytes: int | None = None
    nvml_used_bytes: int | None = None
    nvml_process_bytes: int | None = None
    # energy
    energy_per_unit_j: float | None = None
    mean_power_w: float | None = None
    idle_power_w: float | None = None
    energy_source: str | None = None
    integrated_power_w: float | None = None  # mean of sampled power, against mean_power_w
    sampler_cpu_s: float | None = None  # what sampling it cost
    # numerics against fp32 eager of the same weights and inputs
    max_abs_error: float | None = None
    relative_l2: float | None = None
    top1_agreement: float | None = None
    # contention, clocks, throttling during the timed passes
    steal_s: float | None = None
    involuntary_switches: int | None = None
    throttled_periods: int | None = None
    cpu_pressure_s: float | None = None  # tasks waited for a processor (PSI, "some")
    suspended_s: float | None = None  # the machine slept
    wall_clock_step_s: float | None = None  # the wall clock was set, forward if > 0
    sm_clock_hz: float | None = None
    memory_clock_hz: float | None = None
    temperature_c: float | None = None
    utilisation: float | None = None  # share of time that the GPU was busy, as NVML sees it
    throttle_reasons: str | None = None
    foreign_processes: int | None = None  # that use the same GPU
    ecc_errors: int | None = None  # uncorrected ones, during the cell
    # the model as found
    parameters: int | None = None
    macs_per_sample: float | None = None
    weights_hash: str | None = None


def as_row(measurement: Measurement) -> dict[str, Any]:
    """The measurement as one flat row: cell and configuration fields become columns, plus ``cell_key``."""
    row: dict[str, Any] = {"cell_key": measurement.cell.key}
    for field in fields(Cell):
        if field.name != "configuration":
            row[field.name] = getattr(measurement.cell, field.name)
    row.update(_flat(measurement.cell.configuration))
    for field in fields(Measurement):
        if field.name != "cell":
            row[field.name] = getattr(measurement, field.name)
    return row
