"""The types of what is known and advised: from an estimate to the answer of a question.

Frozen, flat, standard library only; units as in records.py, None means "not known", never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .records import Configuration

PROCESSES, SAMPLES = "processes", "samples"  # what an interval stands on: readings inside the one process


@dataclass(frozen=True, slots=True)
class Group:
    """What is compared with what: only results of one group are ever normalised together."""

    model: str
    model_version: str
    scenario: str
    input_shape: str
    throughput_unit: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a number comes from."""

    tier: str  # "measured here" | "measured elsewhere" | "imported" | "inherited (2 hops)"
    source: str  # "host, torch 2.13.0" or "file.csv:12"
    result_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Process:
    """What one ok process of a candidate reached."""

    throughput: float
    latency_p95_s: float | None
    latency_p50_s: float | None
    latency_mean_s: float | None
    memory_bytes: int | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How the ok processes of a candidate vary, as ln value: of throughput, latency, memory and energy.

    The latency is that of the candidate's own statistic. None = not known.
    """

    squares: tuple[float | None, ...]  # sums of squared deviations from the mean
    correlation: tuple[float | None, float | None]  # of latency and of energy, with the throughput
    # the quantiles around the median that ``kernels/resample_medians.py`` takes, less the median
    around: tuple[tuple[float, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class Noise:
    """How much one criterion varies beyond what is compared, as standard deviations of ln value.

    Taken for granted until there are 30 cells, or 30 machines beyond the first of a cell, to estimate it
    from.
    """

    sd: float = 0.02  # between processes of one cell
    degrees: float = 4.0  # how many readings that is worth
    cells: int = 0  # with two processes or more
    between_sd: float = 0.03  # between machines of one kind
    machines: int = 0  # beyond the first of a cell, over all cells


Noises = tuple[Noise, Noise, Noise, Noise]  # of throughput, latency, memory and energy
NOISE: Noises = (Noise(), Noise(), Noise(), Noise())  # where nothing is known


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known of one candidate (h, k) of a group in one environment.

    Locations are medians over ok processes. ``status`` is ok if any process was and none gave wrong
    output (numerics_*), else the decided or undecided failure that stands for all.
    """

    group: Group
    hardware: str
    device_kind: str
    configuration: Configuration
    env_id: str
    stack: str
    torch: str | None
    status: str
    n: int  # ok processes
    n_tried: int  # ok processes and decided failures
    throughput: float | None
    latency_s: float | None  # by latency_statistic
    latency_statistic: str | None  # "p95" | "p50" | "mean"
    latency_p95_s: float | None
    latency_p50_s: float | None
    latency_mean_s: float | None
    memory_bytes: int | None
    memory_scope: str | None
    capacity_bytes: int | None
    evidence: Evidence
    detail: str | None = None
    assumed: str = ""
    flags: str = ""
    # 95 % intervals of throughput and latency_s; None where nothing is known of the spread
    throughput_low: float | None = None
    throughput_high: float | None = None
    latency_low: float | None = None
    latency_high: float | None = None
    interval_basis: str | None = None  # "processes" (n >= 2) | "samples": readings inside the one process
    spread: Spread | None = None  # None where n < 2
    # Of the results themselves, where they were read: empty where n < 2, or not asked for.
    processes: tuple[Process, ...] = ()
    candidate_id: int | None = field(default=None, compare=False)  # the store's number for it
    host: str | None = None
    software: str = ""  # what the host ran, whatever the device: driver, CUDA, torch, libraries
    energy_per_unit_j: float | None = None
    energy_source: str | None = None  # what was metered: the whole GPU, the processor's package …


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of throughput, latency, memory, cost and energy; finite, >= 0, summing to 1."""

    throughput: float
    latency: float
    memory: float
    cost: float = 0.0
    energy: float = 0.0


@dataclass(frozen=True, slots=True)
class Profile:
    """Weights under a name. With a scenario it is a task, and the scenario's results are compared."""

    name: str
    weights: Weights
    scenario: str | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What an hour of one device costs, as a price file says."""

    hardware: str  # as written there
    usd_per_device_hour: float  # rented, or what an own one comes to in an hour of work
    place: str  # "prices.csv:3"
    entry: str | None = None  # the catalogue's name of it
    owned: bool = False
    date: str | None = None  # ISO 8601; None: undated
    source: str | None = None
    stale: bool = False  # its date lies more than 30 days back


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks of ``recommend``. None = free."""

    model: str
    model_version: str | None = None
    task: str | None = None  # "inference" | "training"
    batch: int | None = None
    precision: str | None = None
    compile_mode: str | None = None
    memory_format: str | None = None
    input_shape: str | None = None
    env_id: str | None = None
    latency_sensitive: bool = False
    memory_constrained: bool = False
    top_k: int = 3
    rank_by: str = "compatibility"  # | "suitability"
    explain: bool = False  # whether the rows carry an Explanation
    available: tuple[str, ...] = ()  # hardware names: only these are compared; () = all that is known
    missing: str = "renormalise"  # | "pessimistic" | "require": what becomes of a criterion that one lacks
    # limits on what is recommended; they change no score
    max_latency_s: float | None = None
    max_memory_bytes: float | None = None
    min_throughput: float | None = None  # in the group's unit
    target_rate: float | None = None  # per second: how many devices reach it
    target_unit: str | None = None  # of what, such as "samples"; None = the group's unit
    profile: Profile | None = None  # a person's own, in place of a task
    prices: tuple[Price, ...] = ()
    cost: bool = False  # whether cost per unit counts; it needs prices
    energy: bool = False  # whether energy per unit counts


@dataclass(frozen=True, slots=True)
class Candidate:
    """One hardware in one configuration, with the results that it stands on."""

    hardware: str
    configuration: Configuration
    result_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One criterion's part in a score, which is the sum of weight · component."""

    criterion: str  # "throughput" | "latency" | "memory" | "cost" | "energy"
    kind: str | None  # the statistic of a latency, the scope of a memory
    value: float | None  # units/s, seconds, bytes, USD for 1,000 units, J a unit
    low: float | None  # 95 % interval
    high: float | None
    basis: str | None  # as an Estimate's interval_basis
    # "value / reference" | "reference / value" | "1 - value / reference" | "lowest known"; None: not counted
    rule: str | None
    reference: float | None  # in the unit of value
    set_by: Candidate | None  # who has the reference; None where it is the device's own capacity
    component: float | None
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The numbers that made a row, and how to measure them again."""

    terms: tuple[Term, ...]
    measure_again: str | None  # a command; None where none can be given
    where: str  # on which machine, or why there is no command


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One hardware with its recommended configuration and the numbers that made its rank."""

    rank: int
    hardware: str
    configuration: Configuration
    throughput: float
    latency_s: float | None
    latency_statistic: str | None
    memory_bytes: int | None
    memory_scope: str | None
    throughput_score: float | None  # components in [0, 1]; None = criterion dropped for all
    latency_score: float | None
    memory_score: float | None
    compatibility: float
    n: int
    confidence: float
    suitability: float
    coverage: float | None  # share of the decided configurations that run here; None where none is common
    evidence: Evidence
    env_id: str
    flags: tuple[str, ...] = ()
    beyond: str | None = None  # what lies outside the common configurations, in words
    # as of an Estimate
    throughput_low: float | None = None
    throughput_high: float | None = None
    latency_low: float | None = None
    latency_high: float | None = None
    interval_basis: str | None = None
    # over 1,000 draws of where every location may lie; None where there is no rival
    p_best: float | None = None  # the share of draws in which it has rank 1
    expected_rank: float | None = None
    rank_low: int | None = None  # 5 % and 95 % quantiles
    rank_high: int | None = None
    lead_low: float | None = None  # 95 % interval of its score less the best of the others'
    lead_high: float | None = None
    explanation: Explanation | None = None
    # "front": no candidate is at least as good in every criterion used and better in one | "≈ front": within
    # 1 % of such a one in each | None
    front: str | None = None
    not_run: str | None = None  # which of the decided configurations don't run here, in words
    max_ok_batch: int | None = None  # the largest that ran, where a larger one was out of memory
    # to reach the question's target rate; low and high from the interval of the throughput
    devices: int | None = None
    devices_low: int | None = None
    devices_high: int | None = None
    usd_per_device_hour: float | None = None
    cost_per_1k_usd: float | None = None  # of 1,000 units; None where there is no price
    cost_score: float | None = None  # None where cost does not count
    energy_per_unit_j: float | None = None
    energy_score: float | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Hardware that is no answer to the question, and why."""

    hardware: str
    reason: str
    remedy: str | None = None  # the command that would measure it
    shortfall: float | None = None  # by which factor its closest candidate misses a limit; > 1


@dataclass(frozen=True, slots=True)
class Descent:
    """How a model was made from another one."""

    child: str
    parent: str
    kind: str  # "quantized" | "adapter"
    source: str  # "declared" (a model's record says it) | "lineage" (the built ecosystem does)


@dataclass(frozen=True, slots=True)
class Inherited:
    """What was measured of a model that the asked one was made from: shown apart, part of no score.

    ``answer`` is the base's own: its ranks and scores are among the base's results. Its rows' evidence has
    the tier ``inherited (n hops)``; where the asked model has results, hardware of those is left out.
    """

    base: str  # the model whose results these are
    path: tuple[Descent, ...]  # from the asked model to the base, an entry for each hop
    answer: Answer
    carries: tuple[str, ...]  # what does and does not carry over, one line each
    to_measure: str  # what would have to be measured of the asked model, and where, in words
    command: str | None = None  # which measures that; None where no sweep can


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to a question, ready to be formatted; nothing is computed after it."""

    question: Question
    group: Group
    profile: str
    weights: Weights  # as used: after criteria were dropped
    rows: tuple[Recommendation, ...]
    rejected: tuple[Rejected, ...]
    decided: tuple[Configuration, ...]  # K*
    notes: tuple[str, ...]  # one line each
    certainty: str | None = None  # "clear" | "likely" | "toss-up": that rank 1 is best; None without a rival
    tie_group: tuple[str, ...] = ()  # where it is a toss-up: all hardware with P(best) >= .05, by rank
    noise: Noises = NOISE
    closest_miss: str | None = None  # where the limits leave nothing: what comes closest, in words
    nothing: str | None = None  # where nothing runs: what was tried, how it ended and the way out, in words
    inherited: tuple[Inherited, ...] = ()  # of the nearest measured bases, nearest first
