from __future__ import annotations

import io

from fitment.registry.checkpoints.formats.adapter_config import read, takes


def test_an_adapter_says_its_kind_and_its_base() -> None:
    """The rank where there is one; what is no text is nothing."""
    content = b'{"peft_type": "LORA", "r": 16, "base_model_name_or_path": "org/base"}'
    found = read(io.BytesIO(content), len(content))
    assert found.said == {"adapter": "LORA, rank 16", "base_model": "org/base"}
    assert read(io.BytesIO(b'{"peft_type": 3, "r": 16}'), 25).said == {}
    assert takes("adapter_config.json")
    assert not takes("config.json")
