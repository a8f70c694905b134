"""Hypothesis strategies and settings for scores: deterministic, with every kind of missing value."""

from __future__ import annotations

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

# The same examples on every machine and in every order of tests.
deterministic = settings(max_examples=60)

MISSING = (np.nan, np.inf, -np.inf, 0.0, -0.0, -1.0)

measurements = st.floats(min_value=1e-6, max_value=1e12)
missing = st.sampled_from(MISSING)
weights = st.tuples(*[st.floats(min_value=0.0, max_value=1e3)] * 3).filter(lambda w: sum(w) > 1e-3)


def columns(size: int | st.SearchStrategy[int], *, complete: bool = False) -> st.SearchStrategy[np.ndarray]:
    """float64 columns of measurements, with missing values unless ``complete``."""
    elements = measurements if complete else st.one_of(measurements, measurements, measurements, missing)
    # A few distinct values, so that ties happen.
    return arrays(np.float64, size, elements=st.one_of(elements, st.sampled_from([1.0, 2.0, 4.0])))


@st.composite
def candidates(draw: st.DrawFn, *, complete: bool = False, min_size: int = 0) -> tuple[np.ndarray, ...]:
    """Throughput, latency, memory and n of one group's candidates."""
    size = draw(st.integers(min_size, 12))
    t, latency, m = (draw(columns(size, complete=complete)) for _ in range(3))
    return t, latency, m, draw(arrays(np.int64, size, elements=st.integers(0, 12)))
