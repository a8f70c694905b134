"""The catalogue as people ask for it: all of it or one device, with the results' hardware that it is."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import UnknownNameError
from .hardware import Ambiguous, CatalogueEntry, catalogue, match, of_name

TERA, GIGA = 1e12, 1e9


@dataclass(frozen=True, slots=True)
class KnownHardware:
    """One entry in the units of data sheets; None = not stated. ``results``: stored hardware that is it."""

    name: str
    vendor: str
    kind: str
    arch: str
    aliases: str  # joined by "; "
    memory_gib: float | None
    memory_basis: str
    fp32_tflops: float | None
    tf32_tflops: float | None
    fp16_tflops: float | None
    bf16_tflops: float | None
    fp8_tflops: float | None
    int8_tops: float | None
    bandwidth_gb_s: float | None
    tdp_w: float | None
    cores: int | None
    confidence: str
    source: str
    note: str
    results: str  # joined by "; "


def known_hardware(stored: Sequence[str], asked: str | None = None) -> tuple[KnownHardware, ...]:
    """All entries, or the one of a name; ``stored`` is the hardware that there are results of.

    Raises UnknownNameError for a name that is none of them, with what it could be.
    """
    entries = catalogue() if asked is None else (_one(asked),)
    of_entry: dict[str, list[str]] = {}
    for name in stored:
        found = match(name)
        if isinstance(found, CatalogueEntry):
            of_entry.setdefault(found.name, []).append(name)
    return tuple(_known(entry, tuple(of_entry.get(entry.name, ()))) for entry in entries)


def unmatched(stored: Sequence[str]) -> tuple[str, ...]:
    """The hardware that is not in the catalogue."""
    return tuple(name for name in stored if not isinstance(match(name), CatalogueEntry))


def _one(asked: str) -> CatalogueEntry:
    found = match(asked)
    if isinstance(found, CatalogueEntry):
        return found
    if isinstance(found, Ambiguous):
        raise UnknownNameError(f"{found.in_words()}: write its whole name")
    others = [entry.name for entry in of_name(asked)]
    if others:
        raise UnknownNameError(
            f'"{asked}" is not in the catalogue: it has {" and ".join(others)}, which is another size'
        )
    names = {name.lower(): entry.name for entry in catalogue() for name in (entry.name, *entry.aliases)}
    near = difflib.get_close_matches(asked.lower()[:200], names, n=1)
    hint = f"did you mean {names[near[0]]}?" if near else "`fitment hardware` lists it"
    raise UnknownNameError(f'"{asked}" is not in the catalogue: {hint}')


def _known(e: CatalogueEntry, results: tuple[str, ...]) -> KnownHardware:
    peaks = {precision: value / TERA for precision, value in e.peaks}
    return KnownHardware(
        name=e.name,
        vendor=e.vendor,
        kind=e.kind,
        arch=e.arch,
        aliases="; ".join(e.aliases),
        memory_gib=e.memory_gib,
        memory_basis=e.memory_basis,
        fp32_tflops=peaks.get("fp32"),
        tf32_tflops=peaks.get("tf32"),
        fp16_tflops=peaks.get("fp16"),
        bf16_tflops=peaks.get("bf16"),
        fp8_tflops=peaks.get("fp8"),
        int8_tops=peaks.get("int8"),
        bandwidth_gb_s=None if e.bytes_per_s is None else e.bytes_per_s / GIGA,
        tdp_w=e.tdp_w,
        cores=e.cores,
        confidence=e.confidence,
        source=e.source,
        note=e.note,
        results="; ".join(results),
    )
