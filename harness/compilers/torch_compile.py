"""What every mode of torch.compile shares: what inductor needs, and what it leaves to eager."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from ..errors import UnsupportedError

VOLTA = (7, 0)  # the oldest compute capability that triton compiles for


def compiled(module: nn.Module, options: Mapping[str, Any] | None = None) -> Callable[..., Any]:
    """The module for inductor, to be compiled at its first call: fixed shapes, graph breaks allowed.

    ``options`` are inductor's settings, by name.
    """
    call: Callable[..., Any] = torch.compile(
        module,
        backend="inductor",
        fullgraph=False,
        dynamic=False,
        options=dict(options) if options else None,
    )
    return call


def refuse_quantised(module: nn.Module) -> None:
    """Raises UnsupportedError ("compile") for dynamically quantised layers.

    Inductor leaves them to eager without a word, and the result would be eager's.
    """
    if any(type(layer).__module__.startswith("torch.ao.nn.quantized") for layer in module.modules()):
        raise UnsupportedError("compile", "inductor does not compile int8_dynamic layers: use eager")


def nothing_compiled() -> str | None:
    """Why what ran was eager under inductor's name, or None: dynamo took no graph out of the model."""
    from torch._dynamo.utils import counters

    if counters["stats"]["unique_graphs"]:
        return None
    return "inductor found nothing to compile in this model: it ran in eager"


def lacks(device_kind: str) -> str | None:
    """What inductor lacks to compile for the device (the current one, of GPUs), or None."""
    return _lacks_for_cpu() if device_kind == "cpu" else _lacks_for_cuda()


def _lacks_for_cpu() -> str | None:
    """The same compiler that inductor itself will call, and the header that its kernels include."""
    compiler = os.environ.get("CXX", "g++")
    if shutil.which(compiler) is None:
        other = "CXX=clang++" if shutil.which("clang++") else "CXX to another C++ compiler"
        return f'inductor finds no C++ compiler "{compiler}": install g++, or set {other}'
    if not Path(sysconfig.get_path("include"), "Python.h").exists():
        return "inductor needs Python's headers: install python3-dev"
    if " " in torch.__file__:
        return f"inductor can't compile with a space in torch's path, {Path(torch.__file__).parent}"
    return None


def _lacks_for_cuda() -> str | None:
    if importlib.util.find_spec("triton") is None:
        return "inductor needs triton, which is not installed"
    if torch.cuda.get_device_capability() < VOLTA:
        return "inductor needs a GPU of compute capability 7.0 or newer"
    if not any(shutil.which(compiler) for compiler in (os.environ.get("CC", "gcc"), "clang")):
        return "inductor needs a C compiler for triton: install gcc, or set CC"
    return None
