"""What ``recommend`` may answer with: limits, the hardware that there is, a rate to reach."""

from __future__ import annotations

import argparse
import math
import re
from typing import Any, NamedTuple

NUMBER = r"[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?"
RATE = re.compile(rf"({NUMBER})\s*([A-Za-z]\w*)?\s*/\s*([A-Za-z]+)")
SECONDS = {"s": 1, "min": 60, "h": 3600}


def add_bounds(parser: argparse.ArgumentParser) -> None:
    """Adds the options, under a heading of their own."""
    group = parser.add_argument_group(
        "what may be recommended", "limits change no score; --available is part of the question"
    )
    group.add_argument("--max-latency-ms", type=above_0, metavar="MS", help="of one step of the batch")
    group.add_argument("--max-memory-mb", type=above_0, metavar="MB", help="peak, 1 MB = 1e6 bytes")
    group.add_argument(
        "--min-throughput", type=above_0, metavar="T", help="units per second, such as samples/s"
    )
    group.add_argument(
        "--target-rate",
        type=rate,
        metavar="RATE",
        help="say how many devices reach it: 500/s, 30000/min, 1e6/h",
    )
    group.add_argument(
        "--available",
        action="append",
        metavar="NAME",
        help="compare this hardware alone: a name or whole words of one; repeatable, or separated by commas",
    )
    group.add_argument(
        "--missing",
        choices=("renormalise", "pessimistic", "require"),
        default="renormalise",
        help="a criterion that some candidate lacks is dropped for all (the default), counts there as the"
        " lowest score that another has, or leaves that candidate out",
    )


def bounds(args: argparse.Namespace) -> dict[str, Any]:
    """The fields of a Question that they fill, in SI base units."""
    per_second, unit = args.target_rate or (None, None)
    return {
        "max_latency_s": None if args.max_latency_ms is None else args.max_latency_ms / 1e3,
        "max_memory_bytes": None if args.max_memory_mb is None else args.max_memory_mb * 1e6,
        "min_throughput": args.min_throughput,
        "target_rate": per_second,
        "target_unit": unit,
        "available": tuple(args.available or ()),
        "missing": args.missing,
    }


def above_0(text: str) -> float:
    """A finite number above 0, for argparse."""
    value = float(text) if re.fullmatch(NUMBER, text) else math.nan
    if not 0.0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"a finite number above 0 is needed, not {text[:40]!r}")
    return value


class Rate(NamedTuple):
    """How many a second, of what; its text is one that ``rate`` reads."""

    per_second: float
    unit: str | None

    def __str__(self) -> str:
        return f"{self.per_second:.17g}{f' {self.unit}' if self.unit else ''}/s"


def rate(text: str) -> Rate:
    """``500/s``, ``30000 samples/min`` or ``1e6/h`` as (per second, "samples" or None), for argparse."""
    found = RATE.fullmatch(text.strip())
    if found is None or found[3] not in SECONDS:
        raise argparse.ArgumentTypeError(
            f"a rate per s, min or h is needed, such as 500/s or 30000/min, not {text[:40]!r}"
        )
    per_second = above_0(found[1]) / SECONDS[found[3]]
    if per_second == 0.0:
        raise argparse.ArgumentTypeError(f"a finite number above 0 is needed, not {text[:40]!r}")
    return Rate(per_second, found[2])
