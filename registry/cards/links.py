"""Links of a card: source code, papers, demos, datasets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .body import Body
from .card import Source
from .collected import Collected

GITHUB = re.compile(r"github\.com/([\w-]{1,60}/[\w.-]{0,100}[\w-])", re.IGNORECASE)
ARXIV = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/|arxiv:\s?)(\d{4}\.\d{4,5})", re.IGNORECASE
)
DOI = re.compile(r"(?:doi\.org/|doi:\s?)(10\.\d{4,9}/[^\s\"'<>)\]}]{1,150})", re.IGNORECASE)
ANTHOLOGY = re.compile(r"aclanthology\.org/([A-Z0-9][\w.-]{3,40}\d)")
DEMO = re.compile(
    r"https?://(?:huggingface\.co/spaces/[\w.-]{1,100}/[\w.-]{1,100}|colab\.research\.google\.com/[^\s)\"'<>\]]{1,300}|[\w-]{1,60}\.hf\.space[^\s)\"'<>\]]{0,200}|replicate\.com/[\w./-]{1,100})"
)
DATASET = re.compile(r"(?:huggingface\.co|hf\.co)/datasets/([\w.-]{1,100}(?:/[\w.-]{1,100})?)")
# in a bibliography
EPRINT = re.compile(
    r"(?:eprint\s*=\s*[{\"]|arxiv[:./]\s?(?:abs/|pdf/)?)(\d{4}\.\d{4,5})|\bdoi\s*=\s*[{\"](?:https?://doi\.org/)?(10\.\d{4,9}/[^\s\"{}]{1,150})",
    re.IGNORECASE,
)
GIT_END = re.compile(r"(?:\.git|[.,])$")
# tools that cards link to without being their code
TOOLS = frozenset(
    [
        "huggingface/transformers",
        "huggingface/peft",
        "huggingface/trl",
        "huggingface/diffusers",
        "huggingface/datasets",
        "unslothai/unsloth",
        "axolotl-ai-cloud/axolotl",
        "openaccess-ai-collective/axolotl",
        "ggerganov/llama.cpp",
        "ggml-org/llama.cpp",
        "cg123/mergekit",
        "arcee-ai/mergekit",
        "vllm-project/vllm",
        "autogptq/autogptq",
        "casper-hansen/autoawq",
        "ukplab/sentence-transformers",
        "huggingface/setfit",
        "hiyouga/llama-factory",
        "dlr-rm/stable-baselines3",
        "dlr-rm/rl-baselines3-zoo",
        "oobabooga/text-generation-webui",
        "lostruins/koboldcpp",
        "tatsu-lab/stanford_alpaca",
        "eleutherai/lm-evaluation-harness",
        "speechbrain/speechbrain",
        "nvidia/nemo",
        "espnet/espnet",
        "microsoft/deepspeed",
        "huggingface/pytorch-image-models",
        "ultralytics/ultralytics",
        "",
        "huggingface/tokenizers",
        "turboderp/exllamav2",
        "marella/ctransformers",
        "abetlen/llama-cpp-python",
        "explosion/spacy",
        "pytorch/pytorch",
        "tensorflow/tensorflow",
        "ml-explore/mlx-lm",
    ]
)
IMPACT = "1910.09700"  # the carbon calculator's paper, which the template itself cites
LIBRARY_PAPERS = frozenset(
    {IMPACT, "1908.10084", "2209.11055", "2402.03300", "2203.05482", "2306.01708", "2311.03099", "1705.00652"}
)


def read_links(body: Body, into: Collected) -> None:
    """Adds what the text's links lead to; tools with little confidence, the template's own not at all."""
    for at, line in body.lines_with("github.com/"):
        for match in GITHUB.finditer(line):
            repo = GIT_END.sub("", match[1])
            sure = 0.3 if repo.lower() in TOOLS else 0.6
            into.add("github_repo", f"https://github.com/{repo}", Source.TEXT, line, body.line_at(at), sure)
    for at, line in body.lines_with("arxiv", "/papers/", "doi", "aclanthology"):
        for paper in papers_in(line):
            sure = 0.4 if paper.removeprefix("arxiv:") in LIBRARY_PAPERS else 0.7
            if paper != f"arxiv:{IMPACT}":
                into.add("papers", paper, Source.TEXT, line, body.line_at(at), sure)
    for code in body.code:
        for match in EPRINT.finditer(code.text) if "@" in code.text else ():
            paper = f"arxiv:{match[1]}" if match[1] else f"doi:{match[2].lower()}"
            at_line = code.line + 1 + code.text.count("\n", 0, match.start())
            sure = 0.4 if match[1] in LIBRARY_PAPERS else 0.65
            into.add("papers", paper, Source.TEXT, match[0], at_line, sure)
    for at, line in body.lines_with("/spaces/", "colab.research", ".hf.space", "replicate.com"):
        for match in DEMO.finditer(line):
            if "license" not in match[0]:
                into.add("demo", match[0].rstrip(".,"), Source.TEXT, line, body.line_at(at), 0.6)
    for at, line in body.lines_with("/datasets/"):
        for match in DATASET.finditer(line):
            into.add("datasets", match[1].rstrip("."), Source.TEXT, line, body.line_at(at), 0.6)


def is_tool(repo: str) -> bool:
    """Whether the repository is of a tool that many cards link to."""
    return repo.lower().removeprefix("https://github.com/") in TOOLS


def papers_in(text: str) -> Iterator[str]:
    """The papers that the text names: ``arxiv:2307.09288``, ``doi:10.…``, ``acl:…``."""
    lower = text.lower()
    if "arxiv" in lower or "/papers/" in lower:
        for match in ARXIV.finditer(text):
            yield f"arxiv:{match[1]}"
    if "doi" in lower:
        for match in DOI.finditer(text):
            yield f"doi:{match[1].rstrip('.,;').lower()}"
    if "aclanthology" in lower:
        for match in ANTHOLOGY.finditer(text):
            yield f"acl:{match[1].removesuffix('.pdf')}"
