"""Titles by which a licence text says which one it is, where it was changed or no reference is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

AT_THE_START = 60  # words within which a title stands

TITLES = MappingProxyType(
    {
        "llama 2 community license": "llama2",
        "meta llama 3 community license": "llama3",
        "llama 3 1 community license": "llama3.1",
        "llama 3 2 community license": "llama3.2",
        "llama 3 3 community license": "llama3.3",
        "llama 4 community license": "llama4",
        "gemma terms of use": "gemma",
        "creativeml open rail m": "creativeml-openrail-m",
        "creativeml openrail m": "creativeml-openrail-m",
        "creativeml open rail++ m": "openrail++",
        "creativeml open rail m license": "creativeml-openrail-m",
        "bigscience rail license": "bigscience-bloom-rail-1.0",
        "bigscience open rail m license": "bigscience-openrail-m",
        "bigscience openrail m": "bigscience-openrail-m",
        "bigcode open rail m": "bigcode-openrail-m",
        "bigcode openrail m": "bigcode-openrail-m",
        "tongyi qianwen license": "tongyi-qianwen",
        "tongyi qianwen research license": "tongyi-qianwen-research",
        "qwen license agreement": "qwen-2024",
        "qwen research license": "qwen-research",
        "stability ai community license": "stability-ai-community",
        "stability ai non commercial research community license": "LicenseRef-stability-ai-nc",
        "exaone ai model license agreement 1 1 nc": "exaone-1.1-nc",
        "exaone ai model license agreement 1 2 nc": "exaone-1.2-nc",
        "nvidia open model license": "nvidia-open-model",
        "openmdw license agreement": "openmdw-1.0",
        "deepseek license agreement": "deepseek",
        "falcon 2 11b tii license": "falcon-2-11b",
        "falcon 180b tii license": "falcon-180b",
        "falcon llm license": "tii-falcon-llm",
        "mistral ai research license": "mistral-ai-research-license",
        "mistral ai non production license": "mistral-ai-non-production-license",
        "flux 1 dev non commercial license": "flux-1-dev-non-commercial-license",
        "tencent hunyuan 3d 2 0 community license": "tencent-hunyuan-3d-2.0-community",
        "apple machine learning research model license": "apple-amlr",
        "fair noncommercial research license": "fair-noncommercial-research-license",
        "fair non commercial research license": "fair-noncommercial-research-license",
        "mozilla public license version 2 0": "MPL-2.0",
        "apache license version 2 0": "Apache-2.0",
        "gnu affero general public license version 3": "agpl-3.0",
        "gnu general public license version 3": "gpl-3.0",
        "gnu general public license version 2": "gpl-2.0",
        "gnu lesser general public license version 3": "lgpl-3.0",
        "gnu lesser general public license version 2 1": "lgpl-2.1",
    }
)
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _title, _licence in TITLES.items():
    _words = tuple(_title.replace("+", "").split())
    _BY_FIRST.setdefault(_words[0], []).append((_words, _licence))


def titled(words: Sequence[str]) -> str | None:
    """The licence whose title stands first in the text's beginning, the longest one there; None for none."""
    for place in range(min(AT_THE_START, len(words))):
        found = [
            (len(title), licence)
            for title, licence in _BY_FIRST.get(words[place], ())
            if tuple(words[place : place + len(title)]) == title
        ]
        if found:
            return max(found)[1]
    return None
