from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fitment.registry.checkpoints.formats.safetensors import BITS, LARGEST_HEADER, read, takes
from hypothesis import given
from hypothesis import strategies as st
from safetensors import deserialize
from safetensors.numpy import save

from tests.registry.checkpoints.models import safetensors_bytes

TENSOR = {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}


def read_bytes(content: bytes) -> Any:
    return read(io.BytesIO(content), len(content))


def test_tensors_are_those_of_the_library(tmp_path: Path) -> None:
    """Names, types, elements and bytes, in the order in which they lie there; a scalar has one element."""
    arrays = {
        "half": np.zeros((3, 5), np.float16),
        "scalar": np.array(1.0, np.float64),
        "none": np.zeros((0, 4), np.float32),
        "flags": np.zeros(7, np.bool_),
    }
    found = read_bytes(save(arrays, metadata={"format": "np"}))
    held = {tensor.name: (tensor.dtype, tensor.elements, tensor.size_bytes) for tensor in found.tensors}
    assert held == {
        "half": ("F16", 15, 30),
        "scalar": ("F64", 1, 8),
        "none": ("F32", 0, 0),
        "flags": ("BOOL", 7, 7),
    }
    assert takes("model.safetensors")
    assert not takes("model.safetensors.index.json")


def test_a_file_that_is_cut_off_is_refused_at_every_length() -> None:
    """Also within the length and the header; and one byte more is none of the file's."""
    whole = save({"a": np.arange(6, dtype=np.float32), "b": np.ones(3, np.float16)})
    for length in range(len(whole)):
        with pytest.raises(ValueError, match="is cut off"):
            read_bytes(whole[:length])
    with pytest.raises(ValueError, match="has 1 bytes behind its last tensor"):
        read_bytes(whole + b"\0")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (safetensors_bytes({"a": TENSOR}, b"", LARGEST_HEADER + 1), "has a header of 100,000,001 bytes"),
        (safetensors_bytes({"a": TENSOR}, b"", 1 << 63), "has a header of"),
        (safetensors_bytes(b"[1]"), "no JSON object"),
        (safetensors_bytes(b"{"), "no JSON"),
        (safetensors_bytes(b"\xff{}"), "no JSON"),
        (safetensors_bytes(b"[" * 200_000), "nested too deeply"),
        (safetensors_bytes(b'{"a": 1, "a": 2}'), "'a' is there twice"),
        (safetensors_bytes({"a": 1}), "'a' is no tensor"),
        (safetensors_bytes({"a": TENSOR | {"shape": 6}}, bytes(24)), "no shape"),
        (safetensors_bytes({"a": TENSOR | {"shape": [1] * 65}}, bytes(24)), "no shape"),
        (safetensors_bytes({"a": TENSOR | {"shape": [-2, -3]}}, bytes(24)), "no shape or place"),
        (safetensors_bytes({"a": TENSOR | {"shape": [True, 6]}}, bytes(24)), "no shape or place"),
        (safetensors_bytes({"a": TENSOR | {"data_offsets": [0, 2**63]}}, bytes(24)), "no shape or place"),
        (safetensors_bytes({"a": TENSOR | {"dtype": "F" * 41}}, bytes(24)), "'a' has no type"),
        (safetensors_bytes({"a": TENSOR | {"dtype": ["F32"]}}, bytes(24)), "'a' has no type"),
        (safetensors_bytes({"a": TENSOR | {"dtype": "F16"}}, bytes(24)), "F16 of 6 elements in 24 bytes"),
        (safetensors_bytes({"a": TENSOR, "b": TENSOR}, bytes(24)), "'b' overlaps with 'a'"),
        (safetensors_bytes({"a": TENSOR | {"data_offsets": [8, 32]}}, bytes(32)), "leaves a gap after"),
        (safetensors_bytes({"a": TENSOR | {"data_offsets": [24, 0]}}, bytes(24)), "contradicts itself"),
    ],
)
def test_a_header_that_lies_is_refused(content: bytes, expected: str) -> None:
    """In words that go on from the file's path."""
    with pytest.raises(ValueError, match=expected):
        read_bytes(content)


def test_a_new_type_is_kept_and_said() -> None:
    """Its bytes are in the header; whether they fit its elements nobody here knows."""
    found = read_bytes(safetensors_bytes({"a": TENSOR | {"dtype": "F31"}}, bytes(24)))
    assert [(tensor.dtype, tensor.elements, tensor.size_bytes) for tensor in found.tensors] == [
        ("F31", 6, 24)
    ]
    assert found.findings == ("has tensors of types that are not known here: F31",)


def test_a_packed_type_counts_its_bits() -> None:
    """Two elements of F4 to a byte."""
    header = {"a": {"dtype": "F4", "shape": [4, 8], "data_offsets": [0, 16]}}
    (tensor,) = read_bytes(safetensors_bytes(header, bytes(16))).tensors
    assert (tensor.elements, tensor.size_bytes) == (32, 16)


NUMBERS = st.one_of(st.integers(-2, 70), st.booleans(), st.floats(), st.just(2**64), st.text(max_size=2))
ENTRIES = st.fixed_dictionaries(
    {
        "dtype": st.one_of(st.sampled_from(sorted(BITS)), st.text(max_size=3), st.none()),
        "shape": st.one_of(st.lists(NUMBERS, max_size=3), st.none()),
        "data_offsets": st.one_of(
            st.lists(st.integers(0, 40), min_size=2, max_size=2), st.lists(NUMBERS, max_size=3)
        ),
    }
)
HEADERS = st.dictionaries(
    st.text('ab"\\\n', max_size=3), st.one_of(ENTRIES, st.just(TENSOR), NUMBERS), max_size=3
)


@given(HEADERS, st.binary(max_size=64))
def test_whatever_is_accepted_the_library_accepts(header: dict[str, Any], data: bytes) -> None:
    """A hostile header is refused in words, never in another way; what is not, the library reads too."""
    content = safetensors_bytes(json.dumps(header).encode(), data)
    try:
        found = read_bytes(content)
    except ValueError:
        return
    if found.findings:  # types that neither knows
        return
    theirs = {name: entry["dtype"] for name, entry in deserialize(content)}
    assert {tensor.name: tensor.dtype for tensor in found.tensors} == theirs


@given(st.binary(max_size=200))
def test_noise_is_refused_in_words(content: bytes) -> None:
    """Any bytes are a file or a ValueError."""
    try:
        read_bytes(content)
    except ValueError:
        return
