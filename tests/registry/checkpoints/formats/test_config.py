from __future__ import annotations

import io
import json
from typing import Any

import pytest
from fitment.registry.checkpoints.formats.config import read, takes


def read_object(config: Any) -> Any:
    content = json.dumps(config).encode()
    return read(io.BytesIO(content), len(content))


def test_a_configuration_says_architecture_and_type() -> None:
    """What is no text is nothing."""
    found = read_object({"architectures": ["A", "B"], "model_type": "t", "torch_dtype": "bfloat16"})
    assert found.said == {"architecture": "A", "model_type": "t", "dtype": "bfloat16"}
    assert read_object({"architectures": "A", "model_type": 7, "dtype": None}).said == {}
    assert read_object({"_class_name": "UNet"}).said == {"architecture": "UNet"}
    assert takes("config.json")
    assert not takes("adapter_config.json")


@pytest.mark.parametrize(
    ("quantisation", "said", "bits"),
    [
        ({"quant_method": "gptq", "bits": 4}, "gptq, 4 bits", 4),
        ({"quant_method": "awq", "w_bit": 4}, "awq, 4 bits", 4),
        ({"load_in_4bit": True}, "bitsandbytes, 4 bits", 4),
        ({"quant_method": "bitsandbytes", "_load_in_8bit": True}, "bitsandbytes, 8 bits", 8),
        (
            {"quant_method": "compressed-tensors", "config_groups": {"g": {"weights": {"num_bits": 4}}}},
            "compressed-tensors, 4 bits",
            4,
        ),
        (
            {
                "quant_method": "compressed-tensors",
                "config_groups": {"g": {"weights": {"num_bits": 4}}, "h": {"weights": {"num_bits": 8}}},
            },
            "compressed-tensors",
            None,
        ),
        ({"quant_method": "gptq", "bits": "4"}, "gptq", None),
        ({"quant_method": "gptq", "bits": 400}, "gptq", None),
        ({"quant_method": 1, "config_groups": [1]}, None, None),
        ("gptq", None, None),
    ],
)
def test_a_quantisation_is_said_with_its_bits(
    quantisation: object, said: str | None, bits: int | None
) -> None:
    """As each method calls them; what makes no sense is nothing."""
    found = read_object({"quantization_config": quantisation})
    assert (found.said.get("quantisation"), found.bits) == (said, bits)
