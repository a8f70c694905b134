"""File formats of checkpoints, one a file: ``takes(name) -> bool`` and ``read(stream, size) -> Read``.

``name`` is the file's own, without its folders. ``read`` raises ValueError, whose text goes on from the
file's path; where WEIGHTS is True the file is then no sound checkpoint, else it is only said.
"""

from __future__ import annotations

HELPERS = frozenset({"ggml_types", "gguf_values", "json_text"})
