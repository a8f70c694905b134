from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import pytest
from fitment.registry.checkpoints.facts import Tensor
from fitment.registry.checkpoints.formats.gguf import read, takes
from gguf import GGUFEndian
from hypothesis import given
from hypothesis import strategies as st

from tests.registry.checkpoints.models import write_gguf


def read_bytes(content: bytes) -> Any:
    return read(io.BytesIO(content), len(content))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small file as the library writes it."""
    return write_gguf(tmp_path_factory.mktemp("gguf") / "x.gguf", words=5).read_bytes()


def written(*parts: tuple[str, Any] | bytes) -> bytes:
    """Bytes from struct formats and values, and as they are."""
    return b"".join(p if isinstance(p, bytes) else struct.pack(f"<{p[0]}", p[1]) for p in parts)


def text(value: str) -> bytes:
    return written(("Q", len(value)), value.encode())


def gguf(
    pairs: list[bytes], infos: list[bytes], data: int = 0, *, magic: bytes = b"GGUF", version: int = 3
) -> bytes:
    """A file of any header, with ``data`` bytes behind it."""
    head = written(magic, ("I", version), ("Q", len(infos)), ("Q", len(pairs)), *pairs, *infos)
    return head + bytes(-len(head) % 32) + bytes(data)


def info(name: str, shape: list[int], kind: int = 0, offset: int = 0) -> bytes:
    return written(
        text(name), ("I", len(shape)), *(("Q", size) for size in shape), ("I", kind), ("Q", offset)
    )


def test_a_file_says_what_it_is(whole: bytes) -> None:
    """Tensors with unpacked elements and the bytes of their blocks; architecture, name, licence, mixture."""
    found = read_bytes(whole)
    assert found.tensors == (
        Tensor("token_embd.weight", "F32", 96, 384),
        Tensor("output.weight", "Q8_0", 64, 68),
    )
    assert found.said == {
        "architecture": "llama",
        "name": "Tiny",
        "licence": "apache-2.0",
        "quantisation": "Q8_0",
    }
    assert takes("x.Q4_K_M.gguf")
    assert not takes("x.safetensors")


def test_the_larger_end_may_come_first(tmp_path: Path, whole: bytes) -> None:
    """The same facts from a big-endian file."""
    swapped = write_gguf(tmp_path / "x.gguf", words=5, endian=GGUFEndian.BIG).read_bytes()
    assert swapped != whole
    assert read_bytes(swapped) == read_bytes(whole)


def test_a_file_that_is_cut_off_is_refused_at_every_length(whole: bytes) -> None:
    """Within magic, counts, values, infos and data; what pads the last tensor may be missing."""
    found = read_bytes(whole)
    end = len(whole) - 32 + 68 % 32  # two blocks of Q8_0 end 4 bytes into the last 32
    for length in range(end):
        with pytest.raises(ValueError, match=r"is cut off|no GGUF file"):
            read_bytes(whole[:length])
    assert read_bytes(whole[:end]) == found


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (gguf([], [], magic=b"GGML"), "is no GGUF file: it begins with b'GGML'"),
        (gguf([], [], version=1), "is GGUF of version 1"),
        (
            written(b"GGUF", ("I", 3), ("Q", 1 << 60), ("Q", 0)),
            "says that it has 1,152,921,504,606,846,976 tensors",
        ),
        (written(b"GGUF", ("I", 3), ("Q", 0), ("Q", 1 << 60)), "key-values"),
        (written(b"GGUF", ("I", 3), ("Q", 0), ("Q", 1), ("Q", 1 << 60)), "a text of"),
        (gguf([text("k") + written(("I", 13))], []), "a value of the type 13"),
        (
            gguf([text("k") + written(("I", 9), ("I", 8), ("Q", 1 << 60))], []),
            "1,152,921,504,606,846,976 values",
        ),
        (gguf([text("k") + written(("I", 9), ("I", 0), ("Q", 1 << 60))], []), "values are to follow"),
        (gguf([text("k") + written(("I", 9)) + written(("I", 9), ("Q", 1)) * 9], []), "nested too deeply"),
        (gguf([text("k") + written(("I", 9), ("I", 8), ("Q", 1), ("Q", 1 << 62))], []), "is cut off"),
        (gguf([text("k") + written(("I", 0), ("B", 1))] * 2, []), "the key 'k' twice"),
        (gguf([text("general.alignment") + written(("I", 4), ("I", 24))], []), "no power of two"),
        (gguf([text("general.alignment") + written(("I", 7), ("B", 1))], []), "no power of two"),
        (gguf([], [info("a", [1] * 9)]), "9 dimensions"),
        (gguf([], [info("a", [33], kind=8)], 64), "not whole blocks of Q8_0"),
        (gguf([], [info("a", [4]), info("a", [4], offset=32)], 64), "the tensor 'a' twice"),
        (gguf([], [info("a", [16]), info("b", [16], offset=32)], 96), "'b' overlaps with 'a'"),
        (gguf([], [info("a", [4], offset=8)], 64), "no multiple of 32"),
        (gguf([], [info("a", [2**62, 2**62])], 64), "is cut off"),
        (gguf([], [info("a", [8], offset=1 << 40)], 64), "is cut off"),
    ],
)
def test_a_header_that_lies_is_refused(content: bytes, expected: str) -> None:
    """In words that go on from the file's path, before anything is allocated for it."""
    with pytest.raises(ValueError, match=expected):
        read_bytes(content)


def test_a_new_type_is_kept_and_said() -> None:
    """Its elements count; its bytes are unknown, so that only where it begins is checked."""
    found = read_bytes(gguf([], [info("a", [4], kind=77), info("b", [8], offset=32)], 64))
    assert [(tensor.dtype, tensor.elements) for tensor in found.tensors] == [("type 77", 4), ("F32", 8)]
    assert found.findings == ("has tensors of types that are not known here: type 77",)
    with pytest.raises(ValueError, match="is cut off"):
        read_bytes(gguf([], [info("a", [4], kind=77, offset=1 << 20)], 64))


def test_arrays_in_arrays_are_passed_over() -> None:
    """What follows them is read where it stands; a text that is no UTF-8 is made one."""
    inner = written(("I", 8), ("Q", 2), text("ab"), text(""))
    nested = text("k") + written(("I", 9), ("I", 9), ("Q", 2), inner, ("I", 2), ("Q", 3), bytes(6))
    name = text("general.name") + written(("I", 8), ("Q", 2), b"\xffx")
    assert read_bytes(gguf([nested, name], [])).said == {"name": "�x"}


@given(at=st.integers(0, 10_000), value=st.integers(0, 255), more=st.binary(max_size=8))
def test_changed_bytes_are_read_or_refused_in_words(whole: bytes, at: int, value: int, more: bytes) -> None:
    """Any change of the header is another header or a ValueError."""
    at %= len(whole)
    content = whole[:at] + bytes([value]) + more + whole[at + 1 + len(more) :]
    try:
        read_bytes(content)
    except ValueError:
        return
