from __future__ import annotations

from fitment.registry.usage.dockerfile import of_dockerfile


def test_instructions_are_command_lines() -> None:
    """ENV is a variable of what follows, CMD gives ENTRYPOINT its arguments, RUN is shell."""
    text = (
        'FROM base\nENV MODEL="a/b"\nRUN hf download $MODEL && \\\n    hf download c/d\n'
        'ENTRYPOINT ["vllm", "serve"]\nCMD ["e/f"]\n'
    )
    found = [(hit.line, hit.call, hit.model_id, hit.serves) for hit in of_dockerfile(text)]
    assert found == [
        (2, "MODEL", "a/b", False),
        (3, "hf download", "a/b", False),
        (4, "hf download", "c/d", False),
        (6, "vllm serve", "e/f", True),
    ]


def test_broken_files_end_quietly() -> None:
    """A list that is none, an open line, nothing behind FROM."""
    assert of_dockerfile("FROM\nCMD [\nCMD [1, 2]\nENV\nRUN \\") == []
