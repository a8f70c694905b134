from __future__ import annotations

import shlex

import pytest
from fitment.registry.usage.commands import of_words


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("vllm serve a/b", ("vllm serve", "a/b", True)),
        ("uv run vllm serve a/b", ("vllm serve", "a/b", True)),
        ("docker run image vllm serve a/b", ("vllm serve", "a/b", True)),
        ("/opt/bin/llama-server -hf a/b:Q8_0", ("llama-server", "a/b", True)),
        ("git clone https://huggingface.co/a/b", ("git clone", "a/b", False)),
        ("git clone git@hf.co:a/b", ("git clone", "a/b", False)),
        ("pip install en-core-web-sm", ("pip install", "en_core_web_sm", False)),
        ("python eval.py --model a/b", ("python eval.py", "a/b", False)),
        ("lm_eval --model hf --model_args dtype=float,pretrained=a/b --tasks x", ("lm_eval", "a/b", False)),
        ("python t.py --model_name_or_path bert-base-cased", ("python t.py", "bert-base-cased", False)),
    ],
)
def test_command_lines_of_each_kind(line: str, expected: tuple[str, str, bool]) -> None:
    """By the table, by an address, by the option of a program that the table does not know."""
    (hit,) = of_words(shlex.split(line))
    assert (hit.call, hit.model_id, hit.serves) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "pip install vllm",
        "git clone https://github.com/a/b",
        "python x.py --data a/b",
        "python x.py --model resnet",
        "grep --model a/b",
    ],
)
def test_other_command_lines(line: str) -> None:
    """Data sets, other hosts, and words about a command are none."""
    assert list(of_words(shlex.split(line))) == []


def test_an_image_is_the_program_of_options_alone() -> None:
    """The first of which may hold the id itself."""
    (hit,) = of_words(["--model=a/b", "--served-model-name", "c/d"], "vllm/vllm-openai")
    assert (hit.call, hit.model_id, hit.serves) == ("vllm/vllm-openai", "a/b", True)
