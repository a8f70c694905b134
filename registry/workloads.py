"""The types of a mix of models: what it consists of, and which hardware suits it.

Frozen, flat, standard library only; None means "not known", as in answers.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from .answers import NOISE, Group, Noises, Question, Recommendation, Rejected, Weights
from .records import Configuration

NOTHING = Question("")  # of no model


@dataclass(frozen=True, slots=True)
class Work:
    """One part of a mix, as its file asks for it. None = free."""

    model: str
    share: float  # of the whole, as written: only ratios count
    task: str | None = None
    batch: int | None = None
    precision: str | None = None
    compile_mode: str | None = None
    memory_format: str | None = None
    input_shape: str | None = None
    model_version: str | None = None
    # limits of this part, in SI units; they stand in for those of the question
    max_latency_s: float | None = None
    max_memory_bytes: float | None = None
    min_throughput: float | None = None  # in the group's unit


@dataclass(frozen=True, slots=True)
class Mix:
    """A mix of models, with the name of its file."""

    name: str
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class MixPart:
    """What one hardware does in one part of a mix: its configuration and scores, or why it has none."""

    configuration: Configuration | None
    throughput: float | None  # in the group's unit
    throughput_score: float | None  # components in [0, 1]; None = criterion dropped within the group
    latency_score: float | None
    memory_score: float | None
    compatibility: float | None
    env_id: str | None
    result_ids: tuple[int, ...]
    reason: str | None  # why it runs nothing of this part, or is not known to
    remedy: str | None  # the command that would measure it
    latency_s: float | None = None
    latency_statistic: str | None = None
    memory_bytes: int | None = None
    memory_scope: str | None = None
    n: int | None = None  # ok processes
    cost_per_1k_usd: float | None = None  # of 1,000 units of this part
    energy_per_unit_j: float | None = None
    throughput_low: float | None = None  # 95 % interval
    throughput_high: float | None = None
    interval_basis: str | None = None  # as of an Estimate
    usd_per_device_hour: float | None = None
    flags: tuple[str, ...] = ()
    alone: Recommendation | None = None  # what the part alone answers, explained; None where not asked for


@dataclass(frozen=True, slots=True)
class MixRow:
    """One hardware over a mix. Scores are those of the geometric means; None where none can be given."""

    rank: int
    hardware: str
    runnable: int  # parts that run
    throughput_score: float | None  # geometric means over the parts that all run, weighted by share
    latency_score: float | None
    memory_score: float | None
    compatibility: float | None
    worst: int | None  # the place of the part with the lowest compatibility
    parts: tuple[MixPart, ...]  # in the order of the mix
    # as of a Recommendation, over draws of all parts at once; None where there is no rival
    p_best: float | None = None
    expected_rank: float | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    lead_low: float | None = None  # over the others that run as many parts
    lead_high: float | None = None
    # of the parts that all run, added up by share; None where one of them has none, or their units differ
    cost_per_1k_usd: float | None = None
    cost_score: float | None = None  # what the cheapest of each part would cost, over that
    energy_per_unit_j: float | None = None
    energy_score: float | None = None
    confidence: float | None = None  # geometric mean of c(n) over the same parts
    suitability: float | None = None  # compatibility · confidence
    # of the whole mix, 1 / Σ share/throughput over all parts; None where one does not run, or units differ
    throughput: float | None = None  # of one set of devices
    throughput_low: float | None = None  # of the parts' low ends
    throughput_high: float | None = None
    interval_basis: str | None = None  # "samples" where one part's is
    # to reach the question's target rate; low and high from the ends above
    devices: int | None = None
    devices_low: int | None = None
    devices_high: int | None = None
    usd_per_device_hour: float | None = None


@dataclass(frozen=True, slots=True)
class WorkloadAnswer:
    """Which hardware suits a mix, ready to be formatted; nothing is computed after it."""

    mix: Mix
    groups: tuple[Group, ...]  # of each part
    shares: tuple[float, ...]  # of each part, summing to 1
    everywhere: tuple[bool, ...]  # whether all hardware that runs any part runs this one
    profile: str
    weights: Weights  # as used: after criteria were dropped
    rows: tuple[MixRow, ...]
    rejected: tuple[Rejected, ...]  # hardware that runs no part
    notes: tuple[str, ...]  # one line each
    certainty: str | None = None  # as of an Answer
    tie_group: tuple[str, ...] = ()
    noise: Noises = NOISE
    closest_miss: str | None = None  # where no hardware meets the limits in every part, in words
    question: Question = NOTHING  # what was asked of all parts: flags, limits, prices and top_k count
    part_notes: tuple[tuple[str, ...], ...] = ()  # what each part's own answer says beside its numbers
