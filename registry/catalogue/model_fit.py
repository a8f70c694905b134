"""Whether a model fits on a device: what its weights take at a precision, or what was measured.

Estimated need = parameters x bytes of the precision x 1.2: one fifth over the weights for activations, the
context and the runtime, at one request of moderate length. Source: EleutherAI, Transformer Math 101
(2023), total inference memory. Where the number of parameters isn't known, the published size stands in for
the weights, at whatever precision that is. Where results of the model at that precision are stored, their
least peak memory is the need, and nothing is added.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import UnknownNameError
from .hardware import GIB, REPORTED_SHARE, Ambiguous, match
from .near import listed

if TYPE_CHECKING:
    import duckdb

OVERHEAD = 1.2
BYTES: Mapping[str, float] = {
    **dict.fromkeys(("fp32", "tf32"), 4.0),
    **dict.fromkeys(("bf16", "fp16"), 2.0),
    **dict.fromkeys(("fp8", "int8"), 1.0),
    "int4": 0.5,
}
DEFAULT_PRECISION = "bf16"
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?(G|T)(i?)B", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Device:
    """What a model is to run on."""

    name: str
    memory_bytes: int  # that can be counted on
    basis: str  # in words, how it comes from what was asked
    on_cpu: bool = False


def device(asked: str) -> Device:
    """The device of the catalogue, or one of so much memory (``24GB``, ``24GiB``).

    Chips hold powers of two: the GB of data sheets and of sellers are GiB. Of memory as it is marketed nine
    tenths are counted on, as firmware and ECC take the rest; GiB are taken as they are said. Raises
    UnknownNameError for a name that could be several devices, or none, or one without memory of its own.
    """
    size = _SIZE.fullmatch(asked.strip())
    if size:
        return _of_size(
            asked.strip(), float(size[1]) * (1024 if size[2].lower() == "t" else 1), bool(size[3])
        )
    found = match(asked)
    if isinstance(found, Ambiguous):
        raise UnknownNameError(f"{found.in_words()}: name it in full, or say its memory, such as 24GB")
    if found is None:
        raise UnknownNameError(
            f'no device "{asked[:80]}" in the catalogue: `fitment hardware` lists them, or say its memory,'
            " such as 24GB"
        )
    if found.memory_gib is None or found.memory_basis == "largest":
        raise UnknownNameError(f"{found.name} shares the machine's memory: say how much it is, such as 64GB")
    share = REPORTED_SHARE[found.memory_basis][0]
    basis = f"{found.memory_gib:g} GiB as {found.memory_basis}, of which {share:.0%} are counted on"
    return Device(found.name, int(found.memory_gib * GIB * share), basis, found.kind == "cpu")


def _of_size(asked: str, gib: float, exact: bool) -> Device:
    share = 1.0 if exact else REPORTED_SHARE["marketed"][0]
    basis = (
        f"{gib:g} GiB" if exact else f"sold as {gib:g} GB = {gib:g} GiB, of which {share:.0%} are counted on"
    )
    return Device(asked, int(gib * GIB * share), basis)


def bytes_of(precision: str) -> float:
    """Bytes a weight at a precision. Raises UnknownNameError."""
    if precision not in BYTES:
        raise UnknownNameError(f'unknown precision "{precision[:40]}": there are {listed(BYTES)}')
    return BYTES[precision]


def estimated_bytes(parameters: int, precision: str) -> int:
    """What a model of so many parameters is taken to need. Raises UnknownNameError for the precision."""
    return int(parameters * bytes_of(precision) * OVERHEAD)


def measured_bytes(con: duckdb.DuckDBPyConnection, precision: str, *, on_cpu: bool = False) -> dict[str, int]:
    """The least peak memory of the ok results of each model that was measured at ``precision``, by its name.

    Of devices with memory of their own, or of CPUs; simulated and retracted results don't count.
    """
    rows = con.execute(
        """SELECT model, min(peak_memory_bytes) FROM current_results
           WHERE status = 'ok' AND provenance <> 'simulated' AND precision = $precision
               AND (device_kind = 'cpu') = $cpu AND peak_memory_bytes IS NOT NULL
           GROUP BY model ORDER BY model""",
        {"precision": precision, "cpu": on_cpu},
    ).fetchall()
    return {name: int(memory) for name, memory in rows}
