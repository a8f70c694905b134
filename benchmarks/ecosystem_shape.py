"""The shape of the published ecosystem: what ``benchmarks.ecosystem`` makes, all figures in one place.

Laufer, Oderinwale and Kleinberg, *Anatomy of a Machine Learning Ecosystem: 2 Million Models on Hugging Face*
(arXiv:2508.06811): the models, the edges by label but for the last two, the share of apache-2.0, the rates
of mutation with their pairs, the fertility by type, the lengths of cards. How the other 40,924 edges are
shared between merges and untyped ones, how often parents are missing and so on, are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fitment.registry.lineage.kinds import ADAPTER, FINETUNE, MERGE, QUANTIZED, UNTYPED

MODELS = 1_860_411


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How many of each there are. The defaults are the published ecosystem's."""

    models: int = MODELS
    finetune: int = 189_391
    quantized: int = 101_921
    adapter: int = 241_417
    merge: int = 31_424
    untyped: int = 9_500
    missing: int = 36_000  # times that a parent is named which is not in the table
    self_loops: int = 120
    cycles: int = 80  # each by one more edge, from a child back to its parent or to that one's
    older: int = 9_000  # children that are older than their parent
    unsaid: int = 900  # models without likes, and as many without downloads, and without a date

    @property
    def edges(self) -> int:
        """Of all labels."""
        return sum(self.by_label.values())

    @property
    def by_label(self) -> Mapping[int, int]:
        """The edges of each label."""
        return {
            FINETUNE: self.finetune,
            QUANTIZED: self.quantized,
            ADAPTER: self.adapter,
            MERGE: self.merge,
            UNTYPED: self.untyped,
        }

    def of(self, models: int) -> Shape:
        """The same shape with so many models; at least one of everything."""
        share = models / self.models
        counts = {name: max(1, round(getattr(self, name) * share)) for name in self.__slots__}
        return replace(self, **counts | {"models": models})


# By label: how often an edge takes after an earlier one (it gets the same parent, whence the power law), and
# from which models it takes its parent otherwise: ones without parents, or children of each label.
COPIES = {FINETUNE: 0.86, QUANTIZED: 0.58, ADAPTER: 0.96, MERGE: 0.72, UNTYPED: 0.75}
FRESH = {
    FINETUNE: {None: 0.76, FINETUNE: 0.23, ADAPTER: 0.01},
    QUANTIZED: {None: 0.81, FINETUNE: 0.12, MERGE: 0.055, QUANTIZED: 0.015},
    ADAPTER: {None: 0.80, FINETUNE: 0.15, QUANTIZED: 0.04, ADAPTER: 0.01},
    MERGE: {None: 0.31, FINETUNE: 0.34, MERGE: 0.34, ADAPTER: 0.01},
    UNTYPED: {None: 0.75, FINETUNE: 0.25},
}
# How many parents a child of each label has: one, two, three …
PARENTS = {
    FINETUNE: (0.985, 0.015),
    QUANTIZED: (0.995, 0.005),
    ADAPTER: (0.985, 0.015),
    MERGE: (0.22, 0.42, 0.21, 0.09, 0.04, 0.02),
    UNTYPED: (0.9, 0.1),
}
# Which types an edge has besides the one that labels it, and how often.
BESIDES = {
    QUANTIZED: {FINETUNE: 0.03},
    ADAPTER: {FINETUNE: 0.04, QUANTIZED: 0.002},
    MERGE: {FINETUNE: 0.06, QUANTIZED: 0.01, ADAPTER: 0.004},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """What models say of a trait, and what becomes of it from parent to child. All are probabilities."""

    alone: float  # said by a model that has no parent and no child
    base: float  # said by one that has children and no parent
    kept: float  # said by the child of one that says it
    gained: float  # said by the child of one that does not
    changed: float  # said anew, where it is kept


LICENCE = Habit(alone=0.168, base=0.87, kept=0.84, gained=0.25, changed=0.27)
LANGUAGE = Habit(alone=0.09, base=0.5, kept=0.63, gained=0.06, changed=0.39)
TASK = Habit(alone=0.38, base=0.88, kept=0.81, gained=0.4, changed=0.486)
LIBRARY = Habit(alone=0.5, base=0.9, kept=0.9, gained=0.6, changed=0.15)

# Of models that have children, and of others: characters of a card on average, and how many cards a program
# wrote. The published means of parents and their finetunes, and the difference in shares.
CARDS = {"characters": (9_773, 4_402), "generated": (0.20, 0.449)}
CARDLESS = 0.3  # of the models without parents and children

# How many models of each million that say a licence say this one; and those that a change leads to, whose
# terms are fewer: licences drift towards permissive ones.
LICENCES = {
    "apache-2.0": 420_000,
    "mit": 190_000,
    "openrail": 70_000,
    "other": 60_000,
    "creativeml-openrail-m": 58_000,
    "gemma": 24_000,
    "cc-by-nc-4.0": 30_000,
    "llama2": 18_000,
    "llama3": 20_000,
    "llama3.1": 22_000,
    "llama3.2": 18_000,
    "llama3.3": 4_000,
    "cc-by-4.0": 14_000,
    "cc-by-nc-sa-4.0": 11_000,
    "afl-3.0": 7_000,
    "cc-by-sa-4.0": 8_000,
    "gpl-3.0": 7_000,
    "agpl-3.0": 3_000,
    "cc-by-nc-nd-4.0": 3_000,
    "bigscience-bloom-rail-1.0": 2_500,
    "bigscience-openrail-m": 1_500,
    "bsd-3-clause": 3_000,
    "unknown": 2_500,
    "unlicense": 1_000,
    "cc0-1.0": 1_500,
    "wtfpl": 1_000,
}
DRIFT = {"apache-2.0": 3.0, "mit": 3.0, "openrail": 1.5, "other": 1.5}
LICENCE_PAIRS = 0.008  # of those that say one, how many say two

LANGUAGES = {
    "en": 620,
    "zh": 60,
    "fr": 40,
    "ko": 35,
    "ja": 34,
    "de": 34,
    "es": 36,
    "ru": 25,
    "pt": 18,
    "it": 18,
    "vi": 14,
    "ar": 16,
    "hi": 14,
    "th": 8,
    "id": 8,
    "tr": 8,
    "pl": 6,
    "nl": 6,
    "fa": 5,
    "sv": 4,
    "multilingual": 9,
}
TASKS = {
    "text-generation": 360,
    "text-to-image": 130,
    "text-classification": 110,
    "reinforcement-learning": 70,
    "automatic-speech-recognition": 40,
    "token-classification": 35,
    "fill-mask": 25,
    "image-classification": 30,
    "feature-extraction": 30,
    "text2text-generation": 60,
    "question-answering": 18,
    "sentence-similarity": 24,
    "translation": 15,
    "image-text-to-text": 16,
    "object-detection": 10,
    "text-to-speech": 9,
    "summarization": 6,
    "image-to-text": 5,
    "robotics": 5,
    "zero-shot-image-classification": 2,
}
LIBRARIES = {
    "transformers": 640,
    "diffusers": 120,
    "peft": 90,
    "stable-baselines3": 40,
    "sentence-transformers": 30,
    "gguf": 20,
    "timm": 12,
    "mlx": 12,
    "ml-agents": 12,
    "keras": 8,
    "adapter-transformers": 4,
    "sample-factory": 3,
    "nemo": 2,
}
STEMS = (
    *("Llama-2-7b", "Llama-3.1-8B", "Llama-3.2-1B", "Mistral-7B", "Mixtral-8x7B", "Qwen2.5-7B", "Qwen2-0.5B"),
    *("gemma-2-2b", "gemma-7b", "phi-2", "Phi-3-mini", "bert-base", "roberta-base", "distilbert", "t5-small"),
    *("gpt2", "wav2vec2-large", "whisper-small", "stable-diffusion", "sdxl", "flux-dev", "vit-base"),
    *("ppo-LunarLander", "DeepSeek-R1", "SmolLM2", "xlm-roberta", "opt-125m", "bloom-560m", "clip-vit"),
)
SUFFIX = {FINETUNE: "-ft", QUANTIZED: "-GGUF", ADAPTER: "-lora", MERGE: "-merge", UNTYPED: "-v2"}
GONE = (
    "results",
    "output",
    "/content/model",
    "./checkpoint-500",
    "models/my model",
    "bob's/private",
    "a,b/c",
)
