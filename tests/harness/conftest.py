"""What the tests that compile share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def inductor_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inductor's cache of this run of the suite, for all its workers: nothing of any other run is in it.

    What the processor can do inductor finds out by compiling, which takes it longer than a small model, and
    once for each cache.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "inductor"
    folder.mkdir(exist_ok=True)
    return folder
