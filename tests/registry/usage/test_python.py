from __future__ import annotations

import pytest
from fitment.registry.usage.hit import UnreadableError
from fitment.registry.usage.python import importing, may_hold, of_python

from tests.registry.usage.snippets import snippets

HUGE = "from transformers import AutoModel\nx = " + "[" * 3_000 + "]" * 3_000


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"print 'x'\n", "not Python 3: line 1: Missing parentheses"),
        (b"def f(:\n", "not Python 3: line 1"),
        (b"# coding: nonsense\nx = 1\n", "not Python 3"),
        (b"x = '\xff'\n", "not Python 3"),
        (b"x = 1\0\n", "not Python 3"),
        (HUGE.encode(), "not Python 3: line 2: too many nested parentheses"),
        (b"x = " + b"-" * 20_000 + b"1\n", "nested too deeply"),
        (b"x" + b".a" * 20_000 + b"\n", "nested too deeply"),
    ],
)
def test_what_is_no_python_3_is_named(source: bytes, said: str) -> None:
    """Syntax, encodings, NUL and depth each end in one error that says why, nothing else."""
    with pytest.raises(UnreadableError, match=said):
        of_python(source)


def test_nothing_is_run(tmp_path: object) -> None:
    """Code that would leave a trace leaves none; the model is found all the same."""
    source = (
        "import os, transformers\n"
        f"open({str(tmp_path)!r} + '/trace', 'w')\n"
        "m = transformers.AutoModel.from_pretrained('acme/' + os.environ.get('X', 'y'))\n"
    )
    assert [hit.model_id for hit in of_python(source)] == ["acme/y"]
    assert not list(tmp_path.iterdir())  # type: ignore[attr-defined]


def test_invalid_escapes_warn_nobody() -> None:
    """What others wrote gives no warning of ours."""
    assert of_python("from transformers import AutoModel\nAutoModel.from_pretrained('a/b' if '\\d' else 0)\n")


@pytest.mark.parametrize(
    "statement",
    [
        "import clip",
        "import os, clip",
        "from clip import load",
        "import a as b, \\\n clip",
        "if x: import clip",
    ],
)
def test_an_import_is_seen_before_parsing(statement: str) -> None:
    """By itself, behind others, over a continued line, behind a colon; and not in a longer word."""
    assert importing(b"clip").search(statement.encode())
    assert not importing(b"clip").search(b"from numpy import clip\n# import clip later\n")


def test_the_filter_loses_nothing_of_the_corpus() -> None:
    """Every snippet of Python with an expected use passes it; most without one do not reach the parser."""
    for snippet in snippets():
        if snippet.name.endswith(".py") and snippet.expected:
            assert may_hold(snippet.source), snippet.name
    assert not may_hold(b"import json\njson.load('from_pre')\nimport numpy as np\nnp.clip(1, 2, 3)\n")


def test_or_ends_at_a_text_that_is_sure() -> None:
    """What is behind it is never used; behind an argument of unknown value it may be."""
    source = (
        "from transformers import AutoModel as M\nNAME = 'a/b'\nM.from_pretrained(NAME or 'c/d')\n"
        "M.from_pretrained('' or 'e/f')\ndef f(name=None):\n    M.from_pretrained(name or 'g/h')\n"
        "M.from_pretrained(unknown() or 'i/j')\n"
    )
    assert [hit.model_id for hit in of_python(source)] == ["a/b", "e/f", "g/h", "i/j"]
