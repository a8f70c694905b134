"""What a model weighs, and a fingerprint of its weights."""

from __future__ import annotations

import hashlib

import torch
from torch import nn


def parameter_count(module: nn.Module) -> int:
    """The number of parameters; one that is shared between layers counts once."""
    return sum(parameter.numel() for parameter in module.parameters())


def weights_hash(module: nn.Module) -> str:
    """16 hex digits of the sha256 over names, types, shapes and bytes of parameters and buffers."""
    digest = hashlib.sha256()
    for name, tensor in module.state_dict().items():
        if isinstance(tensor, torch.Tensor):
            digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
            for part in _parts(tensor.detach().cpu()):
                digest.update(part.contiguous().reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()[:16]


def _parts(tensor: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Dense tensors that say all of it: a sparse one (a graph's edges) may be too large to be made dense."""
    if tensor.layout == torch.strided:
        return (tensor,)
    listed: torch.Tensor = tensor.to_sparse_coo()  # type: ignore[no-untyped-call]
    listed = listed.coalesce()
    return listed.indices(), listed.values()
