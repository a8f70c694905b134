"""The measured roofline of a device, one precision after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import torch

from ...registry.records import Ceiling
from .. import names
from . import products, triad
from .rate import Rate, rate

SIZES = (512, 1024, 2048, 4096, 8192, 16384)
LONGEST_PRODUCT_S = 0.25
MOST_OF_FREE = 1 / 4  # of the device's memory, for both factors and the product
LARGEST_ELEMENT = 4  # bytes


def ceilings(device: str, precisions: Sequence[str], enter: Callable[[str], None]) -> Iterator[Ceiling]:
    """What each of ``precisions`` reaches on ``device``; ``enter`` hears what is measured next.

    A precision that the device lacks is there with its reason.
    """
    kind = device.partition(":")[0]
    memory: dict[torch.dtype, Ceiling] = {}  # fp32 and tf32 move the same bytes
    for precision in precisions:
        enter(precision)
        dtype = products.ARITHMETIC[precision]
        reason = products.unsupported(precision, kind)
        if reason is not None:
            yield Ceiling(precision, detail=reason)
            continue
        if dtype not in memory:
            memory[dtype] = _triad(precision, dtype, device)
        yield _with_product(precision, device, memory[dtype])


def _with_product(precision: str, device: str, memory: Ceiling) -> Ceiling:
    """Both sides; a side that torch has no kernel for is missing, with torch's reason."""
    best, size, reason = _best_product(precision, device)
    return Ceiling(
        precision,
        operations_per_s=best.per_s * operations(size) if best else None,
        operations_spread=best.spread if best else None,
        product_size=size if best else None,
        bytes_per_s=memory.bytes_per_s,
        bytes_spread=memory.bytes_spread,
        buffer_bytes=memory.buffer_bytes,
        detail="; ".join(filter(None, (reason, memory.detail))) or None,
    )


def operations(size: int) -> int:
    """Multiplications and additions of a square product, as everybody counts them."""
    return 2 * size**3


def _best_product(precision: str, device: str) -> tuple[Rate | None, int, str | None]:
    """The best rate, the size that gave it, and why the sizes ended early if it was not for time."""
    best: Rate | None = None
    best_size = 0
    try:
        for size in SIZES:
            if not _fits(size, device) or (best and _expected_s(best, best_size, size) > LONGEST_PRODUCT_S):
                break
            found = rate(products.product(precision, size, device), _synchronise(device))
            if best is None or found.per_s * operations(size) > best.per_s * operations(best_size):
                best, best_size = found, size
    except RuntimeError as error:  # no kernel, or no memory
        return best, best_size, f"no product of {size} rows: {_first_line(error)}"
    return best, best_size, None


def _expected_s(best: Rate, best_size: int, size: int) -> float:
    return operations(size) / operations(best_size) / best.per_s


def _fits(size: int, device: str) -> bool:
    free = names.load("devices", device.partition(":")[0]).free_memory_bytes(device)
    return free is None or 3 * size**2 * LARGEST_ELEMENT <= free * MOST_OF_FREE


def _triad(precision: str, dtype: torch.dtype, device: str) -> Ceiling:
    """The memory's side alone."""
    size, short = triad.buffer_bytes(device)
    try:
        found = rate(triad.triad(dtype, size, device), _synchronise(device))
    except RuntimeError as error:
        return Ceiling(precision, detail=f"no triad: {_first_line(error)}")
    finally:
        names.load("devices", device.partition(":")[0]).empty_cache(device)
    return Ceiling(
        precision,
        bytes_per_s=found.per_s * triad.ARRAYS * size,
        bytes_spread=found.spread,
        buffer_bytes=size,
        detail=short,
    )


def _synchronise(device: str) -> Callable[[], None]:
    kind = names.load("devices", device.partition(":")[0])
    return lambda: kind.synchronise(device)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200]
