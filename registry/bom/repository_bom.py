"""The bill of materials of a repository: the application, and each model that it uses, with the places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from ..catalogue.model_record import ModelRecord
from ..catalogue.model_records import records_of
from ..licences.check import check
from ..licences.verdicts import Relation
from ..storage.store import Store
from ..usage.found import Use
from ..usage.scan import Scanned, scan
from .component import Parts, dependencies, verdict
from .document import document, newest_event
from .known import Known, known_of
from .texts import Json, properties, said, without_nothing

CODE = frozenset({".py", ".ipynb", ".sh"})  # files that are programs; others are manifests and settings


def repository_bom(root: Path, store: Store | None, *, timestamp: datetime | None = None) -> str:
    """The repository at ``root`` as CycloneDX 1.6 JSON; without a store nothing is known of its models.

    A use whose model is not known is a property of the application, never a component. ``timestamp``: in
    place of when the store was last written to. Raises RepositoryError.
    """
    found = scan(root, root.resolve().name or str(root))
    by_model: dict[str, list[Use]] = {}
    for use in found.uses:
        if use.model_id is not None:
            by_model.setdefault(use.model_id, []).append(use)
    parts = Parts()
    app = parts.refs.new("application", found.repository)
    known, moment = _known(store, sorted(by_model))
    for each in known:
        parts.announce(each)
    models = [_used(parts, each, by_model[each.model_id]) for each in known]
    parts.needs[app] = [model["bom-ref"] for model in models]
    data = [parts.data[name] for name in sorted(parts.data)]
    return document(
        _application(found, app),
        [*models, *data],
        dependencies(parts.needs),
        [{"aggregate": "incomplete" if _open(found) else "unknown", "assemblies": [app]}],
        moment if timestamp is None else timestamp,
    )


def _known(store: Store | None, model_ids: Sequence[str]) -> tuple[list[Known], datetime | None]:
    if store is None:
        return [Known(model_id=model_id) for model_id in model_ids], None
    with store.reading() as con:
        found = []
        for model_id in model_ids:
            record = next(iter(records_of(con, model_id)), None)
            nobody = replace(known_of(con, ModelRecord(model_id=model_id)), record=None)
            found.append(nobody if record is None else known_of(con, record))
        return found, newest_event(con)


def _used(parts: Parts, known: Known, uses: Sequence[Use]) -> Json:
    component = parts.model(known)
    licence = known.record.licence if known.record else None
    loads = verdict(Relation.REPO_LOADS_WEIGHTS.value, check(None, licence, Relation.REPO_LOADS_WEIGHTS))
    told = properties([loads]) if known.record else []
    component["properties"] = [*component.get("properties", []), *told]
    return component | {"evidence": _evidence(known.model_id, uses)}


def _evidence(model_id: str, uses: Sequence[Use]) -> Json:
    surest = max(use.confidence for use in uses)
    methods = sorted({(_technique(use), said(use.call), use.confidence) for use in uses})
    return {
        "identity": [
            {
                "field": "name",
                "confidence": surest,
                "concludedValue": said(model_id),
                "methods": [
                    {"technique": technique, "confidence": confidence, "value": call}
                    for technique, call, confidence in methods
                ],
            }
        ],
        "occurrences": [
            without_nothing(
                {
                    "location": said(f"{use.file}:{use.line}"),
                    "line": use.line,
                    "symbol": said(use.call),
                    "additionalContext": said(use.detail),
                }
            )
            for use in uses
        ],
    }


def _technique(use: Use) -> str:
    return "source-code-analysis" if PurePosixPath(use.file).suffix in CODE else "manifest-analysis"


def _application(found: Scanned, ref: str) -> Json:
    unresolved = [("unresolved", f"{use.file}:{use.line}: {use.call}: {use.detail}") for use in _open(found)]
    skipped = [("skipped", f"{each.file}: {each.reason}") for each in found.skipped]
    facts = [("files", found.files), ("lines", found.lines)]
    return {
        "type": "application",
        "bom-ref": ref,
        "name": said(found.repository),
        "properties": properties([*facts, *unresolved, *skipped]),
    }


def _open(found: Scanned) -> list[Use]:
    """The uses whose model is not known."""
    return [use for use in found.uses if not use.resolved]
