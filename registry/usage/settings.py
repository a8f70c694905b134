"""Keys of configuration files whose value is a model: JSON, TOML, INI, .env, and YAML that is no YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .commands import WHEEL
from .hit import Hit
from .ids import LEGACY, SPACY, Named, is_owned, named

OF_A_KEY = 0.5
OF_A_MODELS_OWN = 0.8  # keys that transformers and PEFT themselves write
OWN_KEYS = frozenset({"_name_or_path", "base_model_name_or_path"})
KEYS = re.compile(
    r"(?:\w+_)?(?:model|model_id|model_name|model_name_or_path|model_path|model_repo|base_model|base_model_id|"
    r"pretrained_model|pretrained|name_or_path|repo_id|hf_repo|hf_model|tokenizer|tokenizer_name|tokenizer_name_or_path|"
    r"checkpoint|backbone|encoder|text_encoder|_name_or_path|base_model_name_or_path|pretrained_model_name_or_path)"
)
NOT_KEYS = re.compile(
    r"(?:served_model_name|output_model|save_model|hub_model_id|new_model|push_\w+|\w*image\w*)"
)
# Names of services behind an address, in the form of the hub's ids.
SERVICES = re.compile(
    r"(?:anthropic|azure|bedrock|vertex_ai|gemini|groq|openrouter|together_ai|cohere_chat|replicate|ollama|"
    r"fireworks_ai|perplexity|xai)/|openai/(?:gpt-(?:3|4|5)|o[134]|text-embedding|dall-e)"
)
PAIR = re.compile(
    r"""["']?([A-Za-z_][\w.-]{0,60})["']?[ \t]*[:=][ \t]*"""
    r"""(?:"([^"\n]{1,200})"|'([^'\n]{1,200})'|([^\s"'#,;{}\[\]]{1,200}))"""
)


def of_pair(key: str, value: str, line: int) -> Iterator[Hit]:
    """The use that a key with its value is, if any."""
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key.rpartition(".")[2]).lower().replace("-", "_")
    if not KEYS.fullmatch(name) or NOT_KEYS.fullmatch(name) or SERVICES.match(value):
        return
    model = named(value, "hf")
    if isinstance(model, Named) and (is_owned(value) or (LEGACY.match(value) and "-" in value)):
        sure = OF_A_MODELS_OWN if name in OWN_KEYS else OF_A_KEY
        yield Hit(line, key, model.model_id, sure, model.detail)


def of_settings(text: str) -> list[Hit]:
    """The uses among ``key = value`` and ``"key": "value"``, line by line; nothing is parsed as a whole."""
    found: list[Hit] = []
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > 20_000:
            line = line[:20_000]
        for pair in PAIR.finditer(line):
            found += of_pair(pair[1], pair[2] or pair[3] or pair[4], number)
        found += of_requirement(line.strip().strip('",'), number)
    return found


def of_requirement(line: str, number: int) -> Iterator[Hit]:
    """The model that a requirement is: spaCy's come as packages."""
    wheel = WHEEL.search(line)
    name = wheel[1] if wheel else re.split(r"[\s=<>~!\[@;]", line, maxsplit=1)[0].replace("-", "_")
    if SPACY.fullmatch(name):
        yield Hit(number, "requirements", name, 0.95, "", "spacy")


def of_requirements(text: str) -> list[Hit]:
    """The models among the requirements of a file."""
    return [
        hit
        for number, line in enumerate(text.splitlines(), 1)
        for hit in of_requirement(line.strip(), number)
    ]
