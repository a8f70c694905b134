"""Licences of every kind for the tests, each a name that people write."""

from __future__ import annotations

CODE = (
    "MIT",
    "Apache-2.0",
    "BSD-4-Clause",
    "GPL-2.0-only",
    "gpl-3.0",
    "AGPL-3.0-or-later",
    "LGPL-2.1-only",
    "MPL-2.0",
)
CODE_TOO = ("EUPL-1.2", "OSL-3.0", "MS-PL", "Unlicense", "GFDL-1.3-only")
CONTENT = ("CC0-1.0", "cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc-by-nd-4.0", "cc-by-nc-sa-3.0")
DATA = ("cdla-permissive-2.0", "cdla-sharing-1.0", "odbl", "c-uda")
MODEL = (
    "llama1",
    "llama2",
    "llama3",
    "llama3.2",
    "llama4",
    "gemma",
    "creativeml-openrail-m",
    "bigcode-openrail-m",
)
MODEL_TOO = (
    "tongyi-qianwen",
    "qwen",
    "stability-ai-community",
    "exaone",
    "falcon-2-11b",
    "nvidia-open-model",
)
MODEL_LAST = (
    "openmdw-1.0",
    "tencent-hunyuan-3d-2.0",
    "stability-ai-nc",
    "fair-noncommercial-research-license",
)
OPEN = ("bsd", "openrail", "gpl")
NO_LICENCE = (
    "other",
    "unknown",
    "",
    "NOASSERTION",
    "h-research",
    "LicenseRef-nobody-knows",
    "MIT AND",
    "llama2 OR (",
)
ALL = (*CODE, *CODE_TOO, *CONTENT, *DATA, *MODEL, *MODEL_TOO, *MODEL_LAST, *OPEN)
