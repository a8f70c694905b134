"""Linear layers replaced by quantised ones, and whether they are enough of a model to name it after them."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

from ..errors import UnsupportedError

LEAST_SHARE = 0.5  # of the weights that multiply activations


def any_linear(layer: nn.Linear) -> bool:
    """True: whatever its size."""
    return True


def require_linear(
    precision: str,
    module: nn.Module,
    fits: Callable[[nn.Linear], bool] = any_linear,
    which: str = "linear layers",
) -> None:
    """Raises UnsupportedError ("op") where such layers hold less than half of what multiplies.

    Such a model (a convolutional network) would run in another precision and be sold as this one.
    """
    share = linear_share(module, fits)
    if share < LEAST_SHARE:
        raise UnsupportedError("op", f"{precision} reaches {which} only: {share:.0%} of this model's weights")


def linear_share(module: nn.Module, fits: Callable[[nn.Linear], bool] = any_linear) -> float:
    """The part of the module's weight matrices in linear layers that fit; embeddings only look up."""
    layers = [layer for layer in module.modules() if not isinstance(layer, nn.Embedding)]
    weights = {id(p): p.numel() for layer in layers for p in layer.parameters(recurse=False) if p.ndim > 1}
    linear = {id(layer.weight) for layer in layers if type(layer) is nn.Linear and fits(layer)}
    total = sum(weights.values())
    return sum(weights[key] for key in linear) / total if total else 0.0


def rooted(module: nn.Module) -> nn.Module:
    """The module, ready for its layers to be replaced: inside another where it is a linear layer itself.

    Torch's fused transformer layer, which reads its linear layers' weights past their forward, is off for
    the process.
    """
    torch.backends.mha.set_fastpath_enabled(False)
    return nn.Sequential(module) if isinstance(module, nn.Linear) else module


def with_linear_layers(
    module: nn.Module, make: Callable[[nn.Linear], nn.Module], fits: Callable[[nn.Linear], bool] = any_linear
) -> nn.Module:
    """The module, each of its linear layers that fits replaced in place by what ``make`` makes of it.

    A layer that stands in several places is made once, so that shared weights stay shared.
    """
    root = rooted(module)
    made: dict[int, nn.Module] = {}
    for parent in list(root.modules()):
        for name, layer in parent._modules.items():
            if type(layer) is nn.Linear and fits(layer):
                if id(layer) not in made:
                    made[id(layer)] = make(layer)
                setattr(parent, name, made[id(layer)])
    return root
