"""What the tests of the kernels share where the kernels run as plain Python (``NUMBA_DISABLE_JIT=1``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kernels.arrays import COMPILED

HERE = Path(__file__).parent
# On purpose hashes wrap around and 0 / 0 is missing: NumPy's own numbers warn of it, compiled ones do not.
NUMBERS = pytest.mark.filterwarnings(
    "ignore:(overflow|invalid value|divide by zero) encountered:RuntimeWarning"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets uncompiled kernels compute as the compiled ones do, without warnings."""
    if not COMPILED:
        for item in items:
            if HERE in item.path.parents:
                item.add_marker(NUMBERS)
