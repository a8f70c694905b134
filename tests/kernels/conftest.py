"""What the tests of the kernels share where the kernels run as plain Python (``NUMBA_DISABLE_JIT=1``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kernels.arrays import COMPILED

HERE = Path(__file__).parent
# Hashes wrap around on purpose; NumPy's own numbers say so, compiled ones do not.
WRAPS = pytest.mark.filterwarnings("ignore:overflow encountered in scalar:RuntimeWarning")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets unsigned integers of uncompiled kernels wrap around without a warning."""
    if not COMPILED:
        for item in items:
            if HERE in item.path.parents:
                item.add_marker(WRAPS)
