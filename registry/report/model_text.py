"""Models on a terminal: a line each, all of one, or several side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType

from .. import units
from ..catalogue.model_facts import ModelFacts
from ..catalogue.model_fit import OVERHEAD, bytes_of
from ..catalogue.model_record import ModelRecord
from ..catalogue.model_search import Found, FoundModel, Wanted
from ..catalogue.permissions import Permission, permission
from ..licences.check import DISCLAIMER
from ..licences.verdicts import Verdict
from .listing import Columns
from .tables import facts_table
from .text import terminal

_PARAMETERS = ((1e3, "K"), (1e6, "M"), (1e9, "B"), (1e12, "T"))
_WORDS = {"compatible": "allowed", "incompatible": "forbidden"}  # a verdict on one licence alone


def parameters(count: int | None) -> str | None:
    """``7B``, ``7.3B``, ``350M``."""
    if count is None:
        return None
    size, unit = max((each for each in _PARAMETERS if each[0] <= count), default=(1.0, ""))
    return f"{count / size:.3g}{unit}"


def _commercial(model: FoundModel) -> str:
    word = _WORDS.get(model.commercial, model.commercial)
    if model.commercial == "conditional" and model.condition:
        word = f"{word}: {model.condition}"
    return f"{word}; claimed otherwise" if model.contradiction else word


FOUND: Columns = {
    "model": lambda m: f"{m.model_id} {m.version}" if m.version else m.model_id,
    "organisation": lambda m: m.organisation,
    "licence": lambda m: m.licence,
    "commercial use": _commercial,
    "parameters": lambda m: parameters(m.parameters),
    "downloads": lambda m: units.count(m.downloads),
    "rating": lambda m: None if m.rating is None else f"{m.rating:.3g}",
}
NEEDS: Columns = {
    "needs": lambda m: None if m.needs_bytes is None else f"{gib(m.needs_bytes)} {m.needs_basis}"
}


def gib(size: int) -> str:
    """``15.6 GiB``, as memory of devices is counted."""
    return f"{size / 2**30:.3g} GiB"


def summary(found: Found, wanted: Wanted) -> Iterator[str]:
    """What is to be said under the list: how many there are, what was left out, the rule of the memory."""
    shown = f", the first {len(found.models):,} shown" if found.matching > len(found.models) else ""
    yield f"{found.matching:,} of {found.stored:,} records match{shown}"
    if found.unknown_licence:
        yield f"{found.unknown_licence:,} more are left out: no clause decides on commercial use"
    if found.unknown_size:
        yield f"{found.unknown_size:,} more are left out: neither their parameters nor their size are known"
    if wanted.runs_on:
        yield (
            f"fits {wanted.runs_on.name}: {gib(wanted.runs_on.memory_bytes)} ({wanted.runs_on.basis});"
            f" needs = parameters × {bytes_of(wanted.precision):g} bytes ({wanted.precision}) × {OVERHEAD:g},"
            " or the published size × the same, or the least measured peak"
        )
    yield DISCLAIMER


def explained(found: Found, wanted: Wanted) -> Iterator[str]:
    """A line or more for each model that was found: why it may be used, and how it comes to fit."""
    for model in found.models:
        word = _WORDS.get(model.commercial, model.commercial)
        yield f"{model.model_id}: commercial use {word}: {model.why}"
        if model.contradiction:
            yield f"  {model.contradiction}"
        if model.needs_bytes is not None and wanted.runs_on:
            yield f"  {_need(model, wanted)} ≤ {gib(wanted.runs_on.memory_bytes)}"


def _need(model: FoundModel, wanted: Wanted) -> str:
    need = gib(model.needs_bytes or 0)
    if model.needs_basis == "measured":
        return f"{need} measured at {wanted.precision}"
    if model.needs_basis == "size":
        return f"{units.size(model.size_bytes)} published × {OVERHEAD:g} = {need}"
    return f"{model.parameters:,} × {bytes_of(wanted.precision):g} bytes × {OVERHEAD:g} = {need}"


def record_facts(record: ModelRecord) -> Iterator[tuple[str, str]]:
    """The name and the words of each field of which something is said."""
    fields: Mapping[str, object] = {
        "name": record.name,
        "organisation": record.organisation,
        "licence": record.licence,
        "restricted by its makers": ", ".join(record.restrictions),
        "parameters": record.parameters and f"{parameters(record.parameters)} ({record.parameters:,})",
        "size": record.size_bytes and units.size(record.size_bytes),
        "architecture": record.architecture,
        "task": record.task,
        "tags": ", ".join(record.tags),
        "trained on": ", ".join(record.training_data),
        "made from": ", ".join(
            f"{base.model_id} ({base.relation})" if base.relation else base.model_id
            for base in record.base_models
        ),
        "released": record.released_on,
        **{f"{kind} URL": url for kind, url in sorted(record.urls.items())},
        "declared metrics": ", ".join(f"{name} {value:g}" for name, value in sorted(record.metrics.items())),
        "downloads": None if record.downloads is None else f"{record.downloads:,}",
        "rating": None if record.rating is None else f"{record.rating:g} of 5",
        "measured as": ", ".join(record.measured_as),
        "source": record.source,
    }
    yield from ((name, str(value)) for name, value in fields.items() if value not in (None, ""))


def allowed(said: Permission) -> str:
    """The verdict on one use with its clause, its terms, and what was claimed to the contrary."""
    word = _WORDS.get(said.verdict, str(said.verdict))
    parts = [f"{word}: {said.why}" if said.why else word]
    if said.conditions and said.verdict is not Verdict.INCOMPATIBLE:
        parts.append(f"needs: {said.conditions}")
    if said.contradicted:
        parts.append(said.contradicted)
    return "; ".join(parts)


def shown_model(facts: ModelFacts) -> RenderableType:
    """All that is known of one model."""
    record = facts.record
    title = f"{record.model_id} {record.version}".strip()
    rows = list(record_facts(record))
    rows += [(str(each.judged.relation).replace("_", " "), allowed(each)) for each in facts.permissions]
    others = [version or '""' for version in facts.versions if version != record.version]
    rows += [("other versions", ", ".join(others))] if others else []
    for name in facts.names:
        aliases = ", ".join(f"{alias} → {tag}" for alias, tag in name.aliases)
        said = "; ".join(filter(None, (", ".join(name.versions), aliases)))
        rows += [(f"versions of {name.model}", said)] if said else []
    if facts.users:
        named = ", ".join(f"{user.repository} ({user.places:,})" for user in facts.users[:5])
        more = len(facts.users) - 5
        rows.append(("used by", named + (f" and {more:,} more repositories" if more > 0 else "")))
    parts = [facts_table(title, ("fact", "value"), rows)]
    if facts.measured:
        parts.append(
            facts_table(
                "\nResults", tuple(_MEASURED), [_measured(facts, n) for n in range(len(facts.measured))]
            )
        )
    return Group(*parts)


_MEASURED = ("hardware", "precision", "results", "throughput", "latency", "memory", "from")


def _measured(facts: ModelFacts, number: int) -> Sequence[str]:
    each = facts.measured[number]
    rate = "–" if each.throughput is None else f"{units.number(each.throughput)} {each.throughput_unit or ''}"
    return (
        *(each.hardware, each.precision, f"{each.results:,}", rate.strip()),
        *(units.seconds(each.latency_p50_s), units.size(each.peak_memory_bytes), each.provenance),
    )


def compared_models(records: Sequence[ModelRecord]) -> RenderableType:
    """The records side by side: a line for each fact that any of them has, where they differ first."""
    columns = [dict(record_facts(record)) for record in records]
    for column, record in zip(columns, records, strict=True):
        said = permission(record.licence, record.restrictions, record.claims)
        column["commercial use"] = _WORDS.get(said.verdict, str(said.verdict))
    names = dict.fromkeys(name for column in columns for name in column)
    rows = [(name, *(column.get(name, "–") for column in columns)) for name in names]
    rows.sort(key=lambda row: len(set(row[1:])) == 1)
    heads = [f"{record.model_id} {record.version}".strip() for record in records]
    return facts_table("What differs comes first", ("fact", *heads), rows)


def lines(said: Iterator[str]) -> str:
    """Each line made inert for a terminal."""
    return "".join(f"{terminal(line)}\n" for line in said)
