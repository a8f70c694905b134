from __future__ import annotations

import time

import pytest
from fitment.registry.usage.python import of_python

HEAD = "from transformers import AutoModel\n"


def ids(source: str) -> list[str | None]:
    return [hit.model_id for hit in of_python(HEAD + source)]


@pytest.mark.parametrize(
    "source",
    [
        "x = x + 'a'\nAutoModel.from_pretrained(x)\n",
        "def f(a):\n    return f(a)\nAutoModel.from_pretrained(f('a/b'))\n",
        "def f(a): return AutoModel.from_pretrained(a)\ndef g(b): return f(b) or g(b)\n",
        "class A(A): pass\nAutoModel.from_pretrained(A().name)\n",
        "d = {**d}\nAutoModel.from_pretrained(d['x'])\n",
    ],
)
def test_circles_end(source: str) -> None:
    """What is defined by itself is unknown, in no time."""
    assert ids(source) == [None]


def test_a_text_that_doubles_stays_small() -> None:
    """2**60 characters, or as many candidates, are not made."""
    doubling = "x0 = 'ab' if c else 'cd'\n" + "".join(f"x{n} = x{n - 1} + x{n - 1}\n" for n in range(1, 60))
    started = time.process_time()
    assert ids(doubling + "AutoModel.from_pretrained(x59)\n") == [None]
    assert time.process_time() - started < 60  # a guard against never, not a timing


def test_branches_shut_each_other_out() -> None:
    """Of an if, the arm of the use; behind it, both; a name set again behind them, that alone."""
    source = (
        "if c:\n    n = 'a/one'\n    AutoModel.from_pretrained(n)\n"
        "else:\n    n = 'a/two'\nAutoModel.from_pretrained(n)\n"
        "n = 'a/three'\nAutoModel.from_pretrained(n)\n"
    )
    hits = of_python(HEAD + source)
    assert [(hit.line, hit.model_id) for hit in hits] == [
        (4, "a/one"),
        (7, "a/one"),
        (7, "a/two"),
        (9, "a/three"),
    ]
    sure = {(hit.line, hit.model_id): hit.confidence for hit in hits}
    assert sure[7, "a/two"] < sure[4, "a/one"]


def test_a_global_that_a_function_sets_is_one_of_several() -> None:
    """Both what the module says and what the function says may hold."""
    source = (
        "N = 'a/one'\ndef set_():\n    global N\n    N = 'a/two'\n"
        "def use():\n    AutoModel.from_pretrained(N)\n"
    )
    assert set(ids(source)) == {"a/one", "a/two"}


def test_less_direct_means_less_sure() -> None:
    """A constant, a default that nobody overrides, an option, the environment: in this order."""
    source = (
        "import os\nC = 'a/b'\nAutoModel.from_pretrained(C)\n"
        "def f(m='a/c'): AutoModel.from_pretrained(m)\n"
        "AutoModel.from_pretrained(os.getenv('X', 'a/d'))\n"
    )
    sure = {hit.model_id: hit.confidence for hit in of_python(HEAD + source)}
    assert sure["a/b"] > sure["a/c"] > sure["a/d"] > 0.5


def test_what_can_not_be_followed_is_said() -> None:
    """The expression, or the parameter and its function."""
    source = "def load(path): return AutoModel.from_pretrained(path)\nAutoModel.from_pretrained(input())\n"
    assert [hit.detail for hit in of_python(HEAD + source)] == ["path, a parameter of load", "input()"]
