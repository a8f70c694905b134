from __future__ import annotations

import pytest
from fitment.registry.usage.yaml_file import of_yaml

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
)


def test_a_container_is_one_command_line() -> None:
    """command and args are read together, after the image that runs them."""
    text = "c:\n  image: vllm/vllm-openai\n  command: [vllm, serve]\n  args:\n    - --port=1\n    - a/b\n"
    (hit,) = of_yaml(text)
    assert (hit.line, hit.call, hit.model_id, hit.serves) == (6, "vllm serve", "a/b", True)


def test_a_command_over_lines_is_told_once() -> None:
    """By the image that runs it; a model's settings name it by transformers' own key."""
    text = "v:\n  image: vllm/vllm-openai\n  command: >\n    --model a/b\n    --dtype half\n"
    assert [(hit.call, hit.model_id) for hit in of_yaml(text)] == [("vllm/vllm-openai", "a/b")]
    text = "job:\n  args: |\n    vllm serve a/b\nmodel:\n  name_or_path: c/d\n"
    assert [(hit.line, hit.model_id) for hit in of_yaml(text)] == [(3, "a/b"), (5, "c/d")]


def test_scripts_of_workflows_are_shell() -> None:
    """A block's lines are those of the file."""
    text = "steps:\n  - run: |\n      M=a/b\n      hf download $M\n  - name: x\n    run: hf download c/d\n"
    assert [(hit.line, hit.model_id) for hit in of_yaml(text)] == [(4, "a/b"), (6, "c/d")]


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "[" * 100_000,
        "{a: " * 50_000,
        "a: *unknown\n",
        "\x00",
        "a: b: c\n",
        "? " * 5_000,
        "!!python/object:os.system x",
    ],
    ids=range(8),
)
def test_hostile_yaml_ends_quietly(text: str) -> None:
    """Alias bombs are not expanded, depth overflows nothing, tags make no objects."""
    assert of_yaml(text) == []


def test_what_is_no_yaml_is_read_line_by_line() -> None:
    """A template keeps its keys."""
    text = "{{- if .Values.on }}\nmodel_id: a/b\n{{- end }}\nx: [\n"
    assert [(hit.line, hit.model_id) for hit in of_yaml(text)] == [(2, "a/b")]


def test_other_services_and_names_are_no_models() -> None:
    """What is served under another name, and models behind somebody's address."""
    text = (
        "served-model-name: a/b\nmodel: openai/gpt-4o\nllm_model: anthropic/claude\nimage: a/b\ndata: a/b\n"
    )
    assert of_yaml(text) == []
