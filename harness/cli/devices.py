"""``fitment devices``: show what this machine has and can run."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from ...registry.errors import DONE
from ...registry.report import units
from ...registry.report.screen import show
from ...registry.report.tables import facts_table
from ..probe import ProbedDevice, probe


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: a machine is what it is."""


def run(args: argparse.Namespace) -> int:
    """The exit code."""
    for device in probe().devices:
        show(facts_table(device.name, ("what", "value"), list(_facts(device))))
    return DONE


def _facts(device: ProbedDevice) -> Iterator[tuple[str, str]]:
    environment = device.environment
    yield "hardware", device.hardware
    yield "environment", environment.id
    yield "memory", units.size(environment.device_memory_bytes)
    for label, value in (
        ("driver", environment.driver),
        ("cuda", environment.cuda),
        ("torch", environment.torch),
        ("python", environment.python),
        ("governor", environment.governor),
        ("threads", environment.thread_settings),
    ):
        yield label, value or units.ABSENT
    yield from _capabilities("precision", device.precisions)
    yield from _capabilities("compile mode", device.compile_modes)


def _capabilities(noun: str, reasons: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    yield f"{noun}s", ", ".join(name for name, reason in reasons.items() if reason is None) or units.ABSENT
    for name, reason in reasons.items():
        if reason is not None:
            yield f"no {name}", reason
