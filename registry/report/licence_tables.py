"""Tables over many licence verdicts: a product's parts in pairs, and known against given answers."""

from __future__ import annotations

from collections.abc import Callable

from ..licences.check import DISCLAIMER
from ..licences.evaluation import Answered, Evaluation
from ..licences.product import Part, Product
from ..licences.verdicts import Judged, Verdict
from .listing import shown, table
from .text import terminal

WHY = {
    "of": lambda row: row[0],
    "verdict": lambda row: row[1].verdict.value,
    "because": lambda row: because(row[1]),
}


def product_text(found: Product) -> str:
    """Each part into the product with its reason, then every pair: a row goes out, a column comes in."""
    into = "the product" if found.outbound is None else found.outbound
    rows = [(_named(part), judged) for part, judged in zip(found.parts, found.alone, strict=True)]
    lines = [terminal(f"{found.relation} into {into}"), shown(table(rows, WHY)).rstrip("\n")]
    if found.pairs:
        lines += ["in pairs: a row's licence outbound, a column's inbound", _pairs(found)]
    needs = dict.fromkeys(need for judged in found.alone for need in judged.needs)
    if needs:
        lines += ["needs:", *(f"  - {terminal(need)}" for need in needs)]
    return "\n".join([*lines, DISCLAIMER]) + "\n"


def evaluation_text(found: Evaluation) -> str:
    """The confusion matrix with the recall of each class, what was unsafe, and each miss with its reasons."""
    recall = found.recall
    columns: dict[str, Callable[[Verdict], object]] = {"expected": lambda known: known.value}
    for given in Verdict:
        columns[given.value] = lambda known, given=given: found.counts[known][given]  # type: ignore[misc]
    columns["recall"] = lambda known: "" if recall[known] is None else f"{recall[known]:.3f}"
    lines = [shown(table(list(Verdict), columns)).rstrip("\n")]
    right = len(found.answers) - len(found.misses)
    lines.append(
        f"{right} of {len(found.answers)} right; incompatible or unknown answered compatible: {found.unsafe}"
    )
    lines += [terminal(line) for miss in found.misses for line in _miss(miss)]
    return "\n".join([*lines, found.data_version, DISCLAIMER]) + "\n"


def because(judged: Judged) -> str:
    """The first reason, with its section."""
    reason = judged.reasons[0]
    where = f" ({reason.licence} {reason.section})" if reason.section else ""
    return f"{reason.text}{where}"


def _pairs(found: Product) -> str:
    verdicts = {(out, into): judged.verdict.value for out, into, judged in found.pairs}
    columns: dict[str, Callable[[int], object]] = {"outbound": lambda out: _named(found.parts[out])}
    for into, part in enumerate(found.parts):
        columns[f"{into + 1} {_named(part)}"] = lambda out, into=into: verdicts.get((out, into))  # type: ignore[misc]
    return shown(table(list(range(len(found.parts))), columns)).rstrip("\n")


def _named(part: Part) -> str:
    return part.name if part.licence == part.name else f"{part.name} ({part.licence or 'no licence'})"


def _miss(miss: Answered) -> list[str]:
    case = miss.case
    asked = f"line {case.line}: {case.relation} of {case.inbound} into {case.outbound or '-'}"
    return [
        f"{asked}: expected {case.expected}, answered {miss.judged.verdict}",
        *(f"  {reason.effect}: {reason.text}" for reason in miss.judged.reasons[:2]),
    ]
