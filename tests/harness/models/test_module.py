"""fitment.harness.models.module: a user's own factory, and every way to get it wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from fitment.harness.errors import MissingDependencyError, ModelError
from fitment.harness.models import module
from fitment.harness.models.loaded import LoadedModel, invoke
from fitment.harness.models.weights import weights_hash

HEADER = "import torch\nfrom torch import nn\n"
GOOD = HEADER + "def make():\n    return nn.Linear(4, 2), torch.randn(3, 4)\n"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the user's; what is imported from it and added to sys.path is undone."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("own_"):
            del sys.modules[name]


def load(folder: Path, source: str, name: str = "own_net:make", shape: str = "example") -> LoadedModel:
    """The model of a file own_net.py with that source."""
    (folder / "own_net.py").write_text(source)
    return module.load(name, input_shape=shape, seed=0, import_path=(str(folder),))


def test_a_factory_gives_a_model_in_eval_mode_with_its_inputs(user: Path) -> None:
    """The example's batch is kept, and the model runs on it."""
    loaded = load(user, GOOD)
    assert not loaded.module.training
    assert loaded.input_shape == "example"
    assert invoke(loaded.module, loaded.inputs).shape == (3, 2)
    assert sys.path[-1] == str(user)  # behind everything, so that nothing installed is shadowed


@pytest.mark.parametrize(
    "inputs",
    [
        "torch.randn(3, 4)",
        "(torch.randn(3, 4),)",
        "[torch.randn(3, 4)]",
        "{'input': torch.randn(3, 4)}",
        "torch.randn(3, 4, dtype=torch.float64)",
        "torch.randn(3, 4).half()",
        "torch.randn(3, 4, requires_grad=True)",
    ],
)
def test_inputs_may_be_a_tensor_a_tuple_a_list_or_a_dict(user: Path, inputs: str) -> None:
    """Each form runs; floats of any width become fp32, which the precisions start from."""
    source = HEADER + f"def make():\n    return nn.Linear(4, 2).double(), {inputs}\n"
    loaded = load(user, source)
    output = invoke(loaded.module, loaded.inputs)
    assert output.shape == (3, 2)
    assert output.dtype == torch.float32


def test_random_weights_follow_the_seed(user: Path) -> None:
    """A factory that draws its weights gives the same ones for the same seed."""
    (user / "own_net.py").write_text(GOOD)

    def weights(seed: int) -> str:
        found = module.load("own_net:make", input_shape="example", seed=seed, import_path=(str(user),))
        return weights_hash(found.module)

    assert weights(1) == weights(1) != weights(2)


def test_a_factory_may_lie_in_a_package_or_a_class(user: Path) -> None:
    """Both sides of the colon may be dotted."""
    package = user / "own_package"
    package.mkdir()
    (package / "__init__.py").touch()
    indented = (
        GOOD[len(HEADER) :]
        .replace("def", "    @staticmethod\n    def")
        .replace("    return", "        return")
    )
    (package / "net.py").write_text(HEADER + "class Nets:\n" + indented)
    assert load(user, "", "own_package.net:Nets.make").module is not None


def test_an_input_shape_reaches_a_factory_that_takes_one(user: Path) -> None:
    """As a tuple, under the name input_shape; without one the factory's default holds."""
    source = HEADER + "def make(input_shape=(4,)):\n    return nn.Flatten(), torch.randn(2, *input_shape)\n"
    loaded = load(user, source, shape="3x5")
    assert isinstance(loaded.inputs, tuple)
    assert loaded.inputs[0].shape == (2, 3, 5)
    assert loaded.input_shape == "3x5"


def test_an_input_shape_is_refused_where_the_factory_takes_none(user: Path) -> None:
    """It is never ignored: the result would be kept under a shape that was not measured."""
    with pytest.raises(ModelError, match="takes no input_shape"):
        load(user, GOOD, shape="3x5")


RETURNS = {
    "None": "returned None: return \\(module, example_inputs\\)",
    "nn.Linear(4, 2)": "returned a value of type Linear",
    "(1, 2, 3)": "returned a tuple of 3",
    "('net', torch.randn(3, 4))": "a value of type str for the module",
    "(nn.Linear, torch.randn(3, 4))": "a value of type type for the module",
    "(nn.Linear(4, 2), None)": "None for the inputs",
    "(nn.Linear(4, 2), ())": "a tuple of 0 for the inputs",
    "(nn.Linear(4, 2), {})": "a value of type dict for the inputs",
    "(nn.Linear(4, 2), [1.0, 2.0])": "a value of type float among the inputs",
    "(nn.Linear(4, 2), {1: torch.randn(3, 4)})": "keys that are no names",
    "(nn.Linear(4, 2), torch.tensor(1.0))": "shape \\(\\): put the batch",
    "(nn.Linear(4, 2), torch.randn(0, 4))": "shape \\(0, 4\\): put the batch, at least 1",
    "(nn.Linear(4, 2), (torch.randn(3, 4), torch.randn(2, 4)))": "batches \\[2, 3\\]",
    "(nn.LazyLinear(2), torch.randn(3, 4))": "call the module once",
    "(nn.Linear(4, 2, device='meta'), torch.randn(3, 4))": "weights on the meta device",
    "(nn.Linear(4, 2), torch.randn(3, 4, device='meta'))": "an input on the meta device",
}


@pytest.mark.parametrize("returned", RETURNS)
def test_a_wrong_return_value_is_named_with_the_right_one(user: Path, returned: str) -> None:
    """One line that says what came back and what should."""
    with pytest.raises(ModelError, match=RETURNS[returned]) as caught:
        load(user, HEADER + f"def make():\n    return {returned}\n")
    assert "\n" not in str(caught.value)
    assert caught.value.status == "model_error"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("own_net", "names no factory"),
        ("own_net:", "names no factory"),
        (":make", "names no factory"),
        ("own_net.py:make", 'no module "own_net.py"'),
        ("own net:make", "names no factory"),
        (".own_net:make", "names no factory"),
        ("own_absent.net:make", 'no module "own_absent"'),
        ("own_net:mak", 'own_net has no "mak": it has make'),
        ("own_net:make.it", 'own_net has no "make.it"'),
        ("own_net:torch", "not a function"),
    ],
)
def test_a_name_that_leads_nowhere_is_the_users_mistake(user: Path, name: str, message: str) -> None:
    """What is missing is named, and what there is instead."""
    with pytest.raises(ModelError, match=message) as caught:
        load(user, GOOD, name)
    assert not isinstance(caught.value, MissingDependencyError)
    assert "\n" not in str(caught.value)


def test_a_factory_with_required_arguments_is_refused(user: Path) -> None:
    """It is called without any, and the missing one is named."""
    with pytest.raises(ModelError, match="missing a required argument: 'width'"):
        load(user, HEADER + "def make(width):\n    return nn.Linear(width, 2), torch.randn(1, width)\n")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("raise ValueError('first\\nsecond')", "factory own_net:make raised ValueError: first"),
        ("raise KeyError", "factory own_net:make raised KeyError"),
        ("raise SystemExit(3)", "raised SystemExit: 3"),
        ("return nn.Linear(4, 2)(torch.randn(3, 5))", "raised RuntimeError: mat1 and mat2"),
    ],
)
def test_what_a_factory_raises_is_a_model_error_with_its_place(user: Path, line: str, message: str) -> None:
    """One line with the exception and the line of the user's file, even where torch raised it."""
    with pytest.raises(ModelError, match=message) as caught:
        load(user, HEADER + f"def make():\n    {line}\n")
    assert f"{user / 'own_net.py'}:4" in str(caught.value)
    assert "second" not in str(caught.value)


@pytest.mark.parametrize("where", ["{}def make():\n    pass\n", "def make():\n    {}"])
def test_a_failed_import_in_user_code_is_a_missing_dependency(user: Path, where: str) -> None:
    """Told apart from the user's own module missing, at import and inside the factory."""
    with pytest.raises(
        MissingDependencyError, match=r"No module named 'own_absent'.*install what it imports"
    ):
        load(user, where.format("import own_absent.part\n"))


def test_a_syntax_error_is_a_model_error(user: Path) -> None:
    """Its own message names file and line."""
    with pytest.raises(ModelError, match=r"importing own_net raised SyntaxError.*own_net.py, line 1"):
        load(user, "def make(:\n")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("raise MemoryError", MemoryError),
        ('raise RuntimeError("DefaultCPUAllocator: can\'t allocate memory")', RuntimeError),
        ("raise KeyboardInterrupt", KeyboardInterrupt),
    ],
)
def test_memory_that_ran_out_and_interrupts_stay_what_they_are(
    user: Path, line: str, kind: type[BaseException]
) -> None:
    """They are outcomes of their own, and not the model's fault."""
    with pytest.raises(kind):
        load(user, HEADER + f"def make():\n    {line}\n")
