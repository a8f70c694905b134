"""Which columns a terminal shows of versions, aliases, changes and stored scores."""

from __future__ import annotations

import json

from .. import units
from ..catalogue.aliases import Alias
from ..catalogue.version_history import VersionRecord
from ..fit.stored_scores import StoredScore
from ..storage.apply_decisions import ids_in_words
from .listing import Columns


def _tag(version: VersionRecord) -> str:
    return f"{version.tag} (deleted)" if version.deleted_at else version.tag


def _metadata(version: VersionRecord) -> str | None:
    return json.dumps(version.metadata, sort_keys=True, ensure_ascii=False) if version.metadata else None


def _snapshots(version: VersionRecord) -> str:
    return ", ".join(str(snapshot.id) for snapshot in version.snapshots)


def _alias(alias: Alias) -> str:
    return alias.alias


def _group(score: StoredScore) -> str:
    version = f" · {score.model_version}" if score.model_version else ""
    return f"{score.scenario} · {score.input_shape}{version}"


def _configuration(score: StoredScore) -> str | None:
    if score.recommended_batch_size is None:
        return score.notes
    return f"batch {score.recommended_batch_size} · {score.recommended_precision} · {score.compile_mode}"


def _memory(score: StoredScore) -> str | None:
    return None if score.memory_requirement is None else units.size(score.memory_requirement * 1e6)


def _score(value: float | None) -> str | None:
    return None if value is None else f"{value:.3f}"


VERSIONS: Columns = {
    "version": _tag,
    "hash": lambda version: version.hash,
    "metadata": _metadata,
    "results": lambda version: f"{version.results:,}",
    "aliases": lambda version: ", ".join(version.aliases),
    "snapshots": _snapshots,
    "added (UTC)": lambda version: version.created_at,
}

ALIASES: Columns = {
    "alias": _alias,
    "version": lambda alias: alias.tag,
    "since (UTC)": lambda alias: alias.last_updated,
}

CHANGES: Columns = {
    "when (UTC)": lambda change: change.recorded_at,
    "who": lambda change: change.actor,
    "model": lambda change: change.model,
    "what": lambda change: f"{change.subject} {change.action}",
    "from": lambda change: change.from_value,
    "to": lambda change: change.to_value,
}

SCORES: Columns = {
    "model": lambda score: score.model,
    "hardware": lambda score: score.hardware,
    "compared": _group,
    "recommended": _configuration,
    "memory": _memory,
    "compat.": lambda score: _score(score.compatibility_score),
    "suitab.": lambda score: _score(score.suitability_score),
    "n": lambda score: score.n,
    "results": lambda score: ids_in_words(score.result_ids),
}
