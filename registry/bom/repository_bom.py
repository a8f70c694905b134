"""The bill of materials of a repository: the application, and each model that it uses, with the places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..catalogue.model_record import ModelRecord
from ..catalogue.model_records import records_of
from ..storage.store import Store
from ..usage.found import Use
from ..usage.known_ids import ids_without_owner
from ..usage.licence_check import Checked, LicenceCheck, check_uses
from ..usage.scan import Scanned, scan
from .component import Parts, dependencies
from .document import document, newest_event
from .known import Known, known_of
from .licence_choice import CONCLUDED, licence_choice
from .texts import Json, properties, said, without_nothing

if TYPE_CHECKING:
    import duckdb

CODE = frozenset({".py", ".ipynb", ".sh"})  # files that are programs; others are manifests and settings


def repository_bom(
    root: Path, store: Store | None, *, outbound: str | None = None, timestamp: datetime | None = None
) -> str:
    """The repository at ``root`` as CycloneDX 1.6 JSON; without a store nothing is known of its models.

    A use whose model is not known is a property of the application, never a component. ``outbound``: its
    licence, in place of what its files say. ``timestamp``: in place of when the store was last written to.
    Raises RepositoryError.
    """
    found = scan(root, root.resolve().name or str(root), known=_known_ids(store))
    by_model: dict[str, list[Use]] = {}
    for use in found.uses:
        if use.model_id is not None:
            by_model.setdefault(use.model_id, []).append(use)
    gathered = _gathered(root, found, sorted(by_model), store, outbound)
    parts = Parts()
    app = parts.refs.new("application", found.repository)
    for each in gathered.models:
        parts.announce(each)
    models = [_used(parts, each, by_model[each.model_id], gathered.checked) for each in gathered.models]
    parts.needs[app] = [model["bom-ref"] for model in models]
    data = [parts.data[name] for name in sorted(parts.data)]
    return document(
        _application(found, app, gathered.checked),
        [*models, *data],
        dependencies(parts.needs),
        [{"aggregate": "incomplete" if _open(found) else "unknown", "assemblies": [app]}],
        gathered.moment if timestamp is None else timestamp,
    )


def _known_ids(store: Store | None) -> frozenset[str]:
    if store is None:
        return frozenset()
    with store.reading() as con:
        return ids_without_owner(con)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What the store knows of the models of a repository."""

    models: tuple[Known, ...]
    checked: LicenceCheck
    moment: datetime | None  # when the store was last written to


def _gathered(
    root: Path, found: Scanned, model_ids: Sequence[str], store: Store | None, outbound: str | None
) -> _Gathered:
    if store is None:
        nothing = tuple(Known(model_id=model_id) for model_id in model_ids)
        return _Gathered(nothing, check_uses(root, found, lambda _: None, outbound), None)
    with store.reading() as con:

        def find(model_id: str) -> ModelRecord | None:
            return next(iter(records_of(con, model_id)), None)

        known = tuple(_known(con, model_id, find(model_id)) for model_id in model_ids)
        return _Gathered(known, check_uses(root, found, find, outbound), newest_event(con))


def _known(con: duckdb.DuckDBPyConnection, model_id: str, record: ModelRecord | None) -> Known:
    """What is known of a model; of one without a record its checkpoint and results, if any."""
    if record is not None:
        return known_of(con, record)
    return replace(known_of(con, ModelRecord(model_id=model_id)), record=None)


def _used(parts: Parts, known: Known, uses: Sequence[Use], check: LicenceCheck) -> Json:
    component = parts.model(known)
    told = [
        (f"licence:{each.relation}", _verdict(each))
        for each in check.models
        if each.model_id == known.model_id and known.record is not None
    ]
    component["properties"] = [*component.get("properties", []), *properties(told)]
    return component | {"evidence": _evidence(known.model_id, uses)}


def _verdict(checked: Checked) -> str:
    parts = (
        f"{checked.verdict}: {checked.because}",
        checked.how,
        *(f"needs {need}" for need in checked.needs),
    )
    return "; ".join(part for part in parts if part)


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


def _application(found: Scanned, ref: str, check: LicenceCheck) -> Json:
    places = [(f"{use.file}:{use.line}", use) for use in _open(found)]
    lying = [(each.file, each.model_id or "of no model that is known") for each in check.vendored]
    told = [
        ("files", found.files),
        ("lines", found.lines),
        ("licence:how", check.own.how),
        *(("licence:finding", finding) for finding in check.own.findings),
        *(("unresolved", f"{place}: {use.call}: {use.detail}") for place, use in places),
        *(("weights", f"{file}: {model}") for file, model in lying),
        *(("skipped", f"{each.file}: {each.reason}") for each in found.skipped),
    ]
    return without_nothing(
        {
            "type": "application",
            "bom-ref": ref,
            "name": said(found.repository) or "unnamed",
            "licenses": licence_choice(check.own.licence, CONCLUDED),
            "properties": properties(told),
        }
    )


def _open(found: Scanned) -> list[Use]:
    """The uses whose model is not known."""
    return [use for use in found.uses if not use.resolved]
