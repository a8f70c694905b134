"""What all tests share."""

from __future__ import annotations

import fcntl
import gc
import os
import signal
from importlib import import_module
from pathlib import Path

import fitment.kernels
import pytest
from hypothesis import settings

# The same examples in every run, and no deadline: an example's time is the machine's.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


@pytest.fixture(scope="session", autouse=True)
def _signals_arrive() -> None:
    """A shell ignores Ctrl-C for what it starts in the background, nohup ignores SIGHUP, and children inherit
    that: a test that sends them one would wait for ever. What is handled is not inherited.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda number, frame: None)


@pytest.fixture(scope="session", autouse=True)
def _no_terminal_is_wide() -> None:
    """A parallel run tells its workers a width of the terminal; reports take it for the width asked for."""
    os.environ.pop("COLUMNS", None)


def pytest_collection() -> None:
    """Workers share what is to be compiled. No garbage is looked for in what is imported after that."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        _compile_in_turns()
    gc.disable()


def pytest_collection_finish() -> None:
    """What the tests leave behind is looked for."""
    gc.enable()


def _compile_in_turns() -> None:
    """Compiles each kernel in one of the workers, where each would compile them all by itself."""
    files = [
        path for path in Path(fitment.kernels.__path__[0]).glob("*.py") if "@kernel(" in path.read_text()
    ]
    # What another is at comes last, from the cache.
    for lock in (fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_EX):
        for path in sorted(files, key=lambda path: -path.stat().st_size):
            with path.open() as source:
                try:
                    fcntl.flock(source, lock)
                except BlockingIOError:
                    continue
                import_module(f"fitment.kernels.{path.stem}")
