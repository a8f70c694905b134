from __future__ import annotations

import pytest
from fitment.registry.checkpoints.facts import Tensor
from fitment.registry.checkpoints.unpacked import parameters


def tensors(*each: tuple[str, str, int]) -> list[Tensor]:
    return [Tensor(name, dtype, elements, 0) for name, dtype, elements in each]


@pytest.mark.parametrize(
    ("held", "bits", "expected"),
    [
        (tensors(("a", "BF16", 10), ("b", "F32", 3)), None, 13),
        (
            tensors(("m.qweight", "I32", 4), ("m.qzeros", "I32", 1), ("m.scales", "F16", 2), ("n", "F16", 5)),
            4,
            37,
        ),
        (tensors(("m.qweight", "I32", 3), ("m.g_idx", "I32", 9)), 3, 32),
        (tensors(("m.qweight", "I32", 4)), None, None),
        (
            tensors(("m.weight", "U8", 8), ("m.weight.absmax", "F32", 1), ("m.weight.quant_map", "F32", 16)),
            None,
            16,
        ),
        (tensors(("m.weight", "I8", 8), ("m.SCB", "F32", 1), ("m.weight_format", "U8", 1)), 8, 8),
        (tensors(("e_blocks", "U8", 8), ("e_scales", "U8", 1), ("e_bias", "BF16", 2)), None, 18),
        (
            tensors(
                ("m.weight_packed", "I32", 2), ("m.weight_scale", "BF16", 1), ("m.weight_shape", "I64", 2)
            ),
            4,
            16,
        ),
        (tensors(("m.weight", "F8_E4M3", 8), ("m.weight_scale_inv", "F32", 1)), None, 8),
        (tensors(("time_scales", "F32", 3)), None, 3),
    ],
)
def test_packed_weights_are_counted_one_by_one(
    held: list[Tensor], bits: int | None, expected: int | None
) -> None:
    """As GPTQ, bitsandbytes, MXFP4, compressed-tensors and FP8 write them; what only unpacks is none."""
    assert parameters(held, bits) == expected
