"""Two versions of a model side by side: on which hardware the second is faster, by how much, how surely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..answers import Estimate, Noises, Weights
from ..catalogue.naming import find_model
from ..fit.outcomes import runs
from ..records import Configuration
from ..results.noise import current_noise
from . import version_notes
from .paired import Paired, Sides, paired
from .ratios import Ratio, latency_ratio, memory_ratio, throughput_ratio
from .shared_reference import SharedScores, shared_scores
from .version_sides import Side, find_side

if TYPE_CHECKING:
    from ..storage.store import Store

FASTER, SLOWER, UNCLEAR = "faster", "slower", "no clear change"
NOW_FAILS, NOW_RUNS, FAILS = "now fails", "now runs", "fails in both"
NOTHING_COMMON = "no common configuration"
MISMATCH = "software_mismatch"
Workload = tuple[str, str, str]  # scenario, input shape, unit of throughput


@dataclass(frozen=True, slots=True)
class ConfigurationChange:
    """One configuration on one hardware. Ratios are second over first; None where a side does not run."""

    configuration: Configuration
    judgement: str  # "faster" | "slower" | "no clear change" | "now fails" | "now runs" | "only in TAG" …
    status_1: str | None  # None: not measured in that version
    status_2: str | None
    compatibility_1: float | None  # against references that both versions share
    compatibility_2: float | None
    throughput: Ratio | None
    latency: Ratio | None
    memory: Ratio | None
    n_1: int
    n_2: int
    env_id_1: str | None
    env_id_2: str | None
    result_ids_1: tuple[int, ...]
    result_ids_2: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HardwareChange:
    """One hardware under one workload, with the change at its best common configuration.

    ``compatibility_1`` and ``_2`` are each version's best over what both have decided; the ratios and the
    judgement are those of ``configuration``, the best that runs in both.
    """

    hardware_type: str
    scenario: str
    input_shape: str
    throughput_unit: str
    configuration: Configuration | None  # None where none runs in both
    compatibility_1: float | None
    compatibility_2: float | None
    compatibility_change: float | None  # percent
    throughput: Ratio | None
    latency: Ratio | None
    memory: Ratio | None
    judgement: str
    stack_1: str | None
    stack_2: str | None
    torch_1: str | None
    torch_2: str | None
    flags: tuple[str, ...]
    configurations: tuple[ConfigurationChange, ...]

    def __getitem__(self, name: str) -> Any:
        """A field by its name, as rows of the earlier system answered. Raises KeyError."""
        if name not in self.__slots__:
            raise KeyError(name)
        return getattr(self, name)


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """What changed from the first version to the second, by workload and hardware; a sequence of its rows."""

    model: str
    first: Side
    second: Side
    rows: tuple[HardwareChange, ...]
    weights: Weights | None  # as used; None where workloads differ in it, or nothing runs
    notes: tuple[str, ...]  # one line each

    def __iter__(self) -> Iterator[HardwareChange]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> HardwareChange:
        return self.rows[place]


def compare_versions(
    store: Store, model: str, tag1: str, tag2: str, *, live: bool = False
) -> VersionComparison:
    """What changed from ``tag1`` to ``tag2``, both tags or aliases; nothing is written.

    A version is its newest snapshot where it has one, else its results as they stand; with ``live`` always
    those. Raises NoResultsError, UnknownNameError that names the versions there are.
    """
    with store.reading() as con:
        found = find_model(con, model)
        first, second = (find_side(con, found, tag, live=live) for tag in (tag1, tag2))
        noises = current_noise(con)
    return version_comparison(found.name, first, second, noises)


def version_comparison(model: str, first: Side, second: Side, noises: Noises) -> VersionComparison:
    """The comparison of two sides; a pure function, whose result the estimates' order doesn't change."""
    rows: list[HardwareChange] = []
    scores: list[SharedScores] = []
    for workload, by_hardware in _workloads(first.estimates, second.estimates).items():
        shared = shared_scores(by_hardware)
        scores += [shared] if shared else []
        for hardware, both in by_hardware.items():
            changes = tuple(_changes(hardware, both, shared, noises, (first.tag, second.tag)))
            rows.append(_row(workload, hardware, both, changes, (first.tag, second.tag)))
    used = {s.weights for s in scores}
    notes = version_notes.notes(rows, scores, (*first.estimates, *second.estimates))
    return VersionComparison(model, first, second, tuple(rows), used.pop() if len(used) == 1 else None, notes)


def _workloads(first: Iterable[Estimate], second: Iterable[Estimate]) -> dict[Workload, dict[str, Paired]]:
    """Each workload's hardware with both sides of it, in the order of their names."""
    held: dict[tuple[Workload, str], tuple[list[Estimate], list[Estimate]]] = {}
    for side, estimates in enumerate((first, second)):
        for e in estimates:
            workload = (e.group.scenario, e.group.input_shape, e.group.throughput_unit)
            held.setdefault((workload, e.hardware), ([], []))[side].append(e)
    found: dict[Workload, dict[str, Paired]] = {}
    for workload, hardware in sorted(held):
        found.setdefault(workload, {})[hardware] = paired(*held[workload, hardware])
    return found


def _changes(
    hardware: str, both: Paired, shared: SharedScores | None, noises: Noises, tags: tuple[str, str]
) -> Iterable[ConfigurationChange]:
    scores: Mapping[Any, float] = shared.compatibility if shared else {}
    for k, (first, second) in both.pairs:
        running = first is not None and second is not None and runs(first) and runs(second)
        ratio = throughput_ratio(first, second, noises) if running and first and second else None
        yield ConfigurationChange(
            configuration=k,
            judgement=_judgement((first, second), ratio, tags),
            status_1=_status(first),
            status_2=_status(second),
            compatibility_1=scores.get((hardware, k, 0)),
            compatibility_2=scores.get((hardware, k, 1)),
            throughput=ratio,
            latency=latency_ratio(first, second, noises) if running and first and second else None,
            memory=memory_ratio(first, second, noises) if running and first and second else None,
            n_1=first.n if first else 0,
            n_2=second.n if second else 0,
            env_id_1=first.env_id if first else None,
            env_id_2=second.env_id if second else None,
            result_ids_1=first.evidence.result_ids if first else (),
            result_ids_2=second.evidence.result_ids if second else (),
        )


def _status(e: Estimate | None) -> str | None:
    return None if e is None else e.status


def _judgement(sides: Sides, ratio: Ratio | None, tags: tuple[str, str]) -> str:
    first, second = sides
    if first is None or second is None:
        return f"only in {tags[1] if first is None else tags[0]}"
    if ratio is not None:
        return {1: FASTER, -1: SLOWER, 0: UNCLEAR}[ratio.direction]
    if runs(first) == runs(second):
        return FAILS
    return NOW_FAILS if runs(first) else NOW_RUNS


def _row(
    workload: Workload,
    hardware: str,
    both: Paired,
    changes: Sequence[ConfigurationChange],
    tags: tuple[str, str],
) -> HardwareChange:
    decided = [c for c in changes if c.status_1 is not None and c.status_2 is not None]
    headline = max((c for c in decided if c.throughput), key=_best, default=None)
    first, second = (max(known, default=None) for known in _compatibilities(decided))
    change = None if first is None or second is None else 100.0 * (second / first - 1.0)
    software = both.first is not None and both.second is not None and not both.same_stack
    return HardwareChange(
        hardware,
        *workload,
        configuration=headline.configuration if headline else None,
        compatibility_1=first,
        compatibility_2=second,
        compatibility_change=change,
        throughput=headline.throughput if headline else None,
        latency=headline.latency if headline else None,
        memory=headline.memory if headline else None,
        judgement=headline.judgement if headline else _without(changes, decided, both, tags),
        stack_1=both.first.id if both.first else None,
        stack_2=both.second.id if both.second else None,
        torch_1=both.first.torch if both.first else None,
        torch_2=both.second.torch if both.second else None,
        flags=(MISMATCH,) if software else (),
        configurations=tuple(changes),
    )


def _best(change: ConfigurationChange) -> float:
    """The better version's score: the same whichever of the two is first."""
    return max(change.compatibility_1 or 0.0, change.compatibility_2 or 0.0)


def _compatibilities(decided: Sequence[ConfigurationChange]) -> tuple[list[float], list[float]]:
    first = [c.compatibility_1 for c in decided if c.compatibility_1 is not None]
    second = [c.compatibility_2 for c in decided if c.compatibility_2 is not None]
    return first, second


def _without(
    changes: Sequence[ConfigurationChange],
    decided: Sequence[ConfigurationChange],
    both: Paired,
    tags: tuple[str, str],
) -> str:
    """The word for hardware on which no configuration runs in both versions."""
    words = {c.judgement for c in decided}
    for word in (NOW_FAILS, NOW_RUNS, FAILS):
        if word in words:
            return word
    if both.first is None and both.second is None:
        return "not measured"
    if both.first is None or both.second is None:
        return f"only in {tags[1] if both.first is None else tags[0]}"
    return NOTHING_COMMON
