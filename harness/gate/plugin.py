"""The pytest plugin ``--fitment-gate``. It imports nothing of fitment before it is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

REQUEST = "FITMENT_GATE_REQUEST"  # request.VARIABLE, which would have to be imported

OLDEST_PYTEST = 8

# Option, what it takes (None: a flag), help. All of them need --fitment-gate.
_OPTIONS = (
    ("base", "REV", "the git revision that head is compared with, side by side"),
    ("baseline", "NAME|FILE", "what was recorded earlier: `fitment gate record`, or --benchmark-json's file"),
    ("pairs", "N", "pairs of processes at first, 8 or more (default: 8)"),
    (
        "threshold",
        "CHANGE",
        "the least change of a time that counts, as 2%% (default: by machine and device)",
    ),
    ("machine", "quiet|shared", "whether the machine is ours alone (default: shared)"),
    (
        "strict",
        None,
        "exit with 6 where anything is open: inconclusive, too noisy, not measured, new, removed",
    ),
    (
        "instructions",
        "auto|callgrind",
        "count them by the processor where it can (auto, the default), or by valgrind, which is slow",
    ),
    ("report", "FILE", "also write the verdicts to FILE, .json or .md; may be given again"),
    ("store", "DIR", "the folder of history and baselines (default: .fitment-gate in the rootdir)"),
    ("seed", "N", "of the order of the benchmarks (default: 0)"),
    ("timeout", "SECONDS", "that one process of benchmarks may take (default: 600)"),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds ``--fitment-gate`` and the options that go with it."""
    group = parser.getgroup("fitment", "fitment: a regression gate on pytest-benchmark")
    group.addoption(
        "--fitment-gate",
        action="store_true",
        default=False,
        help="after the tests, run the benchmarks in fresh processes against a revision or a baseline",
    )
    for name, metavar, text in _OPTIONS:
        takes = {"action": "store_true"} if metavar is None else {"metavar": metavar}
        if name == "report":
            takes["action"] = "append"
        group.addoption(f"--fitment-{name}", default=None, help=text, **takes)


@pytest.hookimpl(hookwrapper=True, tryfirst=True)  # the older kind: an old pytest must be able to load it
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> Iterator[None]:
    """In a process that a gate started, adds what must win over the arguments that its parent was given."""
    if REQUEST in os.environ:
        from . import in_child

        in_child.prepare(early_config, args)
    yield


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Registers what was asked for. Raises pytest.UsageError."""
    if config.option.fitment_gate and int(pytest.__version__.partition(".")[0]) < OLDEST_PYTEST:
        raise pytest.UsageError(
            f"--fitment-gate needs pytest {OLDEST_PYTEST} or newer: this is {pytest.__version__}"
        )
    if hasattr(config, "fitment_request"):
        from . import in_child

        in_child.register(config)
    elif config.option.fitment_gate and hasattr(config, "workerinput"):  # a worker of xdist
        from . import untimed

        untimed.register(config)
    elif config.option.fitment_gate:
        from . import in_parent

        in_parent.register(config)
    else:
        _check_unasked(config)


def _check_unasked(config: pytest.Config) -> None:
    for name, _, _ in _OPTIONS:
        if getattr(config.option, f"fitment_{name}") is not None:
            raise pytest.UsageError(f"--fitment-{name} needs --fitment-gate beside it")
