from __future__ import annotations

import subprocess
import sys

import pytest
from fitment.registry import lineage


def test_every_name_is_there() -> None:
    """Each is what its file defines, and a name that is none is an error."""
    for name in lineage.__all__:
        found = getattr(lineage, name)
        assert name.isupper() or found.__name__ == name
        assert name in dir(lineage)
    with pytest.raises(AttributeError, match="nothing"):
        _ = lineage.nothing


def test_importing_it_loads_nothing() -> None:
    """Not even NumPy, until something is asked for."""
    code = "import sys, fitment.registry.lineage; print({'numpy', 'duckdb', 'numba'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out == "set()\n"
