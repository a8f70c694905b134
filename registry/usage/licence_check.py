"""The licence of a repository held against each model that it uses. Not legal advice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ..catalogue.model_record import ModelRecord
from ..catalogue.permissions import NON_COMMERCIAL
from ..licences.check import check
from ..licences.detect import detect_folder
from ..licences.verdicts import NOTHING_STATED, Context, Verdict
from .relations import Inferred, Vendored, inferred, vendored
from .scan import Scanned

# Who owns the hub's models that had no owner once, by how their names start.
OWNERS = (
    ("bert-", "google-bert"),
    ("gpt2", "openai-community"),
    ("openai-gpt", "openai-community"),
    ("roberta-", "FacebookAI"),
    ("xlm-roberta-", "FacebookAI"),
    ("xlm-mlm-", "FacebookAI"),
    ("distil", "distilbert"),
    ("t5-", "google-t5"),
    ("albert-", "albert"),
    ("xlnet-", "xlnet"),
    ("camembert-", "almanach"),
)
OTHER_OWNERS = ("sentence-transformers", "cross-encoder", "timm")

Find = Callable[[str], ModelRecord | None]


@dataclass(frozen=True, slots=True)
class OwnLicence:
    """The licence that the repository itself is under; None: none is known."""

    licence: str | None
    how: str  # how it was found
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """One verdict: a model, what is done with it, and whether that goes together."""

    model_id: str
    licence: str | None  # as the catalogue has it
    relation: str
    how: str  # by what the relation shows
    verdict: str
    because: str
    needs: tuple[str, ...]
    uses: int  # places


@dataclass(frozen=True, slots=True)
class LicenceCheck:
    """All verdicts on a repository."""

    own: OwnLicence
    models: tuple[Checked, ...]  # by id and relation
    vendored: tuple[Vendored, ...]


def own_licence(root: Path, outbound: str | None = None) -> OwnLicence:
    """What was said, else what the repository's licence texts and metadata show."""
    if outbound is not None:
        return OwnLicence(outbound, "as said by --outbound")
    found = detect_folder(root)
    places = ", ".join(dict.fromkeys(each.file for each in found.evidence if each.file)) or "no file says it"
    return OwnLicence(found.licence, f"{found.standing}: {places}", found.findings)


def check_uses(
    root: Path,
    scanned: Scanned,
    find: Find,
    outbound: str | None = None,
    context: Context = NOTHING_STATED,
) -> LicenceCheck:
    """The verdict on each model and each thing that is done with it; ``find`` looks a model up by its id."""
    own = own_licence(root, outbound)
    counts: dict[str, int] = {}
    for use in scanned.uses:
        if use.model_id is not None:
            counts[use.model_id] = counts.get(use.model_id, 0) + 1
    records = {model: _record(model, find) for model in counts}
    done = inferred(root, scanned)
    near = {model: _near(model, find) for model, record in records.items() if record is None}
    models = tuple(
        _checked(each, records[each.model_id], near.get(each.model_id, ""), own, context, counts)
        for each in done
    )
    return LicenceCheck(own, models, vendored(scanned))


def _record(model_id: str, find: Find) -> ModelRecord | None:
    """The model's record, also under the owner that it has now."""
    for spelling in _spellings(model_id):
        record = find(spelling)
        if record is not None:
            return record
    return None


def _spellings(model_id: str) -> list[str]:
    if "/" in model_id:
        owner, name = model_id.split("/", 1)
        bare = any(name.startswith(start) and owner == now for start, now in OWNERS) or owner in OTHER_OWNERS
        return [model_id, name] if bare else [model_id]
    now = [f"{owner}/{model_id}" for start, owner in OWNERS if model_id.startswith(start)]
    return [model_id, *now, *(f"{owner}/{model_id}" for owner in OTHER_OWNERS)]


def _near(model_id: str, find: Find) -> str:
    """Whether a model of that name without its owner is known: for a person to say if it is the same."""
    name = model_id.rpartition("/")[2]
    record = find(name) if name != model_id else None
    return "" if record is None else f", which has {record.model_id}"


def _checked(
    each: Inferred,
    record: ModelRecord | None,
    near: str,
    own: OwnLicence,
    context: Context,
    counts: dict[str, int],
) -> Checked:
    row = Checked(each.model_id, None, each.relation.value, each.how, "", "", (), counts[each.model_id])
    if record is None:
        missing = f"not in the catalogue{near}: fitment model add {each.model_id}"
        return replace(row, verdict=Verdict.UNKNOWN.value, because=missing)
    judged = check(own.licence, record.licence, each.relation, context)
    reason = judged.reasons[0] if judged.reasons else None
    because = "" if reason is None else reason.text
    if reason is not None and reason.section:
        because += f" ({reason.licence} {reason.section})"
    verdict, needs = judged.verdict, judged.needs
    if record.restrictions:  # its makers exclude more than the licence does
        needs = (*needs, f"its makers exclude: {', '.join(record.restrictions)}")
        if NON_COMMERCIAL in record.restrictions and context.commercial:
            verdict, because = (
                Verdict.INCOMPATIBLE,
                "its makers exclude commercial use, whatever the licence says",
            )
        elif verdict is Verdict.COMPATIBLE:
            verdict = Verdict.CONDITIONAL
    return replace(row, licence=record.licence, verdict=verdict.value, because=because, needs=needs)
