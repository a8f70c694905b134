"""What is stored for everybody, made slowly: every question compared and scored by itself, as recommend does.

The twin that ``pairs.py`` and ``requirements.py``, which score all questions at once, are held against.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import duckdb
from fitment.registry.answers import Estimate, Group, Profile, Question, Recommendation, Weights
from fitment.registry.catalogue.naming import old_names
from fitment.registry.fit import groups, profiles
from fitment.registry.fit.comparison import Comparison, compare, criteria_of, hold
from fitment.registry.fit.outcomes import runs
from fitment.registry.fit.ranking import Ranked, ranking
from fitment.registry.fit.rejections import rejections
from fitment.registry.fit.rows import recommendations
from fitment.registry.fit.scored import scored, weights_used
from fitment.registry.results.estimates import group_estimates

Row = dict[str, Any]


def pairs(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """The rows of hardware_model_compatibility with names for ids, in the order of theirs."""
    held = groups.by_group(group_estimates(connection))
    profile = profiles.shipped()[profiles.DEFAULT]
    rows = [row for group, estimates in held.items() for row in _pairs(group, estimates, profile)]
    return sorted(rows, key=_place_of_pair)


def _place_of_pair(row: Row) -> tuple[Any, ...]:
    group = (row["model"], row["model_version"], row["scenario"], row["input_shape"], row["throughput_unit"])
    rank = row["rank"]
    return (*group, rank is None, rank or 0, -row["n"], row["hardware"])


def _pairs(group: Group, estimates: Sequence[Estimate], profile: Profile) -> Iterator[Row]:
    question = Question(group.model)
    comparison = compare(question, hold(group, estimates))
    weights, shown = profile.weights, []
    if comparison.running:
        values = criteria_of(comparison)
        weights, ranked = _ranked(comparison, profile)
        for row in recommendations(question, comparison, values, ranked):
            shown.append(row.hardware)
            yield _shared(group, row.hardware, profile, weights) | as_stored(row)
    for rejected in rejections(question, comparison, shown, {}):
        of_hardware = comparison.held.estimates[rejected.hardware]
        ids = sorted({i for e in of_hardware for i in e.evidence.result_ids})
        nothing = {"rank": None, "n": 0, "confidence": 0.0, "flags": "", "notes": rejected.reason}
        yield _shared(group, rejected.hardware, profile, weights) | nothing | {"result_ids": ids}


def _ranked(comparison: Comparison, profile: Profile) -> tuple[Weights, list[Ranked]]:
    """The weights as used, and the hardware by rank."""
    values = criteria_of(comparison)
    weights = weights_used(profile.weights, values)
    return weights, ranking(scored(comparison.compared, values, weights), "compatibility")


def _shared(group: Group, hardware: str, profile: Profile, weights: Weights) -> Row:
    return {
        "model": group.model,
        "hardware": hardware,
        "model_version": group.model_version,
        "scenario": group.scenario,
        "input_shape": group.input_shape,
        "throughput_unit": group.throughput_unit,
        "profile": profile.name,
        "weight_throughput": weights.throughput,
        "weight_latency": weights.latency,
        "weight_memory": weights.memory,
    }


def as_stored(row: Recommendation) -> Row:
    """A recommendation in the table's columns and units."""
    k = row.configuration
    return {
        "hardware": row.hardware,
        "rank": row.rank,
        "compatibility_score": row.compatibility,
        "suitability_score": row.suitability,
        "throughput_score": row.throughput_score,
        "latency_score": row.latency_score,
        "memory_score": row.memory_score,
        "recommended_batch_size": k.batch,
        "recommended_precision": k.precision,
        "compile_mode": k.compile_mode,
        "memory_format": k.memory_format,
        "memory_requirement": row.memory_bytes and row.memory_bytes / 1e6,
        "precision_basis": "speed only" if "speed_only" in row.flags else None,
        "throughput": row.throughput,
        "throughput_low": row.throughput_low,
        "throughput_high": row.throughput_high,
        "latency_ms": row.latency_s and row.latency_s * 1e3,
        "latency_low_ms": row.latency_low and row.latency_low * 1e3,
        "latency_high_ms": row.latency_high and row.latency_high * 1e3,
        "interval_basis": row.interval_basis,
        "n": row.n,
        "confidence": row.confidence,
        "coverage": row.coverage,
        "flags": ",".join(row.flags),
        "notes": row.beyond,
        "env_id": row.env_id,
        "result_ids": list(row.evidence.result_ids),
    }


def requirements(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """The rows of task_recommendations with names for ids, in the order of theirs."""
    had: dict[str, list[str]] = defaultdict(list)
    for old, model in old_names(connection).items():
        had[model].append(old)
    tasks = {profile.scenario: profile.name for profile in profiles.shipped().values() if profile.scenario}
    of_task: dict[tuple[str, str], groups.Groups] = defaultdict(dict)
    for group, estimates in groups.by_group(group_estimates(connection)).items():
        if group.scenario in tasks:
            of_task[group.model, tasks[group.scenario]][group] = estimates
    found = [
        row
        for (model, task), eligible in of_task.items()
        for row in _required(model, task, eligible, had.get(model, ()))
    ]
    return sorted(found, key=_place_of_requirement)


def _place_of_requirement(row: Row) -> tuple[Any, ...]:
    requirement = (row["task_type"], row["model"], row["batch_size"] or 0)
    return (*requirement, row["latency_sensitive"], row["memory_constrained"], row["rank"], row["hardware"])


def _required(model: str, task: str, eligible: groups.Groups, had: Sequence[str]) -> Iterator[Row]:
    held = {group: hold(group, estimates) for group, estimates in eligible.items()}
    batches = sorted({e.configuration.batch for es in eligible.values() for e in es if runs(e)})
    for batch, constrained in product((None, *batches), (False, True)):
        question = Question(model, task=task, batch=batch, memory_constrained=constrained)
        group = groups.choose(question, eligible, had=had)
        comparison = compare(question, held[group])
        for sensitive in (False, True) if comparison.running else ():
            asked = replace(question, latency_sensitive=sensitive)
            for ranked in _ranked(comparison, profiles.chosen(asked))[1]:
                yield _requirement(asked, comparison, ranked)


def _requirement(question: Question, comparison: Comparison, ranked: Ranked) -> Row:
    e, shape = ranked.best.estimate, comparison.held.group.input_shape
    return {
        "task_type": question.task,
        "model": question.model,
        "hardware": e.hardware,
        "batch_size": question.batch,
        "latency_sensitive": question.latency_sensitive,
        "memory_constrained": question.memory_constrained,
        "rank": ranked.rank,
        "suitability_score": ranked.best.suitability,
        "recommended_batch_size": e.configuration.batch,
        "recommended_precision": e.configuration.precision,
        "notes": shape if comparison.freed is None else f"{shape}, no_common_configuration",
    }
