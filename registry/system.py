"""The registry's three components under the names by which scripts call them.

Each method is one call into the function that the command of the same purpose calls too. What it is given
is looked at first: ArgumentError for another type than it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsIndex

from . import arguments as given
from .answers import Answer, Question
from .catalogue.schema import Schema, create_schema
from .catalogue.version_history import VersionRecord, version_history
from .catalogue.versions import VersionChange, add_version
from .fit.recommend import recommend
from .results.link import Linked, link_results
from .storage.store import Store, default_path

if TYPE_CHECKING:  # what scores and compares loads Numba, which a recommendation needs not wait for
    from .changes.snapshots import SnapshotMade
    from .changes.version_change import VersionComparison
    from .fit.stored_scores import StoredScore
    from .fit.suitability import TaskReport


class _Component:
    """Something that works on one store; None is the default path."""

    def __init__(self, db_path: str | Path | None = None) -> None:
        self.db_path = default_path() if db_path is None else given.path("db_path", db_path)

    def _store(self) -> Store:
        return Store.open(self.db_path)


class ModelRegistryIntegration(_Component):
    """Results joined with the versions of models, and scored."""

    def create_schema_extensions(self) -> Schema:
        """The store with all its tables, made where it is missing."""
        return create_schema(self.db_path)

    def link_test_results(
        self, model_name: str, model_version: str, result_ids: Iterable[SupportsIndex]
    ) -> Linked:
        """What was done so that the results belong to the version; all of them or none."""
        model, version = _model(model_name), _tag("model_version", model_version)
        return link_results(self._store(), model, version, given.listed("result_ids", result_ids))

    def calculate_suitability_scores(
        self, model_id: int | None = None, hardware_id: int | None = None, update_db: bool = True
    ) -> tuple[StoredScore, ...]:
        """The scores of the pairs asked for; they never depend on what is asked for."""
        from .fit.suitability import pair_scores

        model = given.whole_or_none("model_id", model_id)
        hardware = given.whole_or_none("hardware_id", hardware_id)
        return pair_scores(self._store(), model, hardware, update=given.flag("update_db", update_db))


class HardwareRecommender(_Component):
    """Which hardware suits a model."""

    def recommend_hardware(
        self,
        model_name: str,
        task_type: str | None,
        batch_size: int | None = None,
        latency_sensitive: bool = False,
        memory_constrained: bool = False,
        top_k: int = 3,
    ) -> Answer:
        """The answer: ranked hardware with its configuration, and what was rejected."""
        question = Question(
            model=_model(model_name),
            task=given.text_or_none("task_type", task_type, "inference"),
            batch=given.whole_or_none("batch_size", batch_size),
            latency_sensitive=given.flag("latency_sensitive", latency_sensitive),
            memory_constrained=given.flag("memory_constrained", memory_constrained),
            top_k=given.whole("top_k", top_k),
        )
        return recommend(Store.to_ask(self.db_path), question)

    def update_task_recommendations(self, task_type: str) -> TaskReport:
        """What is stored for the task after making all recommendations anew."""
        from .fit.suitability import update_task

        return update_task(self._store(), given.text("task_type", task_type, "inference"))


class VersionControlSystem(_Component):
    """Versions of models, and how their hardware changes from one to the next."""

    def add_model_version(
        self,
        model_name: str,
        version_tag: str,
        version_hash: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> VersionChange:
        """What was done so that the model has the version."""
        model, tag = _model(model_name), _tag("version_tag", version_tag)
        kept = given.text_or_none("version_hash", version_hash, "sha256:1f3a")
        return add_version(self._store(), model, tag, kept, metadata)

    def get_version_history(self, model_name: str) -> tuple[VersionRecord, ...]:
        """Every version that the model has or had."""
        return version_history(self._store(), _model(model_name))

    def create_compatibility_snapshot(self, model_name: str, version_tag: str) -> SnapshotMade:
        """What the version's results say now, kept for good."""
        from .changes.snapshots import create_snapshot

        model, tag = _model(model_name), _tag("version_tag", version_tag)
        return create_snapshot(self._store(), model, tag)

    def compare_compatibility_versions(
        self, model_name: str, version_tag1: str, version_tag2: str
    ) -> VersionComparison:
        """What changed from the first version to the second, by hardware."""
        from .changes.version_change import compare_versions

        tags = _tag("version_tag1", version_tag1), _tag("version_tag2", version_tag2)
        return compare_versions(self._store(), _model(model_name), *tags)


def _model(name: object) -> str:
    return given.text("model_name", name, "resnet50")


def _tag(argument: str, tag: object) -> str:
    return given.text(argument, tag, "v2")
