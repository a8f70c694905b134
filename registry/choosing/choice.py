"""The types of an answer of ``fitment model recommend``: frozen, flat, None is "not known"."""

from __future__ import annotations

from dataclasses import dataclass

from .wanted import Wanted

CRITERIA = ("quality", "popularity", "rating", "licence", "fit", "speed")


@dataclass(frozen=True, slots=True)
class Weighting:
    """What each criterion counts, under a name; the weights sum to 1."""

    name: str
    weights: tuple[tuple[str, float], ...]  # in the order of CRITERIA
    resolution: float  # scores that are nearer share a rank


@dataclass(frozen=True, slots=True)
class Terms:
    """What licences say of what is asked of one model."""

    verdict: str  # "compatible" | "conditional" | "incompatible" | "unknown", the worst of those asked
    conditions: tuple[str, ...]  # what must hold or be done
    reasons: tuple[str, ...]  # "commercial_use: …", the worst first
    data_version: str


@dataclass(frozen=True, slots=True)
class Speed:
    """What one model reached on the asked hardware, or could at most."""

    tier: str  # "measured here" | "measured elsewhere" | "imported" | "estimated from size"
    value: float  # in ``unit``
    low: float | None  # 95 % interval of what was measured
    high: float | None
    unit: str
    configuration: str  # "batch 32 · bf16 · eager"; of an estimate: how it was made
    hardware: str
    memory_bytes: int | None  # measured
    p_best: float | None  # that this hardware is the best for the model; None without another
    result_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a model's weights have room on the asked hardware."""

    tier: str  # "measured" | "estimated from parameters" | "estimated from size"
    needed_bytes: int | None
    estimated_bytes: int | None  # the same without what was measured
    available_bytes: int | None
    fits: bool | None  # None: not known
    how: str


@dataclass(frozen=True, slots=True)
class Component:
    """One criterion's part in a score, which is the sum of weight · component."""

    criterion: str
    text: str  # the figure that it was made of, for people
    tier: str  # "declared" | "derived" | as a Speed's | "not known"
    component: float | None  # in [0, 1], 1 = best; None: not known, and then what ``used`` says counts
    used: float | None  # what counted; None: the criterion was dropped for all
    half_width: float  # of its 95 % interval; 0 where none is known
    weight: float  # as used


@dataclass(frozen=True, slots=True)
class Choice:
    """One model that meets every requirement."""

    rank: int
    model_id: str
    version: str
    name: str | None
    organisation: str | None
    licence: str | None
    size_bytes: int | None
    parameters: int | None
    score: float
    coverage: float  # the share of the weights whose figure is known of this model
    components: tuple[Component, ...]
    matched: str | None  # by what it has the asked task: 'tag "chat"'
    terms: Terms | None  # None: nothing about licences was asked
    fit: Fit | None
    speed: Speed | None
    metrics: tuple[tuple[str, float], ...]  # the asked ones, as declared


@dataclass(frozen=True, slots=True)
class Unmet:
    """A requirement that a model does not meet."""

    requirement: str  # "commercial use", "mmlu >= 0.4"
    known: bool  # False: what it asks is not known of the model, which is never taken for met
    reason: str


@dataclass(frozen=True, slots=True)
class Excluded:
    """A model that is no answer, with everything that stands against it."""

    model_id: str
    version: str
    unmet: tuple[Unmet, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """One requirement with how many models it excludes; a model counts under each that it misses."""

    requirement: str
    failing: int  # models that are known to miss it
    not_known: int
    first: int  # models of which it is the first that they miss


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """The whole answer, ready to be formatted."""

    wanted: Wanted
    weighting: Weighting  # as used: after criteria were dropped
    models: int  # that are recorded
    meeting: int  # that meet every requirement
    rows: tuple[Choice, ...]
    tied: tuple[str, ...]  # where several models share rank 1: all of them
    excluded: tuple[Excluded, ...]  # at most MOST_EXCLUDED, by id
    grounds: tuple[Grounds, ...]  # of every requirement that was asked
    nearest: tuple[Excluded, ...]  # those that miss the fewest requirements
    notes: tuple[str, ...]


MOST_EXCLUDED = 1_000
