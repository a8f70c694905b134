"""A comparison of two stacks as a person reads it: the common shift, then what left it."""

from __future__ import annotations

import math

from .. import units
from ..changes.empirical_null import Shift
from ..changes.stack_change import StackComparison
from ..changes.stack_judgement import FALSE_DISCOVERY_RATE, FASTER, SLOWER, StackChange
from ..fit.configurations import label
from .document import Document, Section, Table

SHOWN = 10  # of each direction, where not everything is asked for
COLUMNS = ("model", "input", "configuration", "throughput", "ratio", "beyond the shift", "adjusted p")
LEAST_P = 0.001  # smaller ones say more of the normal distribution's tail than of the models
RIGHT = frozenset(("ratio", "adjusted p"))


def document(comparison: StackComparison, *, everything: bool = False) -> Document:
    """The comparison in words and rounded figures; the largest changes, or all of them."""
    one, other = comparison.first, comparison.second
    sections = [
        Section("What was compared", tuple(_compared(comparison))),
        Section("What the stack did to all", tuple(_shift(comparison))),
    ]
    for word in (FASTER, SLOWER):
        rows = [row for row in comparison.changed if row.judgement == word]
        if rows:
            sections.append(_changed(comparison, word, rows, everything=everything))
    sections.append(Section("Notes", tuple(_notes(comparison))))
    return Document(f"{comparison.hardware}: from {one.software} to {other.software}", tuple(sections))


def percent(ratio: float) -> str:
    """A ratio as a change: ``+5.0%``."""
    return f"{100.0 * (ratio - 1.0):+.1f}%"


def shift_in_words(shift: Shift) -> str:
    """``+5.0% [+4.6%, +5.5%]``; without limits where too few were compared for them."""
    if shift.low is None or shift.high is None:
        return percent(math.exp(shift.value))
    return (
        f"{percent(math.exp(shift.value))} [{percent(math.exp(shift.low))}, {percent(math.exp(shift.high))}]"
    )


def _compared(comparison: StackComparison) -> list[str]:
    left_out = comparison.common - comparison.equal_batch
    lines = [
        f"{comparison.common:,} common keys (model, input, every field of the configuration but the batch),"
        f" {comparison.equal_batch:,} of them at equal batch"
    ]
    if left_out:
        lines.append(
            f"{left_out:,} ran at different batches only: left out, as the batch moves the throughput"
        )
    lines.append(
        f"{comparison.only_first:,} keys ran under {comparison.first.software} alone,"
        f" {comparison.only_second:,} under {comparison.second.software} alone"
    )
    for count, word in ((comparison.now_fails, "now fail"), (comparison.now_runs, "now run")):
        if count:
            lines.append(f"{count:,} configurations {word}")
    return lines


def _shift(comparison: StackComparison) -> list[str]:
    shift = comparison.shift
    words = "the newer" if _newer(comparison) else "the second"
    certain = shift.low is not None and shift.high is not None and not shift.low <= 0.0 <= shift.high
    verdict = f": {words} stack is {'faster' if shift.value > 0 else 'slower'}" if certain else ""
    lines = [
        f"throughput {shift_in_words(shift)}, the median over {len(comparison.rows):,} with its exact 95 %"
        f" interval{verdict}"
    ]
    if not comparison.centred:
        lines.append("too few to tell it from what single models do: changes below hold it within them")
    return lines


def _newer(comparison: StackComparison) -> bool:
    from ..fit.stacks import release

    return release(comparison.second.torch) > release(comparison.first.torch)


def _changed(comparison: StackComparison, word: str, rows: list[StackChange], *, everything: bool) -> Section:
    shown = rows if everything else rows[:SHOWN]
    more = len(rows) - len(shown)
    than = "than that shift" if comparison.centred else "under the second stack"
    lines = (f"the {len(shown)} largest of {len(rows)}; --all shows every one",) if more else ()
    return Section(f"{len(rows):,} {word} {than}", lines, Table(COLUMNS, tuple(map(_cells, shown)), RIGHT))


def _cells(row: StackChange) -> tuple[str, ...]:
    shape = f"{row.scenario} {row.input_shape}" if row.scenario != "forward" else row.input_shape
    return (
        f"{row.model} {row.model_version}".rstrip(),
        shape,
        label(row.configuration),
        f"{units.number(row.throughput_1)} → {units.number(row.throughput_2)}",
        f"{row.ratio:.3f}",
        f"{percent(row.beyond)} [{percent(row.low)}, {percent(row.high)}]",
        f"{row.adjusted_p:.1g}" if row.adjusted_p >= LEAST_P else f"<{LEAST_P}",
    )


def _notes(comparison: StackComparison) -> list[str]:
    rows = comparison.rows
    named = " and ".join(sorted({row.throughput_unit for row in rows}))
    bases = {basis: sum(row.basis == basis for row in rows) for basis in dict.fromkeys(r.basis for r in rows)}
    lines = [
        f"throughput in {named}; ratio: second over first;"
        " beyond the shift: that ratio over the common one, with its 95 % interval",
        f"adjusted p (Benjamini–Hochberg): of all that is called faster or slower, at most"
        f" {FALSE_DISCOVERY_RATE:.0%} are expected to be noise",
    ]
    for basis, count in bases.items():
        lines.append(f"{basis}: {count:,} of {len(rows):,}{_noise(comparison, basis)}")
    return lines


def _noise(comparison: StackComparison, basis: str) -> str:
    if basis == "processes":
        return "; the noise is what the processes of each side spread"
    if comparison.sd is None:
        return "; too few to learn it from, so the store's own noise stands for it"
    return f"; it is what the changes scatter about their median, {100 * comparison.sd:.1f}% (1.4826 · MAD)"
