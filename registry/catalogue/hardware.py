"""What is known of a device without measuring it: its peaks, memory, bandwidth and power, from the catalogue.

The catalogue is ``configs/hardware/catalogue.csv``. A device is found by its whole name or an alias, and by
its memory where that is known; part of a name only says which entries it could be, even where it is one.

Memory: chips hold powers of two, so the GB of data sheets are GiB, whatever the row says they are
(``memory_basis``): ``marketed`` before firmware and ECC take up to a tenth, ``reported`` as drivers do,
``largest`` the most that is sold with a chip that shares the machine's memory.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...configs import path

GIB = 1 << 30
# The share of an entry's memory that a device of that kind reports, from the least to the most.
REPORTED_SHARE = {"marketed": (0.90, 1.02), "reported": (0.97, 1.03), "largest": (0.0, 1.02)}
PRECISIONS = ("fp32", "tf32", "fp16", "bf16", "fp8", "int8")
VENDOR_WORDS = frozenset(
    {"nvidia", "amd", "intel", "google", "apple", "corporation", "cpu", "gpu", "processor"}
    | {"geforce", "tesla", "radeon", "instinct"}
)
_MARKS = re.compile(r"\((?:r|tm|c)\)|\b\d+th gen\b|@ ?[\d.]+ ?ghz|\b\d+-core\b")
_SIZE = re.compile(r"\b(\d+) ?gi?b\b")
# As harness/devices name a device class: "NVIDIA A100-SXM4-40GB, 40 GiB, MIG 1g.5gb", "Xeon E5, 8 cores".
_CLASS = re.compile(r"(?P<name>.+?)(?:, (?P<gib>\d+) GiB)?(?:, (?P<cores>\d+) cores?)?(?P<mig>, MIG .+)?")


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One device. Figures are of data sheets or derived from them, never measured; None = not stated."""

    name: str
    vendor: str
    kind: str  # "gpu" | "cpu" | "hpu" | "tpu"
    arch: str
    aliases: tuple[str, ...]
    peaks: tuple[tuple[str, float], ...]  # (precision, dense operations/s; int8: OP/s), where stated
    memory_gib: float | None
    memory_basis: str  # "marketed" | "reported" | "largest" | "": the machine's, not the device's
    bytes_per_s: float | None
    tdp_w: float | None
    cores: int | None  # of a CPU: its figures are those of all of them
    confidence: str  # "read" | "mixed" | "derived" | "unverified"
    source: str
    note: str

    @property
    def memory_bytes(self) -> int | None:
        """What is on the device; None where it shares the machine's memory."""
        on_device = self.memory_gib is not None and self.memory_basis != "largest"
        return round((self.memory_gib or 0.0) * GIB) if on_device else None

    def peak(self, precision: str) -> float | None:
        """Dense operations/s in one of PRECISIONS."""
        return dict(self.peaks).get(precision)

    def fits(self, memory_bytes: int | None) -> bool:
        """Whether a device with that memory can be this one; None says nothing against it."""
        if memory_bytes is None or self.memory_gib is None:
            return True
        low, high = REPORTED_SHARE[self.memory_basis]
        return low * self.memory_gib <= memory_bytes / GIB <= high * self.memory_gib


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that is none of the catalogue's, and what it could be."""

    asked: str
    entries: tuple[CatalogueEntry, ...]

    def in_words(self) -> str:
        """``"A100" could be A100 SXM 80GB, A100 PCIe 80GB or A100 SXM 40GB``."""
        names = [entry.name for entry in self.entries]
        listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        return f'"{self.asked}" could be {listed}'


Match = CatalogueEntry | Ambiguous | None


@functools.cache
def catalogue() -> tuple[CatalogueEntry, ...]:
    """All entries, in the file's order."""
    with path("hardware/catalogue.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_entry(row) for row in csv.DictReader(file))


@functools.lru_cache(maxsize=4096)
def match(name: str, memory_bytes: int | None = None) -> Match:
    """The entry of a device's name or device class (``NVIDIA GeForce RTX 4090, 24 GiB``), if it has one.

    ``memory_bytes`` is what the device reports; a size in the class stands in for it. None for a MIG slice,
    for a part of a CPU's cores and for another memory size: their figures are not the entry's.
    """
    device = _CLASS.fullmatch(" ".join(name.split()))
    if device is None or device["mig"]:
        return None
    bare, cores = device["name"], int(device["cores"]) if device["cores"] else None
    size = int(device["gib"]) * GIB if memory_bytes is None and device["gib"] else memory_bytes
    possible = [e for e in catalogue() if e.fits(size) and cores in (None, e.cores)]
    exact = [e for e in possible if key(bare) in _keys(e)]
    if len(exact) == 1 and (size is not None or not _size_left_open(bare, exact[0])):
        return exact[0]
    found = exact or [e for e in possible if words(bare) and words(bare) <= _all_words(e)]
    return Ambiguous(name, tuple(found)) if found else None


def of_name(name: str) -> tuple[CatalogueEntry, ...]:
    """The entries of that name or alias, whatever their memory or cores."""
    device = _CLASS.fullmatch(" ".join(name.split()))
    return tuple(e for e in catalogue() if device is not None and key(device["name"]) in _keys(e))


def words(name: str) -> frozenset[str]:
    """The words of a name that tell devices apart: no vendors, marks or clocks; ``80 GB`` is ``80gb``."""
    return frozenset(_words(name))


def key(name: str) -> str:
    """The words of a name in one: ``NVIDIA GeForce RTX 4090`` and ``rtx4090`` are the same."""
    return "".join(_words(name))


def _words(name: str) -> Sequence[str]:
    text = _SIZE.sub(r"\1gb", _MARKS.sub(" ", name.lower()))
    return [word for word in re.findall(r"[a-z0-9+]+", text) if word not in VENDOR_WORDS]


def _size_left_open(asked: str, entry: CatalogueEntry) -> bool:
    """Whether the entry's own name states a size, so that there are others, and ``asked`` states none."""
    return bool(_SIZE.search(entry.name.lower())) and not _SIZE.search(asked.lower())


@functools.cache
def _keys(entry: CatalogueEntry) -> frozenset[str]:
    return frozenset(key(name) for name in (entry.name, *entry.aliases))


@functools.cache
def _all_words(entry: CatalogueEntry) -> frozenset[str]:
    return frozenset().union(*(words(name) for name in (entry.name, *entry.aliases)))


def _entry(row: dict[str, str]) -> CatalogueEntry:
    units = {precision: "tops" if precision == "int8" else "tflops" for precision in PRECISIONS}
    stated = {precision: row[f"{precision}_{unit}"] for precision, unit in units.items()}
    return CatalogueEntry(
        name=row["name"],
        vendor=row["vendor"],
        kind=row["kind"],
        arch=row["arch"],
        aliases=tuple(alias.strip() for alias in row["aliases"].split(";")),
        peaks=tuple((precision, float(value) * 1e12) for precision, value in stated.items() if value),
        memory_gib=_number(row["memory_gib"]),
        memory_basis=row["memory_basis"],
        bytes_per_s=_number(row["bandwidth_gb_s"], 1e9),
        tdp_w=_number(row["tdp_w"]),
        cores=int(row["cores"]) if row["cores"] else None,
        confidence=row["confidence"],
        source=row["source"],
        note=row["note"],
    )


def _number(text: str, unit: float = 1.0) -> float | None:
    return float(text) * unit if text else None
