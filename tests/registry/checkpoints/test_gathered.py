from __future__ import annotations

import re

import pytest
from fitment.registry.checkpoints.facts import CheckpointDamagedError, Facts, Read, Tensor
from fitment.registry.checkpoints.gathered import ReadFile, gathered


def weights(path: str, *names: str, dtype: str = "BF16", **said: str) -> ReadFile:
    return ReadFile(path, 10, Read(tensors=tuple(Tensor(name, dtype, 5, 10) for name in names), said=said))


def index(path: str, **shards: str) -> ReadFile:
    return ReadFile(path, 1, Read(shards=shards))


FIRST, SECOND = "m-00001-of-00002.safetensors", "m-00002-of-00002.safetensors"


def test_shards_are_one_set_and_their_index_agrees() -> None:
    """A tensor that the index does not name is only said."""
    files = [
        weights(FIRST, "a", "more"),
        weights(SECOND, "b", dtype="F32"),
        index("m.safetensors.index.json", a=FIRST, b=SECOND),
    ]
    found = gathered(files)
    (each,) = found.weights
    assert (each.name, each.files, each.size_bytes, each.tensors) == ("m-*-of-00002.safetensors", 2, 20, 3)
    assert (found.parameters, each.dtypes) == (15, {"BF16": 10, "F32": 5})
    assert found.findings == (f"{FIRST} has 1 tensors that m.safetensors.index.json does not name",)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([weights(FIRST, "a")], f"{SECOND} is not there, of 2 shards"),
        ([weights(SECOND, "a"), weights("m-00007-of-00002.safetensors", "b")], f"{FIRST} is not there"),
        ([ReadFile("p-00001-of-00003.bin", 1, Read(not_read="pickle"))], "p-00002-of-00003.bin is not there"),
        (
            [weights("m.safetensors", "a"), index("i.index.json", a="m.safetensors", b="n.safetensors")],
            "'n.safetensors', which is not there",
        ),
        (
            [
                weights("d/m.safetensors", "a"),
                index("d/i.index.json", a="m.safetensors", b="../m.safetensors"),
            ],
            "which is not there",
        ),
        (
            [weights("m.safetensors", "a"), index("i.index.json", b="m.safetensors")],
            "m.safetensors lacks 'b'",
        ),
    ],
)
def test_a_set_that_is_not_whole_is_refused(files: list[ReadFile], expected: str) -> None:
    """What is missing is named; a half download is no checkpoint."""
    with pytest.raises(CheckpointDamagedError, match=re.escape(expected)):
        gathered(files)


def test_shards_that_are_left_out_altogether_are_said() -> None:
    """A hub's tools leave out pickles and take their index; shards say once how they are quantised."""
    found = gathered([weights("m.safetensors", "a"), index("p.bin.index.json", a="p-1.bin", b="p-2.bin")])
    assert found.findings == ("p.bin.index.json names 2 files, none of which is there",)
    first = weights("q-00001-of-00002.gguf", "a", quantisation="Q8_0")
    assert gathered([first, weights("q-00002-of-00002.gguf", "b")]).weights[0].quantisation == "Q8_0"


def test_sets_of_one_folder_must_agree_and_folders_are_components() -> None:
    """Two quantisations of one model have its parameters once; a pipeline has those of all its parts."""
    same = [weights("q4.gguf", "a", quantisation="Q4_K_M"), weights("q8.gguf", "a", quantisation="Q8_0")]
    found = gathered(same)
    assert (found.parameters, found.quantisation) == (5, None)
    assert [each.quantisation for each in found.weights] == ["Q4_K_M", "Q8_0"]
    differing = gathered([*same, weights("other.gguf", "a", "b")])
    assert differing.parameters is None
    assert "differ in their parameters" in differing.findings[0]
    parts = [weights("unet/m.safetensors", "a"), weights("vae/m.safetensors", "a", "b")]
    assert gathered(parts).parameters == 15


def test_a_configuration_stands_before_headers_and_the_top_before_folders() -> None:
    """What two files say differently is left open; weights that are packed need their own folder's bits."""
    config = ReadFile(
        "config.json", 1, Read(said={"architecture": "Llama", "quantisation": "gptq, 4 bits"}, bits=4)
    )
    inner = ReadFile("vae/config.json", 1, Read(said={"architecture": "Vae"}))
    packed = ReadFile("m.safetensors", 1, Read(tensors=(Tensor("m.qweight", "I32", 4, 16),)))
    found = gathered([config, inner, packed, weights("x.gguf", "a", architecture="llama", name="X")])
    assert (found.architecture, found.quantisation, found.name) == ("Llama", "gptq, 4 bits", "X")
    assert [each.parameters for each in found.weights] == [32, 5]
    assert gathered([weights("x.gguf", "a", name="X"), weights("y.gguf", "a", name="Y")]).name is None


def test_files_without_weights_say_nothing_of_parameters() -> None:
    """A finding goes on from its path; a pickle is named."""
    files = [
        ReadFile("a", 1, Read(findings=("is odd",))),
        ReadFile("b.bin", 1, Read(not_read="pickle: not read")),
    ]
    assert gathered(files) == Facts(findings=("a is odd",), not_read=("b.bin: pickle: not read",))
