"""The options that say what counts beside throughput, latency and memory, and with which weights."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...registry.answers import Price, Profile


def add_weighing(group: Any) -> None:
    """Adds ``--profile FILE``, ``--prices FILE``, ``--cost`` and ``--energy``; ``group`` as of argparse."""
    group.add_argument(
        "--profile",
        metavar="FILE",
        help="weights of your own in place of a task's: TOML, as in configs/tasks",
    )
    group.add_argument(
        "--prices",
        metavar="FILE",
        help="what devices cost, as CSV: shows the cost of 1,000 units in each row",
    )
    group.add_argument("--cost", action="store_true", help="weigh that cost, too; it needs --prices")
    group.add_argument("--energy", action="store_true", help="weigh the energy that a unit takes")


def own_profile(args: argparse.Namespace) -> Profile | None:
    """The profile in ``--profile``'s file. Raises ConfigError."""
    from ...registry.fit.profiles import read

    return read(Path(args.profile)) if args.profile is not None else None


def price_list(args: argparse.Namespace) -> tuple[Price, ...]:
    """The prices in ``--prices``' file, as of today. Raises ConfigError."""
    from ...registry.catalogue.prices import read

    return read(Path(args.prices), datetime.now(UTC).date()) if args.prices is not None else ()
