"""Every function of kernels/ with its slow twin, its rivals and its arguments.

This table drives the tests and the benchmarks: a kernel that is not here fails the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import networkx
import numpy as np
from fitment.kernels import (
    best,
    bootstrap,
    change_points,
    clause_flow,
    constraints,
    costs,
    counter_random,
    csr,
    depths,
    descendant_counts,
    distinct_rows,
    dominance,
    draw_key,
    false_discovery,
    family_heads,
    field_texts,
    field_values,
    formulae,
    group_medians,
    group_statistics,
    groups,
    intervals,
    location_draws,
    moments,
    multinomial,
    name_hashes,
    orderings,
    pairs,
    pareto,
    percentiles,
    polygamma,
    profiles,
    proportions,
    quantiles,
    rank_correlation,
    rank_draws,
    ranks,
    ratio_bootstrap,
    reach,
    resample_medians,
    run_moments,
    scores,
    streaming,
    strong_components,
    student,
    superiority,
    threshold,
    top_k,
    variance,
    weak_components,
    workload,
    workload_draws,
)
from scipy import stats

from tests.kernels import (
    fields,
    gate_rivals,
    graph_rivals,
    graphs,
    moment_rivals,
    naive,
    naive_analyses,
    naive_clause_flow,
    naive_fields,
    naive_graphs,
    naive_ranks,
    rank_inputs,
    rank_rivals,
    ranking_rivals,
    resampling_rivals,
    resident,
    rivals,
    statistics_rivals,
)
from tests.kernels.inputs import (
    Arguments,
    cells,
    clusters,
    column,
    drawn_candidates,
    even_groups_of_rows,
    even_pairs,
    fractions,
    grouped_columns,
    histories,
    keys,
    located,
    log_ratio_pairs,
    machines,
    many_pairs,
    matrix,
    order_weights,
    p_values,
    pair_counts,
    past_estimates,
    policy_matrix,
    process_medians,
    resampled,
    resampled_medians,
    scattered_pairs,
    scored_hardware,
    scores_in_groups,
    scores_to_cut,
    stepping_series,
    swept_pairs,
    trade_offs,
    two_sides,
    whole,
)
from tests.kernels.mixes import limited_candidates, mixes_drawn, workload_mix

TOLERANCE = 4e-16  # relative: one rounding; the twins compute in the same order


@dataclass(frozen=True)
class Rival:
    """Another way to the same answer. ``prepare`` brings the arguments into the form that suits it best,
    untimed; ``run`` takes what ``prepare`` gives.
    """

    run: Callable[[Any], Any]
    prepare: Callable[..., Any] = lambda *arguments: arguments
    answers: bool = True  # False: a bound, such as the read limit, that computes something else


@dataclass(frozen=True)
class Contest:
    """A kernel timed beside its rivals, in one run.

    ``goals``: by rival, the least of its time over ours; above 1 it is how many times slower it has to be,
    below 1 the share of a bound that we have to reach.
    """

    title: str
    arguments: Callable[[np.random.Generator, int], Arguments]
    rivals: Mapping[str, Rival]
    goals: Mapping[str, float] = field(default_factory=dict)
    run: Callable[..., Any] | None = None  # the kernel with the answer that its rivals give; None: as it is
    goal: str = ""  # K1 … K10
    rtol: float = 1e-12
    rows: tuple[int, ...] | None = None  # None: those that the command asks for


@dataclass(frozen=True)
class Entry:
    """One kernel: ``twin`` takes the same arguments as lists and gives the same, field by field.

    ``kernel`` is the public function, or a function around it with parameters of the same names; results are
    arrays, numbers, or dicts, tuples and dataclasses of them. ``arguments`` gives n rows or candidates.
    """

    kernel: Callable[..., Any]
    twin: Callable[..., Any]
    arguments: Callable[[np.random.Generator, int], Arguments]
    contests: tuple[Contest, ...] = ()
    rtol: float = TOLERANCE
    atol: float = 0.0
    sizes: tuple[int, ...] = (0, 1, 2, 37)
    seeds: int = 20
    door: bool = True  # False: it checks nothing, as all of formulae.py, which doors stand before
    # What another order of rows does: "same" result, result "moves" along, or "" where rows have an order.
    # None: "same" for kernels with ``ids``, else "".
    permuted: str | None = None
    many: int = 300_007  # rows enough for several chunks, where threads are compared

    @property
    def checks(self) -> bool:
        """Whether the kernel has to refuse what can't be meant."""
        return self.door and self.kernel.__module__ != formulae.__name__


def score_mixed(
    offsets, throughput, latency, memory, n, weights, memory_mode, capacity, policy, status, hardware
) -> scores.Scores:
    return scores.score_groups(
        *(offsets, throughput, latency, memory, n, weights),
        memory_mode=memory_mode,
        capacity=capacity,
        policy=policy,
        status=status,
        hardware=hardware,
    )


def score_default(*arguments: Any) -> np.ndarray:
    return scores.score_groups(*arguments).suitability


def fronts_of(offsets, throughput, latency, memory, used, tolerance) -> pareto.ParetoFront:
    return pareto.pareto_front(offsets, throughput, latency, memory, used=used, tolerance=tolerance)


def fronts_alone(*arguments: Any) -> np.ndarray:
    return pareto.pareto_front(*arguments).front


def top_of(offsets, score, k, place) -> top_k.TopK:
    return top_k.group_top_k(offsets, score, k, place=place)


def top_3(offsets, score) -> np.ndarray:
    return top_k.group_top_k(offsets, score, 3).chosen


def best_of(ids, n_groups, score, n, place, shortfall) -> best.BestCandidates:
    return best.best_candidates(ids, n_groups, score, n, place=place, shortfall=shortfall)


def best_alone(*arguments: Any) -> np.ndarray:
    return best.best_candidates(*arguments).chosen


def missed_limits(throughput, latency, memory, min_throughput, max_latency) -> np.ndarray:
    return constraints.shortfall(
        throughput, latency, memory, min_throughput=min_throughput, max_latency=max_latency
    )


def columns_and_levels(rng: np.random.Generator, n: int) -> Arguments:
    ids, values, groups, status = grouped_columns(rng, n)
    return ids, values, groups, [0.0, 0.05, 0.5, 0.95, 1.0, float(rng.random())], status


STATISTICS_RIVALS = {
    "DuckDB": Rival(statistics_rivals.duckdb_statistics, statistics_rivals.duckdb_table),
    "polars": Rival(statistics_rivals.polars_statistics, statistics_rivals.polars_frame),
    "pandas": Rival(statistics_rivals.pandas_statistics, statistics_rivals.pandas_frame),
}


MOMENT_RIVALS = {
    "DuckDB": Rival(moment_rivals.duckdb_moments, moment_rivals.duckdb_table),
    "polars": Rival(moment_rivals.polars_moments, moment_rivals.polars_frame),
    "pandas": Rival(moment_rivals.pandas_moments, moment_rivals.pandas_frame),
    "NumPy, bincount": Rival(moment_rivals.numpy_moments),
}


def against_reading(rows_a_pair: int, share: float) -> Contest:
    """Rows pair after pair, against what it takes to read them."""
    return Contest(
        f"count, mean and variance of pairs of {rows_a_pair:,} rows, rows pair after pair",
        swept_pairs(rows_a_pair),
        rivals={
            "read limit": Rival(moment_rivals.read, moment_rivals.memory, answers=False),
            **MOMENT_RIVALS,
        },
        goals={"read limit": share},
        run=moment_rivals.ours,
        goal="K1",
        rtol=moment_rivals.RTOL,
        rows=(10_000_000,),
    )


MOMENT_CONTESTS = (
    against_reading(500, 0.65),
    against_reading(2_500, 0.90),
    Contest(
        "count, mean and variance of 20,000 pairs, rows in random order",
        scattered_pairs,
        rivals=MOMENT_RIVALS,
        goals={"DuckDB": 6.0, "polars": 5.0, "pandas": 8.0},
        run=moment_rivals.ours,
        goal="K2",
        rtol=moment_rivals.RTOL,
        rows=(10_000_000,),
    ),
    Contest(
        "count, mean and variance of 20,000 pairs, rows in random order",
        scattered_pairs,
        rivals=MOMENT_RIVALS,
        run=moment_rivals.ours,
        rtol=moment_rivals.RTOL,
        rows=(1_000_000,),
    ),
    Contest(
        "count, mean and variance of 500,000 pairs, rows in random order",
        many_pairs,
        rivals={
            "20,000 pairs": Rival(moment_rivals.ours_of_fewer, moment_rivals.in_fewer_pairs, answers=False)
        },
        goals={"20,000 pairs": 0.5},
        run=moment_rivals.ours,
        goal="K9",
        rows=(10_000_000,),
    ),
)


def stream_moments(ids, values, n_groups, status) -> moments.Moments:
    stream = streaming.MomentStream(n_groups, 2)
    stream.add(ids, values, status=status)
    return stream.result()


def log_ratios_of(base, head, larger_is_better) -> np.ndarray:
    return pairs.log_ratios(base, head, larger_is_better=larger_is_better)


def medians_and_limits(offsets, d, delta) -> np.ndarray:
    found = pairs.compare_pairs(offsets, d, delta)
    return np.stack([found.estimate, found.low, found.high, found.p_value])


def steps_found(
    offsets, values, level, permutations, shortest, seed, threads=1
) -> change_points.ChangePoints:
    return change_points.change_points(
        offsets,
        values,
        level=level,
        permutations=permutations,
        shortest=shortest,
        seed=seed,
        threads=threads,
    )


def steps_by_default(offsets, values) -> change_points.ChangePoints:
    return change_points.change_points(offsets, values, permutations=999)


def plain(kernel: Callable[..., Any], twin: Callable[..., Any], draw: Any, sizes: tuple[int, ...]) -> Entry:
    """An entry for a formula in plain Python, over numbers or a few of them, which checks nothing."""
    return Entry(kernel, twin, draw, sizes=sizes, seeds=5, rtol=1e-9, atol=1e-12, door=False, permuted="")


def rank_headroom(offsets, draws, weights, factor, capacity) -> rank_draws.RankCertainty:
    return rank_draws.rank_certainty(offsets, draws, weights, factor=factor, capacity=capacity)


def resampled_correlations(
    columns, pairs, counts, replicates, seed
) -> rank_correlation.ResampledCorrelations:
    return rank_correlation.resampled_rank_correlations(
        columns, pairs, counts, replicates=replicates, seed=seed
    )


def mean_of_clusters(sums, counts, replicates, seed) -> intervals.Interval:
    return ratio_bootstrap.cluster_mean_interval(sums, counts, replicates=replicates, seed=seed)


def mix_spending(
    runs, components, compatibility, weights, shares, spent, least, confidence
) -> workload.Workload:
    known = {"spent": spent, "least": least, "confidence": confidence}
    return workload.mix_workload(
        runs, components, compatibility, weights, shares, **known, by_suitability=True
    )


def mix_drawn(runs, components, weights, shares, spent, least, confidence) -> rank_draws.RankCertainty:
    return workload_draws.mix_certainty(
        runs, components, weights, shares, spent=spent, least=least, confidence=confidence
    )


def chosen_of(offsets, draws, weights, capacity, allowed, confidence) -> workload_draws.Chosen:
    return workload_draws.chosen_in_draws(
        offsets,
        draws,
        weights,
        capacity=capacity,
        allowed=allowed,
        confidence=confidence,
        by_suitability=True,
    )


def bootstrap_replicates(
    offsets, values, keys, process_offsets, statistic, replicates, seed, *, threads=1
) -> np.ndarray:
    return bootstrap.bootstrap(
        offsets,
        values,
        keys,
        process_offsets=process_offsets,
        statistic=statistic,
        replicates=replicates,
        seed=seed,
        threads=threads,
    )


def interval_of_replicates(
    offsets, values, keys, process_offsets, statistic, replicates, seed, *, threads=1
) -> bootstrap.BootstrapIntervals:
    return bootstrap.bootstrap_intervals(
        offsets,
        values,
        keys,
        process_offsets=process_offsets,
        statistic=statistic,
        replicates=replicates,
        seed=seed,
        threads=threads,
    )


SCIPY, NUMPY = "scipy.stats.bootstrap, vectorised", "NumPy, all resamples of 20 groups by index"


def resampling_contest(rows: int, goal: float, processes: int = 1) -> Contest:
    """Replicates of means: both sides give their mean and standard error, which chance moves by percents."""
    known = {NUMPY: Rival(resampling_rivals.numpy_means, prepare=resampling_rivals.cube)}
    if processes == 1:  # scipy resamples rows alone
        known = {SCIPY: Rival(resampling_rivals.scipy_means, prepare=resampling_rivals.cube)} | known
    inside = f"{processes} processes of {rows} rows" if processes > 1 else f"{rows} rows"
    return Contest(
        f"bootstrap means of three columns, 1,000 resamples, groups of {inside}",
        even_groups_of_rows(rows, processes),
        rivals=known,
        goals={next(iter(known)): goal},
        run=resampling_rivals.kernel_means,
        goal="K5",
        rtol=0.2,
        rows=(200 * rows if processes == 1 else 40 * rows * processes,),
    )


def interval_contest(rows: int) -> Contest:
    return Contest(
        f"bootstrap intervals of means, 1,000 resamples, groups of {rows} rows",
        even_groups_of_rows(rows),
        rivals={SCIPY: Rival(resampling_rivals.scipy_intervals, prepare=resampling_rivals.cube)},
        run=resampling_rivals.kernel_intervals,
        # Where three of ten rows are far out, 0.7**10 = 2.8 % of the resamples have none of them: the lower
        # limit, at 2.5 %, stands beside the gap between those and the rest, and on which side is chance.
        rtol=0.5,
        rows=(200 * rows,),
    )


def strong_labels(starts, neighbours, edges, mask=None) -> np.ndarray:
    return strong_components.strong_components(starts, neighbours, edges, mask).label


def depths_from_edges(starts, neighbours, edges) -> depths.Depths:
    found = strong_components.strong_components(starts, neighbours, edges)
    return depths.depths(starts, neighbours, edges, found.label, found.order)


def reached_others(starts, neighbours, edges, sources) -> np.ndarray:
    nodes = reach.reached(starts, neighbours, edges, sources).nodes
    return nodes[nodes != sources[0]]


KERNELS: dict[str, Entry] = {
    "stream_keys": Entry(
        counter_random.stream_keys,
        naive.stream_keys,
        lambda r, n: (int(r.integers(0, 99)), r.integers(0, 2**63, n).astype(np.uint64), 5),
    ),
    "random_words": Entry(
        counter_random.random_words, naive.random_words, lambda r, n: (int(r.integers(0, 2**63)), n, 9)
    ),
    "random_integers": Entry(
        counter_random.random_integers, naive.random_integers, lambda r, n: (int(r.integers(0, 2**63)), n, 7)
    ),
    "random_uniforms": Entry(
        counter_random.random_uniforms, naive.random_uniforms, lambda r, n: (int(r.integers(0, 2**63)), n)
    ),
    "draw_key": Entry(
        draw_key.draw_key, naive.draw_key, lambda r, n: tuple(map(str, r.integers(0, 99, n))), door=False
    ),
    "short_key": Entry(draw_key.short_key, naive.short_key, lambda r, n: (r.bytes(16),), door=False),
    "bootstrap": Entry(
        bootstrap_replicates,
        naive.bootstrap,
        resampled,
        contests=(
            resampling_contest(10, 25.0),
            resampling_contest(50, 15.0),
            resampling_contest(500, 1.0),
            *(resampling_contest(50, 15.0, processes) for processes in (3, 5, 10)),
        ),
        seeds=5,
    ),
    "bootstrap_intervals": Entry(
        interval_of_replicates,
        naive.bootstrap_intervals,
        resampled,
        contests=(interval_contest(10), interval_contest(50)),
        rtol=1e-12,
        seeds=5,
    ),
    "measured": Entry(formulae.measured, naive.measured, lambda r, n: (column(r, n),)),
    "throughput_component": Entry(
        formulae.throughput_component, naive.throughput_component, lambda r, n: (column(r, n),)
    ),
    "latency_component": Entry(
        formulae.latency_component, naive.latency_component, lambda r, n: (column(r, n),)
    ),
    "memory_relative": Entry(formulae.memory_relative, naive.memory_relative, lambda r, n: (column(r, n),)),
    "memory_range": Entry(formulae.memory_range, naive.memory_range, lambda r, n: (column(r, n),)),
    "memory_headroom": Entry(
        formulae.memory_headroom, naive.memory_headroom, lambda r, n: (column(r, n), column(r, n) * 3)
    ),
    "complete": Entry(formulae.complete, naive.complete, lambda r, n: (column(r, n, missing=0.02),)),
    "normalise_weights": Entry(
        formulae.normalise_weights, naive.normalise_weights, lambda r, n: (r.random(3),)
    ),
    "drop_criteria": Entry(
        formulae.drop_criteria, naive.drop_criteria, lambda r, n: (r.random(3), r.random(3) < 0.6)
    ),
    "competition_ranks": Entry(
        formulae.competition_ranks,
        naive.competition_ranks,
        lambda r, n: (np.where(r.random(n) < 0.2, np.nan, fractions(r, n)),),
    ),
    "weighted_sum": Entry(
        formulae.weighted_sum,
        naive.weighted_sum,
        lambda r, n: (*(column(r, n) for _ in range(3)), 0.25, *r.choice([0.0, 0.25, 0.5], 2).tolist()),
    ),
    "confidence": Entry(formulae.confidence, naive.confidence, lambda r, n: (r.integers(0, 12, n),)),
    "suitability": Entry(
        formulae.suitability, naive.suitability, lambda r, n: (column(r, n), fractions(r, n))
    ),
    "density": plain(
        student.density, naive.density, lambda r, n: (r.normal(0.0, 3.0), whole(r, 1, 40)), (1,)
    ),
    "upper_tail": plain(
        student.upper_tail, naive.upper_tail, lambda r, n: (3.0 * r.random(), whole(r, 1, 40)), (1,)
    ),
    "cdf": plain(student.cdf, naive.cdf, lambda r, n: (r.normal(0.0, 2.0), whole(r, 1, 40)), (1,)),
    "quantile": plain(
        student.quantile, naive.quantile, lambda r, n: (r.uniform(0.02, 0.98), whole(r, 1, 9)), (1,)
    ),
    "binomial_cdf": plain(
        percentiles.binomial_cdf, naive.binomial_cdf, lambda r, n: (whole(r, 0, n), n, r.random()), (1, 2, 37)
    ),
    "suffices": plain(
        percentiles.suffices, naive.suffices, lambda r, n: (whole(r, 1, 9), n, 0.9, 0.95), (1, 2, 37, 300)
    ),
    "floor": plain(
        percentiles.floor, naive.floor, lambda r, n: (r.uniform(0.5, 0.95), 0.99, whole(r, 1, 4)), (1,)
    ),
    "largest_t": plain(
        percentiles.largest_t, naive.largest_t, lambda r, n: (r.uniform(0.5, 0.95), 0.95, n), (1, 2, 37, 100)
    ),
    "samples_needed": plain(
        percentiles.samples_needed,
        naive.samples_needed,
        lambda r, n: (0.9, 0.99, whole(r, 0, 90) + 0.5),
        (1,),
    ),
    "half_widths": plain(
        intervals.half_widths,
        naive.half_widths,
        lambda r, n: (r.integers(1, 9, n), 0.01 * r.random(n)),
        (0, 1, 2, 7),
    ),
    "location_interval": plain(
        intervals.location_interval, naive.location_interval, lambda r, n: (process_medians(r, n),), (1, 2, 7)
    ),
    "log_ratio_interval": plain(
        intervals.log_ratio_interval,
        naive.log_ratio_interval,
        lambda r, n: (process_medians(r, n), process_medians(r, n + 1)),
        (1, 2, 7),
    ),
    "order_statistic_interval": plain(
        intervals.order_statistic_interval,
        naive.order_statistic_interval,
        lambda r, n: (process_medians(r, n),),
        (1, 5, 6, 37),
    ),
    "digamma": plain(
        polygamma.digamma, naive.digamma, lambda r, n: (float(np.exp(r.uniform(-15, 15))),), (1, 2, 3)
    ),
    "trigamma": plain(
        polygamma.trigamma, naive.trigamma, lambda r, n: (float(np.exp(r.uniform(-15, 15))),), (1, 2, 3)
    ),
    "inverse_trigamma": plain(
        polygamma.inverse_trigamma,
        naive.inverse_trigamma,
        lambda r, n: (float(np.exp(r.uniform(-15, 15))),),
        (1, 2, 3),
    ),
    "shrunken_variance": plain(
        variance.shrunken_variance,
        naive.shrunken_variance,
        lambda r, n: (r.integers(0, 9, n), r.random(n)),
        (0, 1, 37),
    ),
    "location_share": plain(
        variance.location_share, naive.location_share, lambda r, n: (r.integers(1, 9, n),), (0, 1, 37)
    ),
    "location_variance": plain(
        variance.location_variance,
        naive.location_variance,
        lambda r, n: (r.integers(1, 9, n), r.random(n)),
        (0, 1, 37),
    ),
    "fit_prior": Entry(
        variance.fit_prior, naive.fit_prior, cells, rtol=1e-9, sizes=(0, 1, 2, 37, 300), permuted="same"
    ),
    "between_variance": Entry(
        variance.between_variance, naive.between_variance, machines, rtol=1e-9, atol=1e-15, permuted="same"
    ),
    "superiority": Entry(superiority.superiority, naive.superiority, two_sides, rtol=1e-9, permuted="moves"),
    "student_deviates": Entry(
        location_draws.student_deviates,
        naive.student_deviates,
        lambda r, n: (r.integers(0, 2**63, n).astype(np.uint64), 1.0 + 9 * r.random(n), 9, 2),
        rtol=1e-9,
        atol=1e-12,
        seeds=5,
    ),
    "location_draws": Entry(
        lambda keys, y, errors, degrees, correlation, count, n, around: location_draws.location_draws(
            keys, y, errors, degrees, correlation, count, n=n, around=around
        ),
        naive.location_draws,
        located,
        rtol=1e-9,
        atol=1e-12,
        seeds=5,
    ),
    "resample_medians": Entry(
        resample_medians.resample_medians,
        naive.resample_medians,
        resampled_medians,
        sizes=(1, 2, 37),
        rtol=1e-12,
        atol=1e-12,
        seeds=5,
    ),
    "rank_certainty": Entry(rank_headroom, naive.rank_certainty, drawn_candidates, rtol=1e-12, atol=1e-12),
    "certainty_word": plain(
        rank_draws.certainty_word, naive.certainty_word, lambda r, n: (float(r.random()),), (1, 2, 3)
    ),
    "tie_group": Entry(
        rank_draws.tie_group, naive.tie_group, lambda r, n: (0.1 * r.random(n),), permuted="moves"
    ),
    "score_groups": Entry(
        score_mixed,
        naive.score_groups,
        policy_matrix,
        contests=(
            Contest(
                "suitability of candidates in groups of 20",
                matrix,
                rivals={
                    "NumPy, reduceat": Rival(lambda prepared: rivals.numpy_all_at_once(*prepared)),
                    "NumPy, a group at a time": Rival(
                        lambda prepared: rivals.numpy_group_by_group(*prepared)
                    ),
                    "DuckDB, windows": Rival(rivals.duckdb_windows, prepare=rivals.candidates_table),
                },
                run=score_default,
                rows=(200_000,),
            ),
        ),
    ),
    "required": Entry(
        formulae.required,
        naive.required,
        lambda r, n: (r.random(n) < r.choice([0.0, 0.5]), r.random(n) < 0.5),
    ),
    "pessimistic": Entry(formulae.pessimistic, naive.pessimistic, lambda r, n: (column(r, n, missing=0.4),)),
    "coverage": plain(
        formulae.coverage, naive.coverage, lambda r, n: (whole(r, 0, n), whole(r, n, 2 * n)), (0, 1, 9)
    ),
    "group_ranks": Entry(
        ranks.group_ranks,
        naive.group_ranks,
        scores_in_groups,
        contests=(
            Contest(
                "ranks in groups of 20",
                ranking_rivals.even_groups(20),
                rivals={
                    "SciPy, rankdata of a matrix": Rival(
                        ranking_rivals.scipy_ranks, prepare=ranking_rivals.as_rows
                    ),
                    "DuckDB, windows": Rival(ranking_rivals.duckdb_ranks, prepare=ranking_rivals.group_table),
                },
                rows=(1_000_000,),
            ),
        ),
    ),
    "front": Entry(dominance.front, naive.front, lambda r, n: trade_offs(r, n)[1:4], door=False),
    "near_front": Entry(
        dominance.near_front,
        naive.near_front,
        lambda r, n: (*trade_offs(r, n)[1:4], r.random(n) < 0.2, 0.05),
        door=False,
    ),
    "pareto_front": Entry(
        fronts_of,
        naive.pareto_front,
        trade_offs,
        contests=(
            Contest(
                "Pareto fronts in groups of 20",
                ranking_rivals.even_groups(20, 3),
                rivals={
                    "NumPy, all pairs of a thousand groups at a time": Rival(
                        ranking_rivals.numpy_fronts_at_once, prepare=ranking_rivals.as_rows
                    ),
                    "NumPy, all pairs, a group at a time": Rival(ranking_rivals.numpy_fronts),
                },
                run=fronts_alone,
                rows=(200_000,),
            ),
        ),
    ),
    "group_top_k": Entry(
        top_of,
        naive.group_top_k,
        scores_to_cut,
        contests=(
            Contest(
                "the 3 best of groups of 20",
                ranking_rivals.even_groups(20),
                rivals={
                    "NumPy, lexsort": Rival(ranking_rivals.numpy_top_3, prepare=ranking_rivals.with_groups),
                    "NumPy, argpartition of a matrix": Rival(
                        ranking_rivals.numpy_partitioned_top_3, prepare=ranking_rivals.as_rows
                    ),
                    "DuckDB, windows": Rival(ranking_rivals.duckdb_top_3, prepare=ranking_rivals.group_table),
                },
                run=top_3,
                rows=(1_000_000,),
            ),
        ),
    ),
    "shortfall": Entry(
        missed_limits,
        naive.shortfall,
        lambda r, n: (*(column(r, n) for _ in range(3)), 0.8, 1.5),
    ),
    "best_candidates": Entry(
        best_of,
        naive.best_candidates,
        scored_hardware,
        permuted="",
        contests=(
            Contest(
                "the best candidate of 20,000 pairs of group and hardware",
                ranking_rivals.many_pairs,
                rivals={
                    "NumPy, lexsort": Rival(ranking_rivals.numpy_best),
                    "DuckDB, arg_max": Rival(ranking_rivals.duckdb_best, prepare=ranking_rivals.best_table),
                },
                run=best_alone,
                rows=(1_000_000,),
            ),
        ),
    ),
    "mean_weights": Entry(
        profiles.mean_weights,
        naive.mean_weights,
        lambda r, n: (r.random((n, 3)),),
        sizes=(1, 2, 5),
    ),
    "blend_weights": plain(
        lambda cost, energy: profiles.blend_weights(cost=cost, energy=energy),
        naive.blend_weights,
        lambda r, n: (bool(r.integers(2)), bool(r.integers(2))),
        (1,),
    ),
    "split_weights": plain(profiles.split_weights, naive.split_weights, lambda r, n: (r.random(5),), (5,)),
    "final_weights": plain(
        profiles.final_weights, naive.final_weights, lambda r, n: (r.random(3), r.random(3)), (1,)
    ),
    "blended": Entry(
        profiles.blended,
        naive.blended,
        lambda r, n: (*(column(r, n, missing=0.02) for _ in range(3)), np.array([0.6, 0.2, 0.2])),
        door=False,
    ),
    "cost_per_1k": Entry(
        costs.cost_per_1k,
        naive.cost_per_1k,
        lambda r, n: (column(r, n), r.integers(1, 9, n), column(r, n)),
        rtol=1e-15,
        door=False,
    ),
    "cost_component": Entry(
        costs.cost_component, naive.cost_component, lambda r, n: (column(r, n),), door=False
    ),
    "energy_component": Entry(
        costs.energy_component, naive.energy_component, lambda r, n: (column(r, n),), door=False
    ),
    "mix_workload": Entry(mix_spending, naive.mix_workload, workload_mix, sizes=(1, 2, 7), rtol=1e-13),
    "mix_certainty": Entry(
        mix_drawn, naive.mix_certainty, mixes_drawn, sizes=(1, 2, 5), seeds=5, rtol=1e-11, atol=1e-13
    ),
    "chosen_in_draws": Entry(
        chosen_of, naive.chosen_in_draws, limited_candidates, sizes=(1, 2, 37), seeds=8, rtol=1e-13
    ),
    "group_ids": Entry(groups.group_ids, naive.group_ids, keys),
    "group_layout": Entry(
        groups.group_layout,
        naive.group_layout,
        lambda r, n: (r.integers(0, 5, n).astype(np.int32), 6),
        permuted="",
    ),
    "group_moments": Entry(
        lambda ids, values, n_groups, status, threads=1: moments.group_moments(
            ids, values, n_groups, status=status, threads=threads
        ),
        naive.group_moments,
        grouped_columns,
        rtol=1e-13,
        contests=MOMENT_CONTESTS,
    ),
    "lies_in_runs": Entry(
        run_moments.lies_in_runs,
        naive.lies_in_runs,
        lambda r, n: (np.repeat(np.arange(n, dtype=np.int32), r.integers(1, 60))[:n],),
        sizes=(1, 2, 37, 200),
        door=False,
    ),
    "group_quantiles": Entry(
        lambda ids, values, n_groups, q, status, threads=1: quantiles.group_quantiles(
            ids, values, n_groups, q, status=status, threads=threads
        ),
        naive.group_quantiles,
        columns_and_levels,
    ),
    "group_medians": Entry(
        lambda ids, values, n_groups, status, threads=1: group_medians.group_medians(
            ids, values, n_groups, status=status, threads=threads
        ),
        naive.group_medians,
        grouped_columns,
        rtol=1e-13,
        permuted="same",
    ),
    "group_statistics": Entry(
        lambda ids, values, n_groups, status, threads=1: group_statistics.group_statistics(
            ids, values, n_groups, status=status, threads=threads
        ),
        naive.group_statistics,
        grouped_columns,
        rtol=1e-13,
        contests=(
            Contest(
                "count, mean, variance, median and p95 of 20,000 pairs, rows in random order",
                scattered_pairs,
                rivals=STATISTICS_RIVALS,
                goals={"DuckDB": 15.0, "polars": 15.0, "pandas": 12.0},
                run=statistics_rivals.ours,
                goal="K3",
                rtol=statistics_rivals.RTOL,
                rows=(10_000_000,),
            ),
            Contest(
                "count, mean, variance, median and p95 of 20,000 pairs, rows in random order",
                scattered_pairs,
                rivals=STATISTICS_RIVALS,
                goals={"DuckDB": 8.0, "pandas": 5.0},
                run=statistics_rivals.ours,
                goal="K4",
                rtol=statistics_rivals.RTOL,
                rows=(1_000_000,),
            ),
            Contest(
                "count, mean, variance, median and p95 of 500,000 pairs, rows in random order",
                many_pairs,
                rivals={
                    "20,000 pairs": Rival(
                        statistics_rivals.ours_of_fewer, statistics_rivals.fewer_pairs, answers=False
                    )
                },
                goals={"20,000 pairs": 0.5},
                run=statistics_rivals.ours,
                goal="K9",
                rows=(10_000_000,),
            ),
        ),
    ),
    "MomentStream": Entry(
        stream_moments,
        naive.group_moments,
        grouped_columns,
        rtol=1e-13,
        contests=(
            Contest(
                "a table resident in DuckDB, end to end, with median and p95",
                resident.resident_table,
                rivals={"DuckDB SQL": Rival(resident.sql_statistics)},
                goals={"DuckDB SQL": 5.0},
                run=resident.streamed_statistics,
                goal="K6",
                rtol=2e-7,  # DuckDB interpolates between REAL in REAL
            ),
            Contest(
                "a table resident in DuckDB, end to end, moments in flat memory",
                resident.resident_table,
                rivals={"DuckDB SQL": Rival(resident.sql_moments)},
                run=resident.streamed_moments,
                goal="K6",
                rtol=1e-9,  # the sum of squared deviations, of 500 in a group
            ),
        ),
    ),
    "order_statistic_rank": plain(
        intervals.order_statistic_rank,
        naive.order_statistic_rank,
        lambda r, n: (n, r.choice([0.9, 0.95, 0.99])),
        (1, 7, 8, 37),
    ),
    "log_ratios": Entry(
        log_ratios_of,
        naive.log_ratios,
        lambda r, n: (column(r, n), column(r, n), bool(r.integers(2))),
        rtol=1e-12,
        atol=1e-15,
        permuted="moves",
    ),
    "compare_pairs": Entry(
        pairs.compare_pairs,
        naive.compare_pairs,
        log_ratio_pairs,
        contests=(
            Contest(
                "pairs of benchmarks, all at once",
                even_pairs,
                rivals={
                    "SciPy on a sorted matrix": Rival(gate_rivals.scipy_all_at_once, gate_rivals.as_matrix)
                },
                run=medians_and_limits,
            ),
            Contest(
                "pairs of benchmarks, one by one",
                even_pairs,
                rivals={"SciPy's tests": Rival(gate_rivals.scipy_each_benchmark)},
                run=medians_and_limits,
                rows=(20_000,),
            ),
        ),
    ),
    "pairs_needed": Entry(pairs.pairs_needed, naive.pairs_needed, pair_counts, permuted="moves"),
    "family_pairs": plain(pairs.family_pairs, naive.family_pairs, lambda r, n: (n, 0.05), (1, 2, 37)),
    "adjusted_p_values": Entry(
        false_discovery.adjusted_p_values,
        naive.adjusted_p_values,
        p_values,
        permuted="moves",
        contests=(
            Contest(
                "p-values adjusted by Benjamini and Hochberg",
                lambda r, n: (r.random(n),),
                rivals={"SciPy": Rival(lambda prepared: stats.false_discovery_control(*prepared))},
            ),
        ),
    ),
    "gate_threshold": Entry(
        threshold.gate_threshold, naive.gate_threshold, past_estimates, sizes=(0, 1, 29, 37, 200), rtol=1e-12
    ),
    "best_order": Entry(
        orderings.best_order, naive_analyses.best_order, order_weights, sizes=(0, 1, 2, 6), permuted=""
    ),
    "wilson_interval": plain(
        proportions.wilson_interval,
        naive_analyses.wilson_interval,
        lambda r, n: (whole(r, 0, n), n),
        (0, 1, 9, 10_000),
    ),
    "cluster_mean_interval": Entry(
        mean_of_clusters, naive_analyses.cluster_mean_interval, clusters, seeds=5, rtol=1e-12, permuted=""
    ),
    "change_points": Entry(
        steps_found,
        naive.change_points,
        histories,
        seeds=5,
        many=5_000,
        contests=(
            Contest(
                "change points of series of 100 points, 999 permutations",
                stepping_series,
                rivals={"NumPy, the same permutations": Rival(gate_rivals.numpy_change_points)},
                run=steps_by_default,
                rows=(5_000,),
            ),
        ),
    ),
    "csv_records": Entry(fields.cut, naive_fields.csv_records, fields.csv_text, sizes=(0, 1, 2, 37, 300)),
    "gathered_texts": Entry(field_texts.gathered_texts, naive_fields.gathered_texts, fields.scattered_texts),
    "text_codes": Entry(field_texts.text_codes, naive_fields.text_codes, fields.scattered_texts),
    "plain_wholes": Entry(field_values.plain_wholes, naive_fields.plain_wholes, fields.numbers),
    "plain_moments": Entry(fields.in_microseconds, naive_fields.plain_moments, fields.moments),
    "merged_edges": Entry(
        csr.merged_edges,
        naive_graphs.merged_edges,
        graphs.edge_list,
        permuted="same",
        contests=(
            Contest(
                "the edges of a graph of models, each once and sorted",
                graphs.families,
                rivals={"NumPy, unique pairs": Rival(graph_rivals.numpy_merged)},
                rows=(573_653,),
            ),
        ),
    ),
    "neighbours": Entry(
        csr.neighbours,
        naive_graphs.neighbours,
        graphs.ends,
        contests=(
            Contest(
                "the children of each model",
                graphs.sorted_family_ends,
                rivals={"SciPy, coo to csr": Rival(graph_rivals.scipy_neighbours)},
                rows=(573_653,),
            ),
        ),
    ),
    "name_hashes": Entry(name_hashes.name_hashes, naive_graphs.name_hashes, graphs.some_names),
    "hash_order": Entry(
        name_hashes.hash_order,
        naive_graphs.hash_order,
        lambda r, n: (r.choice(np.array([1, 2, 2**63, *r.integers(0, 2**64, 3, np.uint64)], np.uint64), n),),
    ),
    "found_names": Entry(
        name_hashes.found_names,
        naive_graphs.found_names,
        graphs.asked_names,
        contests=(
            Contest(
                "names found among three times as many",
                graphs.model_names,
                rivals={"Python's dict": Rival(graph_rivals.dict_found, prepare=graph_rivals.as_dict)},
                rows=(200_000,),
            ),
        ),
    ),
    "clause_flow": Entry(
        clause_flow.clause_flow, naive_clause_flow.clause_flow, naive_clause_flow.clause_graph, rtol=0
    ),
    "descendant_counts": Entry(
        descendant_counts.descendant_counts,
        naive_ranks.descendant_counts,
        graphs.ends,
        sizes=(0, 1, 2, 9, 37),
        permuted="same",
    ),
    "resampled_counts": Entry(
        multinomial.resampled_counts,
        naive_ranks.resampled_counts,
        rank_inputs.kinds,
        seeds=5,
        contests=(
            Contest(
                "how often each of n kinds is drawn, a fifth of them common",
                rank_inputs.kinds,
                rivals={"NumPy, multinomial": Rival(rank_rivals.numpy_counts, answers=False)},
            ),
        ),
    ),
    "rank_correlations": Entry(
        rank_correlation.rank_correlations,
        naive_ranks.rank_correlations,
        rank_inputs.counted_columns,
        rtol=1e-12,
        atol=1e-15,
        permuted="same",
        contests=(
            Contest(
                "Spearman's and Kendall's correlation of two columns, one nearly all 0",
                rank_inputs.downloads_and_children,
                rivals={"SciPy": Rival(rank_rivals.scipy_correlations)},
            ),
        ),
    ),
    "resampled_rank_correlations": Entry(
        resampled_correlations,
        naive_ranks.resampled_rank_correlations,
        rank_inputs.resamples,
        sizes=(0, 1, 2, 37),
        seeds=5,
        rtol=1e-12,
        atol=1e-15,
    ),
    "distinct_rows": Entry(
        distinct_rows.distinct_rows,
        naive_ranks.distinct_rows,
        lambda r, n: (rank_inputs.tied_columns(r, n),),
        permuted="same",
    ),
    "weak_components": Entry(
        weak_components.weak_components,
        naive_graphs.weak_components,
        graphs.masked_ends,
        permuted="same",
        contests=(
            Contest(
                "weak components of a graph of models",
                graphs.sorted_family_ends,
                rivals={
                    "SciPy, csgraph": Rival(
                        graph_rivals.scipy_components("weak"), graph_rivals.of_ends(graph_rivals.scipy_graph)
                    )
                },
                rows=(573_653,),
            ),
            Contest(
                "weak components of a graph of models",
                graphs.sorted_family_ends,
                rivals={
                    "networkx": Rival(
                        graph_rivals.networkx_components(networkx.weakly_connected_components),
                        graph_rivals.of_ends(graph_rivals.networkx_graph),
                    )
                },
                rows=(20_000,),
            ),
        ),
    ),
    "strong_components": Entry(
        strong_labels,
        naive_graphs.strong_labels,
        graphs.one_side,
        contests=(
            Contest(
                "strong components of a graph of models, in order",
                graphs.family_side,
                rivals={
                    "SciPy, csgraph": Rival(graph_rivals.scipy_components("strong"), graph_rivals.scipy_graph)
                },
                rows=(573_653,),
            ),
        ),
    ),
    "depths": Entry(
        depths.depths,
        naive_graphs.depths,
        graphs.side_in_order,
        contests=(
            Contest(
                "strong components, depth and generation of a graph of models",
                graphs.family_side,
                rivals={"networkx": Rival(graph_rivals.networkx_depths, graph_rivals.networkx_graph)},
                run=depths_from_edges,
                rows=(20_000,),
            ),
        ),
    ),
    "reached": Entry(
        reach.reached,
        naive_graphs.reached,
        graphs.side_with_sources,
        contests=(
            Contest(
                "all descendants of the model that has most children",
                graphs.largest_family,
                rivals={
                    "SciPy, csgraph": Rival(
                        graph_rivals.scipy_reached, graph_rivals.with_start(graph_rivals.scipy_graph)
                    )
                },
                run=reached_others,
                rows=(573_653,),
            ),
            Contest(
                "all descendants of the model that has most children",
                graphs.largest_family,
                rivals={
                    "networkx": Rival(
                        graph_rivals.networkx_reached, graph_rivals.with_start(graph_rivals.networkx_graph)
                    )
                },
                run=reached_others,
                rows=(20_000,),
            ),
        ),
    ),
    "family_heads": Entry(family_heads.family_heads, naive_graphs.family_heads, graphs.members),
}
# Parts of kernels that stand in a file of their own, or are stated once for several: no one calls them from
# outside, and each is held by the entries named beside it.
PARTS: dict[str, tuple[str, ...]] = {
    "ReachSpace": ("reached",),
    "draw_scores": ("rank_certainty", "chosen_in_draws"),
    "standing": ("rank_certainty", "mix_certainty"),
    "used_weights": ("mix_workload",),
    "mix_scores": ("mix_workload", "mix_certainty"),
    "run_everywhere": ("mix_workload", "mix_certainty"),
    "component_table": ("mix_workload", "mix_certainty"),
    "confidence_table": ("mix_workload", "mix_certainty"),
    "spending_tables": ("mix_workload", "mix_certainty"),
    "share_column": ("mix_workload", "mix_certainty"),
    "word": ("random_words", "stream_keys", "bootstrap"),
    "high_half": ("random_integers", "change_points"),
    "below": ("random_integers", "bootstrap"),
    "is_measured": ("measured", "score_groups"),
    "share_of_largest": ("throughput_component", "score_groups"),
    "share_of_smallest": ("latency_component", "memory_relative", "score_groups"),
    "place_in_range": ("memory_range", "score_groups"),
    "free_share": ("memory_headroom", "score_groups"),
    "text_places": ("gathered_texts", "text_codes", "plain_wholes", "plain_moments"),
    "run_moments": ("group_moments",),
    "scattered_moments": ("group_moments",),
    "aligned_rows": ("group_medians", "group_quantiles", "group_statistics"),
    "bytes_of": ("group_medians", "group_quantiles", "group_statistics"),
    "rows_in": ("group_medians", "group_quantiles", "group_statistics"),
    "partition": ("group_medians", "group_quantiles", "group_statistics"),
    "room_for": ("group_medians", "group_quantiles", "group_statistics"),
    "networks": ("group_medians", "group_quantiles", "group_statistics"),
    "summaries": ("group_medians", "group_quantiles", "group_statistics"),
    "costs": ("front", "near_front", "pareto_front"),
    "has_any": ("front", "near_front", "pareto_front"),
    "dominates": ("front", "pareto_front"),
    "within": ("near_front", "pareto_front"),
    "different": ("distinct_rows", "rank_correlations"),
    "kinds": ("resampled_counts", "resampled_rank_correlations"),
    "shares": ("normalise_weights", "drop_criteria", "score_groups"),
}
