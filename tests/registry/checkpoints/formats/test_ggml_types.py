from __future__ import annotations

from fitment.registry.checkpoints.formats.ggml_types import MIXTURES, TYPES
from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType, LlamaFileType


def test_the_tables_are_the_librarys() -> None:
    """Each type that it knows, with its block; each mixture by its name without "mostly"."""
    assert {int(kind): (kind.name, *GGML_QUANT_SIZES[kind]) for kind in GGMLQuantizationType} == TYPES
    names = {int(kind): kind.name.removeprefix("MOSTLY_").removeprefix("ALL_") for kind in LlamaFileType}
    assert {number: name for number, name in names.items() if name != "GUESSED"} == MIXTURES
