"""``fitment`` on a CPU that is known beforehand: asking a machine what it has costs a child that loads torch.

Run as a program, ``python -P known_cpu.py VERB ...``, for tests that need a sweep in a process of its own.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fitment.harness.cli import main, sweep
from fitment.harness.probe import Machine, ProbedDevice
from fitment.registry.records import Environment

COMMAND = [sys.executable, "-P", str(Path(__file__).resolve())]
CPU = ProbedDevice("cpu", "cpu", "a cpu", Environment("cpu", "a cpu"), {"fp32": None}, {"eager": None})


class WithoutPandas:
    """A finder that says that pandas is not installed: for users it need not be, and Arrow would load it."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Nothing, for others to look. Raises ModuleNotFoundError for pandas."""
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


if __name__ == "__main__":
    sys.meta_path.insert(0, WithoutPandas)
    sweep.probe = lambda: Machine((CPU,))  # type: ignore[assignment]
    sys.exit(main.main())
