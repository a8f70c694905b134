"""Whether a text is a model's id in some place's names, or a file or folder, or anything else."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 200
OF_A_KNOWN_ID = 0.9  # of a name that is no id by its form, and recorded as one
HUB = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9_][\w.-]{0,95}", re.ASCII)
BARE = re.compile(r"[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
HUB_URL = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/([A-Za-z0-9][\w.-]*/[\w.-]*\w)"
    r"(?:/(?:resolve|blob|raw|tree)/\S*)?(?:\.git)?/?(?:[?#]\S*)?$",
    re.ASCII,
)
HUB_PREFIX = re.compile(r"(?:hf://|hf[-_]hub:|huggingface/(?=[^/]+/))")
NO_MODELS = frozenset(
    [
        "api",
        "blog",
        "chat",
        "collections",
        "datasets",
        "docs",
        "enterprise",
        "join",
        "learn",
        "login",
        "metrics",
        "models",
        "new",
        "organizations",
        "papers",
        "posts",
        "pricing",
        "settings",
        "spaces",
        "tasks",
    ]
)
FILE = re.compile(
    r"\.(?:pt|pth|bin|ckpt|onnx|safetensors|gguf|ggml|pkl|pickle|h5|hdf5|keras|json|jsonl|ya?ml|toml|txt|csv|"
    r"tflite|pb|tar|gz|zip|npz|npy|py|sh|md|whl|mp3|wav|png|jpe?g|engine|mlmodel|html|xml|model)$",
    re.IGNORECASE,
)
# The first part of a relative path, where an owner would stand.
FOLDERS = re.compile(
    r"(?:\.?cache|art[ei]facts?|assets|base_models?|bin|build|checkpoints?|ckpts?|configs?|data|datasets?|dist|"
    r"download(?:s|ed)?|exp|experiments?|exports?|final|home|hub|local|log|logs|mnt|model|models|opt|out|outputs?|"
    r"pretrained(?:_?models?)?|results?|root|runs?|saved?|saved_?models?|save_?dir|scripts|src|test|tests|tmp|"
    r"trained(?:_?models?)?|train|usr|var|weights?|workspace|content|drive)",
    re.IGNORECASE,
)
# Names without an owner that the hub had before there were owners, by how they start.
LEGACY = re.compile(
    r"(?:albert|bart|bert|bigbird|camembert|ctrl$|deberta|distil(?:bert|gpt2|roberta)|electra|facebook|flaubert|"
    r"funnel|gpt2?$|gpt2-|gpt-?neo|layoutlm|longformer|mbart|mobilebert|mt5|openai-gpt|pegasus|reformer|roberta|"
    r"squeezebert|t5|transfo-xl|vit|wav2vec2|xlm|xlnet|xlm-roberta|CompVis|codegen)(?:-[\w.-]+)?$",
    re.ASCII,
)
SENTENCES = re.compile(
    r"(?:all|paraphrase|multi-qa|msmarco|distiluse|stsb|nli|quora|gtr|sentence-t5|clip|LaBSE|average_word|"
    r"allenai-specter|facebook-dpr|bert|roberta|distilbert|xlm|use-cmlm|static|ms-marco|nq)[\w.-]*$",
    re.ASCII,
)
SPACY = re.compile(r"[a-z]{2,3}_[a-z]{2,8}_[a-z0-9]{2,16}_(?:sm|md|lg|trf)")
YOLO = re.compile(r"(?:yolo|rtdetr|sam|mobile_sam|FastSAM)[\w.-]*?(?:\.pt)?$", re.ASCII)
WHISPER = re.compile(r"(?:distil-)?(?:tiny|base|small|medium|large|turbo)[\w.-]*$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Named:
    """A model by its id, and how sure it is that the text means one."""

    model_id: str
    certainty: float
    detail: str = ""


def named(text: str, namespace: str) -> Named | str | None:
    """What ``text`` names: a model; or, as a text, why that is not clear; None: a file, a folder, nothing."""
    text = text.strip()
    if not 0 < len(text) <= LONGEST or not text.isprintable():
        return None
    url = of_url(text)
    if url is not None:
        return Named(url, 0.9)
    return _BY_NAMESPACE.get(namespace, _plain)(text)


def of_url(text: str) -> str | None:
    """The model of a page or file on the hub; None for other addresses, datasets and documents."""
    found = HUB_URL.match(text)
    if found is None or found[1].partition("/")[0] in NO_MODELS:
        return None
    return found[1].removesuffix(".git")


def is_owned(text: str) -> bool:
    """Whether the text has the form OWNER/NAME and is unlikely to be a path."""
    return isinstance(_hub(text), Named) and "/" in text


def _hub(text: str) -> Named | str | None:
    text, _, revision = HUB_PREFIX.sub("", text, count=1).partition("@")
    detail = f"revision {revision}" if revision else ""
    if FILE.search(text) and not (HUB.fullmatch(text) and re.search(r"gguf$|ggml$", text, re.IGNORECASE)):
        return None
    if HUB.fullmatch(text):
        owner, _, name = text.partition("/")
        if FOLDERS.fullmatch(owner) or name.endswith("."):
            return None
        return Named(text, 0.95, detail)
    if not BARE.fullmatch(text) or FOLDERS.fullmatch(text):
        return None
    if LEGACY.match(text):
        return Named(text, 0.9, detail)
    return f'"{text}" has no owner and is none of the hub\'s old names: a folder?'


def _sentence(text: str) -> Named | str | None:
    return Named(text, 0.9) if BARE.fullmatch(text) and SENTENCES.match(text) else _hub(text)


def _torch_hub(text: str) -> Named | str | None:
    repository, _, rest = text.partition(":")
    reference, _, model = rest.rpartition(":")
    if not HUB.fullmatch(repository):
        return None
    return Named(
        f"{repository}:{model}" if model else repository, 0.95, f"at {reference}" if reference else ""
    )


def _timm(text: str) -> Named | str | None:
    if HUB_PREFIX.match(text):
        return _hub(text)
    text = text.removeprefix("tu-").removeprefix("timm/")
    return Named(text, 0.95) if BARE.fullmatch(text) and not FILE.search(text) else None


def _spacy(text: str) -> Named | str | None:
    if SPACY.fullmatch(text):
        return Named(text, 0.95)
    if "/" in text or not BARE.fullmatch(text) or FOLDERS.fullmatch(text.split("-")[0]) or FILE.search(text):
        return None
    if re.fullmatch(r"[a-z]{2}", text):
        return f'"{text}" is a short name that spaCy had before version 3'
    return f'"{text}" is none of spaCy\'s own packages: a folder?'


def _ultralytics(text: str) -> Named | str | None:
    return Named(text, 0.95) if YOLO.fullmatch(text) and not text.endswith((".yaml", ".yml")) else None


def _whisper(text: str) -> Named | str | None:
    return Named(text, 0.9) if WHISPER.fullmatch(text) and not FILE.search(text) else _hub(text)


def _tfhub(text: str) -> Named | str | None:
    return (
        Named(text, 0.95)
        if re.match(r"https?://(?:www\.)?(?:tfhub\.dev|kaggle\.com/models)/", text)
        else None
    )


def _model_path(text: str) -> Named | str | None:
    """Where owners are rare and slashes are not paths: Ollama, Coqui, Flair."""
    if text.startswith((".", "/", "~")) or FILE.search(text) or " " in text:
        return None
    return Named(text, 0.9)


def _plain(text: str) -> Named | str | None:
    if HUB_PREFIX.match(text):
        return _hub(text)
    if text.startswith((".", "/", "~")) or FILE.search(text) or " " in text or "\\" in text:
        return None
    return Named(text, 0.85)


_BY_NAMESPACE = {
    "hf": _hub,
    "sentence_transformers": _sentence,
    "torch_hub": _torch_hub,
    "timm": _timm,
    "spacy": _spacy,
    "ultralytics": _ultralytics,
    "whisper": _whisper,
    "tfhub": _tfhub,
    "ollama": _model_path,
    "coqui": _model_path,
    "flair": _model_path,
}
