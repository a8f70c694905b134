"""How fast model cards are read: ``python -m benchmarks.card_reading``.

Cards of 2 to 6 kB in the kinds that hubs hold most of: a trainer's, the hub's template filled in, a quantised
upload, a hand-written one with tables. They are made up with a seed, so that no two are the same, and read
from memory in one process (processor seconds), and from files by ``fitment card read --recursive``, which
takes a process for each core. Beside them stands what others do for less: PyYAML's SafeLoader on the front
matter alone, as huggingface_hub's ``metadata_load`` reads it, and with a few patterns over the text;
huggingface_hub and python-frontmatter themselves where they are installed, which they need not be. Before
anything is timed, the licences and base models that both read are compared.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import yaml
from fitment.registry.cards.read import CardFile, read_card

from benchmarks.store_scores import Claim, folder, machine

ROUNDS = 3
SEED = 7
FRONT = re.compile(r"\A\s*---\n(.*?)\n---", re.DOTALL)
PATTERNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^- \*\*License:?\*\*:? (.*)$",
        r"fine-tuned version of \[(.*?)\]",
        r"^- ([a-z_]+): (.*)$",
        r"arxiv\.org/abs/(\d+\.\d+)",
        r"^- \*\*Hardware Type:\*\* (.*)$",
        r"(\d+(?:\.\d+)?)\s*(?:B|M|billion|million) parameters",
    )
)
PROSE = (
    "The model was trained on a large and varied collection of texts and evaluated on held-out parts of it. "
    "We release the weights so that others can build on them; please read the limitations before use. "
    "It follows instructions well in most domains, though it sometimes invents facts and sources. "
)


def main(arguments: list[str] | None = None) -> None:
    """Prints whether the readers agree, and a table of all claims."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cards", type=int, default=2000, metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args(arguments)
    print(f"{machine()}; load {os.getloadavg()[0]:.2f} at the start\n")
    cards = list(made_up(given.cards))
    agree(cards)
    size = sum(map(len, cards)) / len(cards)
    print(f"both read the same licences and base models of {len(cards):,} cards, {size / 1e3:.1f} kB each\n")
    print(f"{'':<54} {'goal':>13} {'median':>9} {'least':>9}   {'most':<9}")
    for claim in claims(cards, given.rounds):
        print(claim.line(), flush=True)


def made_up(count: int) -> Iterator[bytes]:
    """That many cards, of the kinds in turn."""
    draw = random.Random(SEED)
    kinds = (trainer_card, template_card, quantised_card, written_card)
    for n in range(count):
        yield kinds[n % len(kinds)](draw, n).encode()


def trainer_card(draw: random.Random, n: int) -> str:
    """As transformers' Trainer writes it."""
    base = f"google/bert-{n}"
    steps = "\n".join(
        f"| {draw.random():.4f} | {e}.0 | {e * 459} | {draw.random():.4f} | {draw.random():.4f} |"
        for e in range(1, draw.randint(4, 12))
    )
    return f"""---
library_name: transformers
license: {draw.choice(("apache-2.0", "mit", "cc-by-4.0"))}
base_model: {base}
tags:
- generated_from_trainer
- text-classification
datasets:
- glue
metrics:
- accuracy
- f1
model-index:
- name: bert-{n}-tuned
  results:
  - task:
      name: Text Classification
      type: text-classification
    dataset:
      name: glue
      type: glue
      config: mrpc
      split: validation
      args: mrpc
    metrics:
    - name: Accuracy
      type: accuracy
      value: {draw.random()}
    - name: F1
      type: f1
      value: {draw.random()}
---

<!-- This model card has been generated automatically according to the information the Trainer had access to.
You should probably proofread and complete it, then remove this comment. -->

# bert-{n}-tuned

This model is a fine-tuned version of [{base}](https://huggingface.co/{base}) on the glue dataset.
It achieves the following results on the evaluation set:
- Loss: {draw.random():.4f}
- Accuracy: {draw.random():.4f}

## Model description

{PROSE * draw.randint(0, 3)}

## Intended uses & limitations

More information needed

## Training and evaluation data

More information needed

## Training procedure

### Training hyperparameters

The following hyperparameters were used during training:
- learning_rate: {draw.randint(1, 9)}e-05
- train_batch_size: {2 ** draw.randint(2, 7)}
- eval_batch_size: 8
- seed: {n}
- optimizer: Adam with betas=(0.9,0.999) and epsilon=1e-08
- lr_scheduler_type: linear
- num_epochs: 3

### Training results

| Training Loss | Epoch | Step | Validation Loss | Accuracy |
|:-------------:|:-----:|:----:|:---------------:|:--------:|
{steps}

### Framework versions

- Transformers 4.{n % 50}.0
- Pytorch 2.1.0
- Datasets 2.14.0
- Tokenizers 0.14.1
"""


def template_card(draw: random.Random, n: int) -> str:
    """The hub's template, half of it filled in."""
    sections = "\n\n".join(
        f"### {title}\n\n{draw.choice(('[More Information Needed]', PROSE, PROSE * 2))}"
        for title in (
            "Direct Use",
            "Downstream Use [optional]",
            "Out-of-Scope Use",
            "Training Data",
            "Preprocessing",
        )
    )
    return f"""---
language:
- en
- de
license: {draw.choice(("apache-2.0", "llama2", "gemma"))}
library_name: transformers
pipeline_tag: text-generation
base_model: acme/base-{n}
---

# Model Card for Model-{n}-{draw.randint(1, 70)}B

## Model Details

- **Developed by:** Lab {n}
- **Funded by [optional]:** [More Information Needed]
- **Model type:** decoder-only transformer
- **Language(s) (NLP):** English, German
- **License:** apache-2.0
- **Finetuned from model [optional]:** acme/base-{n}
- **Repository:** https://github.com/lab/model-{n}
- **Paper [optional]:** https://arxiv.org/abs/23{n % 12 + 1:02}.{n:05}

{PROSE}

{sections}

## Bias, Risks, and Limitations

{PROSE}

### Recommendations

Users (both direct and downstream) should be made aware of the risks, biases and limitations of the model.

## How to Get Started with the Model

```python
from transformers import AutoModelForCausalLM
model = AutoModelForCausalLM.from_pretrained("lab/model-{n}")
```

## Environmental Impact

- **Hardware Type:** {draw.randint(1, 64)} x NVIDIA A100 80GB
- **Hours used:** {draw.randint(1, 999)}
- **Cloud Provider:** [More Information Needed]
- **Compute Region:** eu-west-{n % 3}
- **Carbon Emitted:** {draw.randint(1, 99)} kg CO2eq
"""


def quantised_card(draw: random.Random, n: int) -> str:
    """An upload of quantised files."""
    bits = ("Q2_K", "Q3_K_S", "Q3_K_M", "Q4_0", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0")
    rows = "\n".join(
        f"| [model-{n}.{kind}.gguf](https://huggingface.co/q/model-{n}-GGUF/blob/main/model-{n}.{kind}.gguf)"
        f" | {kind} | {draw.random() * 20:.2f} GB | {draw.random() * 24:.2f} GB | medium, balanced quality |"
        for kind in bits
    )
    return f"""---
base_model: acme/model-{n}
license: {draw.choice(("llama2", "apache-2.0", "other"))}
model_creator: acme
tags:
- gguf
- llama
quantized_by: q
---

# Model-{n} 7B - GGUF

- Model creator: [acme](https://huggingface.co/acme)
- Original model: [Model-{n}](https://huggingface.co/acme/model-{n})

{PROSE}

## Provided files

| Name | Quant method | Size | Max RAM required | Use case |
| ---- | ---- | ---- | ---- | ----- |
{rows}

## How to run

```shell
./main -ngl 32 -m model-{n}.Q4_K_M.gguf --color -c 4096 --temp 0.7 -p "{{prompt}}"
```

{PROSE * 2}

## Original model card

The model has {draw.randint(1, 70)} billion parameters and was trained on {draw.randint(8, 512)} A100 GPUs.

{PROSE * 3}
"""


def written_card(draw: random.Random, n: int) -> str:
    """Written by hand, with benchmarks in tables."""
    rows = "\n".join(
        f"| {name} | {draw.random() * 100:.1f} | {draw.random() * 100:.1f} | {draw.random() * 100:.1f} |"
        for name in ("MMLU", "GSM8K", "HumanEval", "BBH", "ARC-C", "HellaSwag", "WinoGrande", "TruthfulQA")
    )
    return f"""---
license: {draw.choice(("mit", "apache-2.0"))}
language: [en, zh]
pipeline_tag: text-generation
tags: [chat, code]
---

# Crane-{n}-7B

{PROSE * 3}

**Type**: causal language model; **Number of Parameters**: 7.61B

## Evaluation

| Benchmark | Crane-{n}-7B | Gull-8B | Tern-9B |
|-----------|:------------:|:-------:|:-------:|
{rows}

## Quickstart

```python
from transformers import pipeline
pipe = pipeline("text-generation", model="crane/crane-{n}")
```

{PROSE * draw.randint(1, 8)}

## License

The weights are released under the Apache 2.0 license. See our [repository](https://github.com/crane/crane-{n}).

## Citation

```bibtex
@misc{{crane{n}, title={{Crane}}, eprint={{24{n % 12 + 1:02}.{n:05}}}, archivePrefix={{arXiv}}}}
```
"""


def safe_load(content: bytes) -> dict[str, object]:
    """The front matter by PyYAML's SafeLoader, as huggingface_hub reads it."""
    match = FRONT.search(content.decode())
    found = yaml.safe_load(match[1]) if match else {}
    return found if isinstance(found, dict) else {}


def safe_load_and_patterns(content: bytes) -> tuple[dict[str, object], list[list[object]]]:
    """The front matter, and a few patterns over the text."""
    text = content.decode()
    return safe_load(content), [pattern.findall(text) for pattern in PATTERNS]


def agree(cards: Sequence[bytes]) -> None:
    """Ends the program where licence or base model are not what PyYAML reads."""
    for n, content in enumerate(cards):
        card, theirs = read_card(CardFile(content, f"card {n}")), safe_load(content)
        bases = [each.value.model_id for each in card.base_models[:1]]
        if card.licence[0].value != theirs["license"] or bases != [
            theirs[key] for key in ("base_model",) if key in theirs
        ]:
            sys.exit(f"the two disagree on card {n}: {card.licence[0].value}, {bases}")


def _listed(value: object) -> list[object]:
    return [] if value is None else [value]


def claims(cards: Sequence[bytes], rounds: int) -> Iterator[Claim]:
    """Cards in a processor second, ours and others', and on the wall in two processes."""
    ours = [per_cpu_s(lambda content: read_card(CardFile(content, "card")), cards) for _ in range(rounds)]
    yield Claim("all fields with evidence, from memory", "cards/CPU s", ours, least=1000.0)
    with folder(None) as where:
        write(cards, where)
        walls = [len(cards) / wall_s(where, len(cards)) for _ in range(rounds)]
        yield Claim("fitment card read --recursive, JSON lines, start and all", "cards/s", walls)
    for name, reader in rivals():
        yield Claim(name, "cards/CPU s", [per_cpu_s(reader, cards) for _ in range(rounds)])


def rivals() -> Iterator[tuple[str, Callable[[bytes], object]]]:
    """Other readers by what they read."""
    yield "front matter alone, PyYAML SafeLoader", safe_load
    yield "the same with six patterns over the text", safe_load_and_patterns
    for module, name in (("huggingface_hub", "ModelCard"), ("frontmatter", "loads")):
        try:
            found = getattr(importlib.import_module(module), name)
        except ImportError:
            continue
        if module == "huggingface_hub":
            yield (
                "front matter alone, huggingface_hub ModelCard",
                lambda content, of=found: of(content.decode()),
            )
        else:
            yield "front matter alone, python-frontmatter", lambda content, of=found: of(content.decode())


def write(cards: Sequence[bytes], where: Path) -> None:
    """The cards as README.md, each in a folder of its own."""
    for n, content in enumerate(cards):
        file = where / f"{n // 100:03}" / f"{n:06}" / "README.md"
        file.parent.mkdir(parents=True)
        file.write_bytes(content)


def wall_s(where: Path, count: int) -> float:
    """Seconds on the wall of the command as a user types it."""
    command = [sys.executable, "-m", "fitment.harness.cli.main", "card", "read", str(where), "--recursive"]
    started = time.perf_counter()
    done = subprocess.run([*command, "--format", "json"], check=True, capture_output=True)
    taken = time.perf_counter() - started
    lines = done.stdout.count(b"\n")
    if lines != count:
        sys.exit(f"{lines} lines of {count} cards")
    return taken


def per_cpu_s(work: Callable[[bytes], object], cards: Sequence[bytes]) -> float:
    """Cards in a processor second of this process."""
    started = time.process_time()
    for content in cards:
        work(content)
    return len(cards) / (time.process_time() - started)


if __name__ == "__main__":
    main()
