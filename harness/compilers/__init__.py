"""Ways to compile a module: each file here is one, except the helpers.

Each has ``unavailable(device_kind)``, asked before anything is loaded; ``compile_module(module)``; and
``broken()``, asked once a step has run: why that was not this compile mode after all, or None.
"""

from __future__ import annotations

HELPERS = frozenset({"cuda_graphs", "torch_compile", "tuning"})
