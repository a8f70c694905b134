"""Whether the current device is an NVIDIA GPU that is new enough for a number format."""

from __future__ import annotations

import torch


def gpu_lacks(arithmetic: str, device_kind: str, least: tuple[int, int]) -> str | None:
    """Why the device (the current one, of GPUs) has no such arithmetic, or None.

    ``least``: the compute capability that brought it.
    """
    needed = f"{arithmetic} needs an NVIDIA GPU of compute capability {least[0]}.{least[1]} or newer"
    if device_kind != "cuda":
        return f"{needed}, not a {device_kind.upper()}"
    if torch.version.hip:
        return f"{needed}, not AMD's"
    major, minor = torch.cuda.get_device_capability()
    return None if (major, minor) >= least else f"{needed}: this one's is {major}.{minor}"
