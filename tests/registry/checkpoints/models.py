"""Small checkpoints, written by the libraries whose formats they have."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGMLQuantizationType, GGUFWriter
from gguf.quants import quantize
from safetensors.numpy import save_file


def write_safetensors(path: Path, seed: int = 0, **shapes: tuple[int, ...]) -> Path:
    """A file of float32 tensors of these shapes, drawn."""
    draw = np.random.default_rng(seed)
    tensors = {name: draw.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}
    save_file(tensors, path)
    return path


def safetensors_bytes(header: Any, data: bytes = b"", length: int | None = None) -> bytes:
    """A file with any header: what JSON makes of it, or its own bytes."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def write_gguf(path: Path, *, words: int = 50, name: str = "Tiny", endian: Any = None) -> Path:
    """A llama of one F32 and one Q8_0 tensor, 96 + 64 weights, with a vocabulary."""
    writer = GGUFWriter(path, "llama", **({} if endian is None else {"endianess": endian}))
    writer.add_name(name)
    writer.add_license("apache-2.0")
    writer.add_file_type(7)
    writer.add_context_length(128)
    writer.add_token_list([f"word{number}" for number in range(words)])
    writer.add_token_scores([0.5] * words)
    writer.add_array("nested.numbers", [1, 2, 3])
    draw = np.random.default_rng(0)
    writer.add_tensor("token_embd.weight", draw.standard_normal((3, 32)).astype(np.float32))
    packed = quantize(draw.standard_normal((2, 32)).astype(np.float32), GGMLQuantizationType.Q8_0)
    writer.add_tensor("output.weight", packed, raw_dtype=GGMLQuantizationType.Q8_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def write_model(folder: Path, seed: int = 0) -> Path:
    """A folder as a hub has it: weights in two shards with an index, configuration, card, a pickle."""
    folder.mkdir(parents=True)
    first = write_safetensors(folder / "model-00001-of-00002.safetensors", seed, a=(4, 8), b=(3,))
    second = write_safetensors(folder / "model-00002-of-00002.safetensors", seed + 1, c=(5, 5))
    shards = {"a": first.name, "b": first.name, "c": second.name}
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": shards}))
    config = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "torch_dtype": "bfloat16"}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "README.md").write_text("---\nlicense: mit\n---\n# Tiny\n")
    (folder / "optimizer").mkdir()
    (folder / "optimizer" / "state.pt").write_bytes(b"cos\nsystem\n(S'echo opened'\ntR.")
    return folder
