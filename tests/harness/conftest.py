"""What the tests that compile share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def inductor_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inductor's cache of this run of the suite, for all its workers: nothing of any other run is in it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "inductor"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def inductor_in_children(inductor_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What children compile goes into that cache.

    What the processor can do they take from its flags: inductor would try it out by compiling, which takes it
    longer than a small model.
    """
    monkeypatch.setenv("TORCHINDUCTOR_CACHE_DIR", str(inductor_cache))
    monkeypatch.setenv("TORCHINDUCTOR_VEC_ISA_OK", "1")
