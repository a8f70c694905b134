"""A model as a component: who made it, under which licence, of which files and data, from which models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from ..catalogue.model_record import ModelRecord
from ..checkpoints.kept import StoredFile
from ..licences.check import check
from ..licences.verdicts import Judged, Relation
from .ancestors import CIRCLE, CUT, Ancestor
from .known import Known
from .licence_choice import licence_choice
from .model_card import model_card
from .references import external_references
from .texts import LONGEST_VERSION, Json, Refs, properties, said, without_nothing

MODEL = "machine-learning-model"
HUB = "https://huggingface.co/"
_COMMIT = re.compile(r"[0-9A-Fa-f]{40}")
# What is done with a base model, as the licence check calls it.
MADE_BY = {
    "finetune": Relation.FINETUNE_RELEASE,
    "quantized": Relation.FINETUNE_RELEASE,
    "adapter": Relation.FINETUNE_RELEASE,
    "merge": Relation.MERGE,
}


class Parts:
    """Components of one document, with their references and what depends on what."""

    def __init__(self) -> None:
        self.refs = Refs()
        self.told: dict[str, str] = {}  # models by id: the reference of the component that tells all
        self.data: dict[str, Json] = {}  # data components by name
        self.needs: dict[str, list[str]] = {}  # reference -> references

    def announce(self, known: Known) -> str:
        """The reference of a model that ``model`` will tell of: others refer to it, whatever comes first."""
        if known.model_id not in self.told:
            ref = self.refs.new("model", _versioned(known.model_id, known.record))
            self.told[known.model_id] = ref
            self.needs[ref] = []
        return self.told[known.model_id]

    def model(self, known: Known) -> Json:
        """The component of a model; its data components are added to ``data``."""
        record = known.record
        ref = self.announce(known)
        datasets = [self._data(name) for name in sorted(set(record.training_data if record else ()))]
        bases = [self._ancestor(base, record, ref) for base in known.bases]
        self.needs[ref] += datasets
        references, left_out = external_references(record.urls if record else {})
        facts = None if known.checkpoint is None else known.checkpoint.facts
        found = _facts(record) if record else [("in_catalogue", "false")]
        return without_nothing(
            {
                **_identity(known.model_id, record, ref),
                "hashes": [_hash(known.files[0])] if len(known.files) == 1 else [],
                "licenses": licence_choice(record.licence if record else None),
                "pedigree": without_nothing({"ancestors": bases}),
                "externalReferences": references,
                "components": [_file(each) for each in known.files],
                "modelCard": model_card(known, datasets),
                "properties": properties(
                    [
                        *found,
                        ("quantisation", facts.quantisation if facts else None),
                        ("checkpoint_parameters", facts.parameters if facts else None),
                        *left_out,
                    ]
                ),
                "tags": [said(tag) for tag in record.tags] if record else [],
            }
        )

    def _data(self, name: str) -> str:
        """The reference of a data component, which is made where there is none yet."""
        if name not in self.data:
            ref = self.refs.new("data", name)
            content = {"type": "dataset", "name": said(name)}
            self.data[name] = {"type": "data", "bom-ref": ref, "name": said(name), "data": [content]}
            self.needs[ref] = []
        return str(self.data[name]["bom-ref"])

    def _ancestor(self, base: Ancestor, child: ModelRecord | None, child_ref: str) -> Json:
        """A base model; where it is told already, without its own bases and with a pointer there."""
        record, told = base.record, self.told.get(base.model_id)
        ref = told or self.refs.new("model", _versioned(base.model_id, record))
        self.told[base.model_id] = ref
        self._depend(child_ref, ref)
        above = [] if told else [self._ancestor(each, record, ref) for each in base.bases]
        references, left_out = external_references(record.urls if record else {})
        return without_nothing(
            {
                **_identity(base.model_id, record, None if told else ref),
                "licenses": licence_choice(record.licence if record else None),
                "pedigree": without_nothing({"ancestors": above}),
                "externalReferences": references,
                "properties": properties(
                    [
                        ("relation", base.relation or "not said"),
                        ("told_at", told),
                        ("bases", _STATES.get(base.state)),
                        ("in_catalogue", None if record else "false"),
                        ("licence:declared", record.licence if record else None),
                        *_as_base(base, child),
                        *left_out,
                    ]
                ),
            }
        )

    def _depend(self, ref: str, on: str) -> None:
        """Notes that ``ref`` was made from ``on``, unless that closes a circle."""
        self.needs.setdefault(on, [])
        reached, ahead = set[str](), [on]
        while ahead:
            reached.add(ahead[-1])
            ahead += [each for each in self.needs[ahead.pop()] if each not in reached]
        if ref not in reached:
            self.needs[ref].append(on)


_STATES = {CIRCLE: "it is its own ancestor: a circle, cut here", CUT: "too many generations to tell"}


def verdict(name: str, judged: Judged) -> tuple[str, str]:
    """A verdict as a property, with the reason that decided it."""
    reason = f": {judged.reasons[0].text}" if judged.reasons else ""
    return f"licence:{name}", f"{judged.verdict.value}{reason}"


def _as_base(base: Ancestor, child: ModelRecord | None) -> list[tuple[str, str]]:
    relation = MADE_BY.get(base.relation or "")
    if relation is None or base.record is None or child is None:
        return []
    return [verdict(relation.value, check(child.licence, base.record.licence, relation))]


def _facts(record: ModelRecord) -> list[tuple[str, object]]:
    """What CycloneDX has no place for."""
    return [
        ("model_id", record.model_id),
        ("name", record.name),
        ("parameters", record.parameters),
        ("size_bytes", record.size_bytes),
        ("released_on", record.released_on),
        ("downloads", record.downloads),
        ("rating", record.rating),
        *(("measured_as", name) for name in record.measured_as),
        ("source", record.source),
        ("licence:declared", record.licence),
        *(("licence:restriction", each) for each in record.restrictions),
        *(("licence:claim", each) for each in record.claims),
        _commercial(record),
    ]


def _commercial(record: ModelRecord) -> tuple[str, str]:
    """What the licence says of commercial use, and what the makers exclude beyond it."""
    name, text = verdict(Relation.COMMERCIAL_USE.value, check(None, record.licence, Relation.COMMERCIAL_USE))
    beyond = f"; beyond the licence its makers exclude: {'; '.join(record.restrictions)}"
    return name, text + (beyond if record.restrictions else "")


def _identity(model_id: str, record: ModelRecord | None, ref: str | None) -> Json:
    group, _, name = model_id.rpartition("/")
    found: Json = {"type": MODEL} if ref is None else {"type": MODEL, "bom-ref": ref}
    if record is not None and record.organisation:
        found["manufacturer"] = {"name": said(record.organisation)}
    if group:
        found["group"] = said(group)
    found["name"] = said(name) or said(model_id) or "unnamed"
    if record is not None and record.version:
        found["version"] = said(record.version, LONGEST_VERSION)
    if record is not None and f"{HUB}{model_id}" in record.urls.values():
        found["purl"] = _hub_purl(model_id, record.version)
    return found


def _hub_purl(model_id: str, version: str) -> str:
    """The package URL of a model on the hub; its version is a commit, so that any other is left out."""
    commit = f"@{version.lower()}" if _COMMIT.fullmatch(version) else ""
    return f"pkg:huggingface/{quote(model_id, safe='/')}{commit}"


def _versioned(model_id: str, record: ModelRecord | None) -> str:
    return f"{model_id}@{record.version}" if record is not None and record.version else model_id


def _file(file: StoredFile) -> Json:
    size = properties([("size_bytes", file.size_bytes)])
    return {"type": "file", "name": said(file.path), "hashes": [_hash(file)], "properties": size}


def _hash(file: StoredFile) -> Json:
    return {"alg": "SHA-256", "content": file.sha256}


def dependencies(needs: dict[str, list[str]]) -> list[Json]:
    """The dependency graph, every reference with its own entry, sorted."""
    return [_dependency(ref, needs[ref]) for ref in sorted(needs)]


def _dependency(ref: str, on: Sequence[str]) -> Json:
    wanted = sorted(set(on))
    return {"ref": ref, "dependsOn": wanted} if wanted else {"ref": ref}
